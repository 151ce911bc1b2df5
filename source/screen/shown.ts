import type {PacedOutput} from './paced-output.js';
import type {State} from './state.js';
import type {Store} from './store.js';

/** The state that is drawn. */
export type Shown = {
	readonly getState: () => State;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Lets the drawn state rest while the terminal has not taken the last frame: no frame waits behind another one, and the next is of the newest state. */
export const createShown = ({getState, subscribe}: Pick<Store, 'getState' | 'subscribe'>, {isIdle, onIdle}: Pick<PacedOutput, 'isIdle' | 'onIdle'>): Shown => {
	let shown = getState();
	return {
		getState() {
			shown = isIdle() ? getState() : shown;
			return shown;
		},
		subscribe(listener) {
			const stops = [subscribe(listener), onIdle(listener)];
			return () => {
				for (const stop of stops) {
					stop();
				}
			};
		},
	};
};
