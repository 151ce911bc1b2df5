import type {PacedOutput} from '../../terminal/paced-output.js';
import type {State} from '../../state/state.js';
import type {Store} from '../../update/store.js';
import {answerOf} from '../../state/answer-slice.js';

/** The state that is drawn. */
export type Shown = {
	readonly getState: () => State;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Milliseconds, half a frame at 30 a second: what a key does on this thread waits no longer for what the engine does of it. */
const answerPatience = 16;

/**
Decides when a state is drawn, as a frame costs as much as all that leads to it.

While the terminal has not taken the last frame, the drawn state rests: no frame waits behind another one, and the next is of the newest state. After a key that
asks the engine for something else, it rests until the answer has come, or until that would be felt: one frame then shows both.

@param store
@param output
@param patience Milliseconds that an answer is waited for.
*/
export const createShown = (store: Pick<Store, 'getState' | 'subscribe'>, output: Pick<PacedOutput, 'isIdle' | 'onIdle'>, patience = answerPatience): Shown => {
	const {getState, subscribe} = store;
	const {isIdle, onIdle} = output;
	let shown = getState();
	/** The last question whose answer was waited for. */
	let asked = shown.sequence;
	let timer: NodeJS.Timeout | undefined;

	const stopWaiting = (): void => {
		clearTimeout(timer);
		timer = undefined;
	};

	/** Each question is waited for once, and while one is, the next ones change nothing of that: whoever types fast sees it. */
	const waitForAnswer = (onPatienceOver: () => void): void => {
		const state = getState();
		const {view, isCurrent} = answerOf(state);
		if (isCurrent) {
			stopWaiting();
		} else if (view !== undefined && state.sequence !== asked) {
			timer ??= setTimeout(() => {
				timer = undefined;
				onPatienceOver();
			}, patience);
		}

		asked = state.sequence;
	};

	return {
		getState() {
			shown = isIdle() && timer === undefined ? getState() : shown;
			return shown;
		},
		subscribe(listener) {
			const stops = [
				subscribe(() => {
					waitForAnswer(listener);
					listener();
				}),
				onIdle(listener),
				stopWaiting,
			];
			return () => {
				for (const stop of stops) {
					stop();
				}
			};
		},
	};
};
