/** The line of text that is being typed. */
import type {Candidate} from '../../query/completion/completion-candidates.js';
import {noCursor, type Cursor} from './cursor.js';
import {lineOf, type Line} from './line.js';

/** The ways to go on with a line. */
export type Completing = {
	readonly candidates: readonly Candidate[];
	/** Index of the one that is in the line; undefined while none is. */
	readonly chosen: number | undefined;
	/** The part of the line that the next one replaces. */
	readonly start: number;
	readonly end: number;
	/** The line that this belongs to: once it has changed in another way, there is nothing to go on with. */
	readonly line: Line;
};

/** A filter from before that is in the line. */
export type Recalled = {
	/** Its place among the filters from before; one more than the last for what was typed. */
	readonly index: number;
	/** What was typed before any was recalled. */
	readonly typed: string;
	/** The line that this belongs to. */
	readonly line: Line;
};

export type EditingSlice = {
	/** Filters from before, the newest last. */
	readonly filterHistory: readonly string[];
	readonly recalled: Recalled | undefined;
	/** What is being typed. */
	readonly line: Line;
	/** The completions of the line, as long as it is the line that they were made for. */
	readonly completing: Completing | undefined;
	/** What Esc brings back. */
	readonly beforeEditing: {readonly filter: string; readonly search: string; readonly cursor: Cursor; readonly selected: number | undefined};
};

/** The completions that are open. */
export const completingOf = ({completing, line, mode}: Pick<EditingSlice, 'completing' | 'line'> & {readonly mode: string}): Completing | undefined =>
	mode === 'filter' && completing?.line === line ? completing : undefined;

/** Nothing is being typed. */
export const noEditing: EditingSlice = {
	filterHistory: [],
	recalled: undefined,
	line: lineOf(''),
	completing: undefined,
	beforeEditing: {
		filter: '', search: '', cursor: noCursor, selected: undefined,
	},
};
