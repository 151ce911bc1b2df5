import type {Moment} from './moment.js';
import type {FrameState} from './state.js';

/** A moment that can be looked at. */
export type StoredMoment = {
	readonly moment: Moment;
	/**
	The sockets then, good until the next state is read.

	@throws FrameError where the frame is damaged.
	*/
	readonly state: () => FrameState;
};

/** Frames that can be looked at, wherever they are. */
export type FrameStore = {
	/** In the order of their times. */
	readonly moments: () => readonly StoredMoment[];
};
