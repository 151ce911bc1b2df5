/** The completion of the filter line. Each function takes the state and returns the next one. */
import type {Row} from '../../contract/messages.js';
import {completeFilter} from '../../query/completion/completion.js';
import {seenValues} from '../../query/completion/seen-values.js';
import {completingOf, type Completing} from '../state/editing-slice.js';
import {replacePart} from '../state/line.js';
import type {State} from '../state/state.js';
import {changeFilter} from './narrowing.js';

/** Completes the word at the cursor as far as all candidates agree. If the completions are open, inserts the next (1) or the previous (-1) candidate, wrapping around. */
export const complete = (state: State, direction: -1 | 1): State => {
	const open = completingOf(state);
	return open === undefined ? begin(state) : choose(state, open, direction);
};

const begin = (state: State): State => {
	const {line, view, columns} = state;
	const completion = completeFilter(line.text, line.cursor, seenValues(columns, socketsOf(view?.rows ?? []).map(({values}) => values)));
	if (completion === undefined) {
		return {...state, notice: 'Nothing to complete here'};
	}

	const {start, end, candidates, common} = completion;
	if (candidates.length > 1) {
		const extended = replacePart(line, start, line.cursor, common);
		return change(state, {
			candidates, chosen: undefined, start, end: end - line.cursor + extended.cursor, line: extended,
		});
	}

	const isApart = /^[\s\)]/v.test(line.text.slice(end));
	return changeFilter(state, replacePart(line, start, end, isApart ? common : `${common} `));
};

/** Values of a group heading are sums, so they are not candidates. */
const socketsOf = (rows: readonly Row[]): readonly Row[] => rows.filter(({group}) => group === undefined);

const choose = (state: State, {candidates, chosen, start, end, line}: Completing, direction: -1 | 1): State => {
	const from = chosen ?? (direction === 1 ? -1 : 0);
	const next = (from + direction + candidates.length) % candidates.length;
	const changed = replacePart(line, start, end, candidates[next].insert);
	return change(state, {
		candidates, chosen: next, start, end: changed.cursor, line: changed,
	});
};

const change = (state: State, completing: Completing): State => ({...changeFilter(state, completing.line), completing});
