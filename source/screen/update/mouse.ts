/** What the mouse does. Each function takes the state and gives the next one. */
import type {Row} from '../../contract/messages.js';
import {moveCursor} from '../state/cursor.js';
import {explainColumn} from '../actions/explaining.js';
import {footNotice} from '../paint/footer.js';
import {setFolded} from '../actions/grouping.js';
import type {InputEvent} from '../terminal/input.js';
import {chooseValue, isChosen, scrollInspector} from '../actions/moving-inspector.js';
import {keysLabel} from '../keys/key-names.js';
import {bindings, type Command} from '../keys/keys.js';
import type {MouseEvent} from '../terminal/mouse-report.js';
import {runBinding} from './run-binding.js';
import {invertSort, sortBy} from '../actions/sorting.js';
import {answerOf, type Mode, type State} from '../state/state.js';
import {targetAt} from './target.js';

/** Rows for each notch of the wheel. */
const wheelRows = 3;

/** Where the wheel moves the list of sockets. */
const listModes: ReadonlySet<Mode> = new Set(['table', 'journal', 'port', 'explain', 'filter', 'search']);

const menuModes: ReadonlySet<Mode> = new Set(['views', 'sort', 'families', 'groups', 'owners', 'signals']);

/** Whether something was done where the last key has its say, in the place of keys or rows that are not to be seen. */
export const isOnNotice = (state: State, event: InputEvent): boolean => {
	const lines = footNotice(state).length;
	return lines > 0 && event.type === 'mouse' && event.row >= state.size.rows - lines;
};

/**
Does what was done with the mouse.

@param state The state before.
@param event What was done.
*/
export const takeMouse = (state: State, event: MouseEvent): State => {
	switch (event.action) {
		case 'wheelUp': {
			return turn(state, -1);
		}

		case 'wheelDown': {
			return turn(state, 1);
		}

		case 'press': {
			return click(state, event);
		}
	}
};

const turn = (state: State, direction: -1 | 1): State => {
	if (listModes.has(state.mode)) {
		return {...state, cursor: moveCursor(state.cursor, {kind: 'scroll', rows: direction * wheelRows}, answerOf(state))};
	}

	if (state.mode === 'inspector') {
		return scrollInspector(state, direction * wheelRows);
	}

	let turned = state;
	for (let row = 0; row < wheelRows; row++) {
		turned = run(turned, direction === -1 ? 'up' : 'down');
	}

	return turned;
};

const click = (state: State, {column, row, isDouble}: MouseEvent): State => {
	const target = targetAt(state, column, row);
	switch (target?.kind) {
		case 'key': {
			const {binding} = target;
			// Of many keys that one word stands for, no one can be meant.
			return binding.shown === undefined ? runBinding(state, binding, binding.keys[0]) : {...state, notice: `${keysLabel(binding)}: type one of these keys`};
		}

		case 'entry': {
			return run({...state, menu: target.place}, 'accept');
		}

		case 'heading': {
			if (state.mode === 'explain') {
				return explainColumn(state, target.field);
			}

			return target.field === state.sort.field ? invertSort(state) : sortBy(state, target.field);
		}

		case 'row': {
			// Beside a menu, as everywhere: a click elsewhere closes it.
			const shown: State = menuModes.has(state.mode) ? {...state, mode: 'table'} : state;
			return isDouble ? open(shown, target.row) : {...shown, cursor: moveCursor(shown.cursor, {kind: 'to', id: target.row.id}, answerOf(shown))};
		}

		case 'value': {
			// The second press of a double click is about what the first one chose, though choosing may have moved the lines.
			return isDouble === true || isChosen(state, target.place) ? run(state, 'copyValue') : chooseValue(state, target.place);
		}

		case undefined: {
			return state;
		}
	}
};

/** A double click: inspects a socket, or that of an entry of the journal; folds or unfolds a group. The first click has selected it. */
const open = (state: State, {id, group}: Row): State => {
	if (group !== undefined) {
		return setFolded(state, id, !group.isFolded);
	}

	return state.journal === undefined ? run({...state, mode: 'table'}, 'inspect') : run({...state, mode: 'journal'}, 'inspectEntry');
};

/** What a key with this command does, if the mode has one; whether a person has left it without a key or not. */
const run = (state: State, command: Command): State => {
	const binding = bindings.find(({command: each, modes}) => each === command && modes.includes(state.mode));
	return binding === undefined ? state : runBinding(state, binding, binding.keys[0]);
};
