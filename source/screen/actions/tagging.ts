/** Tags: sockets that a person has picked to act on. Each function takes the state and gives the next one. */
import type {View} from '../../contract/messages.js';
import {moveCursor} from '../state/cursor.js';
import type {State} from '../state/state.js';
import {answerOf} from '../state/answer-slice.js';

/** More cannot be looked over in a confirmation. */
const mostTags = 1000;

/**
Tags the socket under the cursor or takes its tag away, and goes on to the next row. The number of a group stands for its sockets until the answer says which
those are.
*/
export const toggleTag = (state: State): State => {
	const id = state.view?.selected?.id;
	if (id === undefined) {
		return state;
	}

	const {tagged} = state;
	const changed = tagged.includes(id) ? tagged.filter(other => other !== id) : [...tagged, id].slice(-mostTags);
	return {...state, tagged: changed, cursor: moveCursor(state.cursor, {kind: 'by', rows: 1}, answerOf(state))};
};

/** Takes all tags away. */
export const untagAll = (state: State): State => ({...state, tagged: []});

/** Lets go of the tags of sockets that are gone and tags those of groups, as an answer to the last query tells. */
export const dropTags = (tagged: readonly number[], {tagged: living = []}: View): readonly number[] => {
	if (tagged.some(id => id < 0)) {
		return living.slice(0, mostTags);
	}

	return living.length === tagged.length ? tagged : tagged.filter(id => living.includes(id));
};

/** The sockets to act on: those that are tagged, or else the one under the cursor, or the group. */
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
	return sockets > mostTags ? `This group has more than ${mostTags} sockets: a filter makes it smaller` : undefined;
};

/** Why there is no tag to take away. */
export const whyNoTags = ({tagged}: State): string | undefined => tagged.length === 0 ? 'No row is tagged: {toggleTag} tags one' : undefined;
