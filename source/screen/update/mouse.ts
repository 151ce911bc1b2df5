/** Handling of the mouse. Each function takes the state and returns the next one. */
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

/** Rows per notch of the wheel. */
const wheelRows = 3;

/** Whether the mouse is on the notice above the footer, which covers keys and rows. */
export const isOnNotice = (state: State, event: InputEvent): boolean => {
	const lines = footNotice(state).length;
	return lines > 0 && event.type === 'mouse' && event.row >= state.size.rows - lines;
};

/**
Handles a mouse event.
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
			// A label such as `0-9` stands for many keys: a click does not say which one.
			return binding.shown === undefined ? runBinding(state, binding, binding.keys[0]) : {...state, notice: `${keysLabel(binding)}: type one of these keys`};
		}

		case 'entry': {
			return runCommand({...state, menuIndex: target.index}, 'accept');
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
			// A click outside of a menu closes it.
			const shown: State = modeOf(state).kind === 'menu' ? {...state, mode: 'table'} : state;
			return isDouble ? open(shown, target.row) : moveCursorOf(shown, {kind: 'to', id: target.row.id});
		}

		case 'value': {
			// The second press of a double click applies to the value that the first press selected, even if the lines have scrolled.
			return isDouble === true || isChosen(state, target.index) ? runCommand(state, 'copyValue') : chooseValue(state, target.index);
		}

		case undefined: {
			return state;
		}
	}
};

/** A double click: inspects the socket of the row or journal entry; folds or unfolds a group. The first click has selected the row. */
const open = (state: State, {id, group}: Row): State => {
	if (group !== undefined) {
		return setFolded(state, id, !group.isFolded);
	}

	return state.journal === undefined ? runCommand({...state, mode: 'table'}, 'inspect') : runCommand({...state, mode: 'journal'}, 'inspectEntry');
};
