/** Writing the list to a file. Each function takes the state and returns the next one. */
import type {WriteRequest, Written} from '../../contract/writing.js';
import {escapeText} from '../../text/escape.js';
import {lineOf} from '../state/line.js';
import {modeOf, type State} from '../state/state.js';
import {rowKindOf} from './grouping.js';

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** `20261127-221503`, in local time. */
const stamp = (time: number): string => {
	const date = new Date(time);
	return [
		[date.getFullYear(), date.getMonth() + 1, date.getDate()], [date.getHours(), date.getMinutes(), date.getSeconds()],
	].map(parts => parts.map(part => twoDigits(part)).join('')).join('-');
};

/** Opens the line for the file name, and proposes a name with the time of the shown moment. */
export const openWriting = (state: State, now = Date.now()): State => ({
	...state, mode: 'fileName', line: lineOf(`conntop-${state.journal === undefined ? '' : 'journal-'}${stamp(state.view?.moment?.time ?? now)}.csv`),
});

const formOf = (file: string): WriteRequest['form'] | undefined => {
	const ending = /\.(?<ending>csv|json)$/iv.exec(file)?.groups?.ending?.toLowerCase();
	return ending === 'csv' || ending === 'json' ? ending : undefined;
};

const request = (state: State, asked: Omit<WriteRequest, 'number'>): State => ({
	...state, mode: 'table', writing: {...asked, number: (state.writing?.number ?? 0) + 1}, notice: `Writing ${escapeText(asked.file)}…`,
});

/** Writes to the typed file; an empty line cancels. */
export const acceptFileName = (state: State): State => {
	const file = state.line.text.trim();
	if (file === '') {
		return {...state, mode: 'table'};
	}

	const form = formOf(file);
	return form === undefined
		? {...state, notice: 'The file name must end in .csv or .json'}
		: request(state, {file, form, isReplacing: false});
};

/** Replaces the existing file. */
export const replaceFile = (state: State): State =>
	state.writing === undefined ? state : request(state, {...state.writing, isReplacing: true});

/** Keeps the existing file. */
export const keepFile = (state: State): State => ({...state, mode: 'table', notice: `Not written: ${escapeText(state.writing?.file ?? '')} stays as it is`});

const kinds = {socket: ['row', 'rows'], entry: ['entry', 'entries']} as const;

/** Shows the result. If the file exists and the list is still shown, asks whether to replace it. */
export const takeWritten = (state: State, written: Written): State => {
	const {writing} = state;
	if (writing?.number !== written.number) {
		return state;
	}

	const file = escapeText(writing.file);
	switch (written.kind) {
		case 'done': {
			const [one, many] = kinds[rowKindOf(state)];
			return {...state, notice: `Wrote ${written.lines} ${written.lines === 1 ? one : many} to ${file}`};
		}

		case 'exists': {
			return modeOf(state).kind === 'list' ? {...state, mode: 'replaceFile', notice: undefined} : {...state, notice: `Not written: ${file} exists already`};
		}

		case 'failed': {
			return {...state, notice: `${file} was not written: ${escapeText(written.message)}`};
		}
	}
};
