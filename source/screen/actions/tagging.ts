/** Tagged sockets, as targets of an action. Each function takes the state and returns the next one. */
import type {View} from '../../contract/messages.js';
import {moveCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {answerOf} from '../state/answer-slice.js';

/** Maximum number of tags; a confirmation could not show more. */
const maxTags = 1000;

/**
Tags or untags the socket under the cursor, and moves to the next row. The id of a group stands for its sockets until the answer lists them.
*/
export const toggleTag = (state: State): State => {
	const id = state.view?.selected?.id;
	if (id === undefined) {
		return state;
	}

	const {tagged} = state;
	const changed = tagged.includes(id) ? tagged.filter(other => other !== id) : [...tagged, id].slice(-maxTags);
	return {...state, tagged: changed, cursor: moveCursor(state.cursor, {kind: 'by', rows: 1}, answerOf(state))};
};

/** Removes all tags. */
export const untagAll = (state: State): State => ({...state, tagged: []});

/** Updates tags from the answer to the last query: drops those of removed sockets, and replaces groups by their sockets. */
export const dropTags = (tagged: readonly number[], {tagged: living = []}: View): readonly number[] => {
	if (tagged.some(id => id < 0)) {
		return living.slice(0, maxTags);
	}

	return living.length === tagged.length ? tagged : tagged.filter(id => living.includes(id));
};

/** Ids of the sockets to act on: the tagged ones, or else the socket or group under the cursor. */
export const picked = ({tagged, view}: State): readonly number[] => {
	const selected = view?.selected?.id;
	return tagged.length > 0 || selected === undefined ? tagged : [selected];
};

/** Why nothing can be tagged. */
export const whyNoTag = ({view}: State): string | undefined => {
	const selected = view?.selected?.id;
	if (selected === undefined) {
		return 'No row is selected: arrow keys select one';
	}

	const {sockets = 0} = view?.rows.find(({id}) => id === selected)?.group ?? {};
	return sockets > maxTags ? `This group has more than ${maxTags} sockets: a filter makes it smaller` : undefined;
};

/** Why there is no tag to remove. */
export const whyNoTags = ({tagged}: State): string | undefined => tagged.length === 0 ? 'No row is tagged: {toggleTag} tags one' : undefined;
