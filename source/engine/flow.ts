import type {FromEngine} from '../contract/messages.js';

/** Views that may be on their way to the screen at once: one that it draws, and one for the time until then. */
const mostUntaken = 2;

/** Hands messages to the screen no faster than it takes them. */
export type Flow = {
	readonly post: (message: FromEngine) => void;
	/** The screen has taken a view. */
	readonly taken: () => void;
};

/**
Keeps views from piling up before a screen whose thread stands: a terminal that nobody reads holds it up for hours where it cannot be unblocked
(`commands/unblock-terminal.ts`). Of the views that come meanwhile, only the newest is kept.

@param send Hands on one message.
*/
export const createFlow = (send: (message: FromEngine) => void): Flow => {
	let untaken = 0;
	let newest: FromEngine | undefined;

	return {
		post(message) {
			if (message.type !== 'view') {
				send(message);
			} else if (untaken < mostUntaken) {
				untaken++;
				send(message);
			} else {
				newest = message;
			}
		},
		taken() {
			if (newest === undefined) {
				untaken--;
			} else {
				send(newest);
				newest = undefined;
			}
		},
	};
};
