/** Lists of frames, and the state at any of them. */
import {FrameError} from './bytes.js';
import {applyFrame} from './decode.js';
import type {Moment} from './moment.js';
import {FrameState} from './state.js';

/** Frames of one run of a recorder in order, beginning with a keyframe: those of a shard, or of the live view's memory. */
export type FrameList = {
	readonly moments: readonly Moment[];
	/** Returns the bytes of a frame by its index. */
	readonly read: (index: number) => Uint8Array;
};

export type StateReader = {
	/**
	Returns the state at a frame, valid until the next call.

	@throws FrameError if the frame, or one that it depends on, is damaged.
	*/
	readonly at: (list: FrameList, index: number) => FrameState;
};

/** Creates a reader of states. Going forward decodes the frames in between; going back, those since the previous keyframe. */
export const createStateReader = (): StateReader => {
	let state = new FrameState();
	let list: FrameList | undefined;
	let index = -1;

	return {
		at(wantedList, wantedIndex) {
			let start = wantedIndex;
			while (start > 0 && !wantedList.moments[start]?.isKey) {
				start--;
			}

			const canContinue = wantedList === list && index >= start && index <= wantedIndex;
			if (!canContinue) {
				state = new FrameState();
				index = start - 1;
			}

			list = undefined;
			for (let next = index + 1; next <= wantedIndex; next++) {
				applyFrame(state, wantedList.read(next));
				index = next;
			}

			if (wantedList.moments[wantedIndex] === undefined) {
				throw new FrameError(`there is no frame ${wantedIndex}`);
			}

			list = wantedList;
			return state;
		},
	};
};
