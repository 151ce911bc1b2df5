import type {InputEvent} from './read-input.js';

/** Milliseconds between the presses of a double click, as most desktops have it. */
const longestPause = 400;

/**
Makes the function that marks the second press of each double click: at the same place, soon after the first.

@param now A clock in milliseconds.
*/
export const createDoubleClicks = (now: () => number): ((event: InputEvent) => InputEvent) => {
	let last: {readonly column: number; readonly row: number; readonly time: number} | undefined;

	return event => {
		if (event.type !== 'mouse' || event.action !== 'press') {
			last = undefined;
			return event;
		}

		const {column, row} = event;
		const time = now();
		const isDouble = last?.column === column && last.row === row && time - last.time <= longestPause;
		// A third press begins anew.
		last = isDouble ? undefined : {column, row, time};
		return isDouble ? {...event, isDouble} : event;
	};
};
