import type {InputEvent} from './read-input.js';

/** Maximum milliseconds between the presses of a double click, as on most desktops. */
const maxPause = 400;

/**
Creates a function that sets `isDouble` on the second press of a double click: in the same cell, soon after the first.

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
		const isDouble = last?.column === column && last.row === row && time - last.time <= maxPause;
		// A third press starts over.
		last = isDouble ? undefined : {column, row, time};
		return isDouble ? {...event, isDouble} : event;
	};
};
