import type {PacedOutput} from '../../terminal/paced-output.js';
import type {State} from '../../state/state.js';
import type {Store} from '../../update/store.js';
import {answerOf} from '../../state/answer-slice.js';

/** The state to draw. */
export type Shown = {
	readonly getState: () => State;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Milliseconds to delay a frame after a key so that it also shows the engine's answer; half a frame at 30 per second. */
const answerPatience = 16;

/**
Decides which state is drawn, and when, because a frame is expensive.

While the terminal has not accepted the last frame, the drawn state does not change: frames do not queue, and the next one shows the newest state. After a key
that changes the query, the drawn state does not change until the answer has arrived or the wait would be noticeable: one frame then shows both.

@param patience Milliseconds to wait for an answer.
*/
export const createShown = (store: Pick<Store, 'getState' | 'subscribe'>, output: Pick<PacedOutput, 'isIdle' | 'onIdle'>, patience = answerPatience): Shown => {
	const {getState, subscribe} = store;
	const {isIdle, onIdle} = output;
	let shown = getState();
	/** Sequence number of the last query that was seen. */
	let asked = shown.sequence;
	let timer: NodeJS.Timeout | undefined;

	const stopWaiting = (): void => {
		clearTimeout(timer);
		timer = undefined;
	};

	/** Starts the wait for a new query. Queries that follow during a wait do not extend it, so that fast typing still shows progress. */
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
