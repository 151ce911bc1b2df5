import type {Moment} from './moment.js';
import type {FrameState} from './state.js';

/** A recorded moment. */
export type StoredMoment = {
	readonly moment: Moment;
	/**
	Returns the sockets at that moment, valid until the next state is read.

	@throws FrameError if the frame is damaged.
	*/
	readonly state: () => FrameState;
};

/** Recorded moments, in memory or in files. */
export type FrameStore = {
	/** In chronological order. */
	readonly moments: () => readonly StoredMoment[];
};
