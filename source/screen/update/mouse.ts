/** What the mouse does. Each function takes the state and gives the next one. */
import type {Row} from '../../contract/messages.js';
import {explainColumn} from '../actions/explaining.js';
import {footNotice} from '../paint/footer.js';
import {setFolded} from '../actions/grouping.js';
import type {InputEvent} from '../terminal/input.js';
import {chooseValue, isChosen} from '../actions/moving-inspector.js';
import {toggleStates} from '../actions/narrowing.js';
import {showProblems} from '../actions/problems.js';
import {keysLabel} from '../keys/key-names.js';
import type {MouseEvent} from '../terminal/mouse-report.js';
import {moveCursorOf} from '../actions/moving.js';
import {invertSort, sortBy} from '../actions/sorting.js';
import {modeOf, type State} from '../state/state.js';
import {runBinding, runCommand} from './run-binding.js';
import {targetAt} from './target.js';

/** Rows for each notch of the wheel. */
const wheelRows = 3;

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
	const {isSetup, scroll, scrollLines} = modeOf(state);
	if (scrollLines !== undefined) {
		return scrollLines(state, direction * wheelRows);
	}

	if (scroll === undefined && isSetup !== true) {
		return moveCursorOf(state, {kind: 'scroll', rows: direction * wheelRows});
	}

	let turned = state;
	for (let row = 0; row < wheelRows; row++) {
		turned = runCommand(turned, direction === -1 ? 'up' : 'down');
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
			return runCommand({...state, menuIndex: target.place}, 'accept');
		}

		case 'problems': {
			return showProblems(state);
		}

		case 'states': {
			return toggleStates(state, target.states);
		}

		case 'heading': {
			if (state.mode === 'explain') {
				return explainColumn(state, target.field);
			}

			return target.field === state.sort.field ? invertSort(state) : sortBy(state, target.field);
		}

		case 'row': {
			// Beside a menu, as everywhere: a click elsewhere closes it.
			const shown: State = modeOf(state).kind === 'menu' ? {...state, mode: 'table'} : state;
			return isDouble ? open(shown, target.row) : moveCursorOf(shown, {kind: 'to', id: target.row.id});
		}

		case 'value': {
			// The second press of a double click is about what the first one chose, though choosing may have moved the lines.
			return isDouble === true || isChosen(state, target.place) ? runCommand(state, 'copyValue') : chooseValue(state, target.place);
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

	return state.journal === undefined ? runCommand({...state, mode: 'table'}, 'inspect') : runCommand({...state, mode: 'journal'}, 'inspectEntry');
};
