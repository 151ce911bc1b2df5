/** The edited line of text, its completions and the filter history. */
import type {Candidate} from '../../query/completion/completion-candidates.js';
import {noCursor, type Cursor} from './cursor.js';
import {lineOf, type Line} from './line.js';

/** Completion candidates of a line. */
export type Completing = {
	readonly candidates: readonly Candidate[];
	/** Index of the inserted candidate; undefined before one is inserted. */
	readonly chosen: number | undefined;
	/** Range of the line that the next candidate replaces. */
	readonly start: number;
	readonly end: number;
	/** The line that the candidates belong to; they are invalid once it has changed otherwise. */
	readonly line: Line;
};

/** A filter from the history that is in the line. */
export type Recalled = {
	/** Its index in the history; the length of the history stands for the typed text. */
	readonly index: number;
	/** The text that was typed before the first recall. */
	readonly typed: string;
	/** The line that this state belongs to. */
	readonly line: Line;
};

export type EditingSlice = {
	/** Filters used before, the newest last. */
	readonly filterHistory: readonly string[];
	readonly recalled: Recalled | undefined;
	/** The edited line. */
	readonly line: Line;
	/** The last completions; valid only for the line that they name. */
	readonly completing: Completing | undefined;
	/** Restored by Esc. */
	readonly beforeEditing: {readonly filter: string; readonly search: string; readonly cursor: Cursor; readonly selected: number | undefined};
};

/** The completions of the current line, if any are open. */
export const completingOf = ({completing, line, mode}: Pick<EditingSlice, 'completing' | 'line'> & {readonly mode: string}): Completing | undefined =>
	mode === 'filter' && completing?.line === line ? completing : undefined;

/** No line is edited. */
export const noEditing: EditingSlice = {
	filterHistory: [],
	recalled: undefined,
	line: lineOf(''),
	completing: undefined,
	beforeEditing: {
		filter: '', search: '', cursor: noCursor, selected: undefined,
	},
};
