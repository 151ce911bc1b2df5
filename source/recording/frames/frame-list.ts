/** Frames in the order in which they were written, and the state of the sockets at any of them. */
import {FrameError} from './bytes.js';
import {applyFrame} from './decode.js';
import type {Moment} from './moment.js';
import {FrameState} from './state.js';

/** Frames of one run of a recorder, of which the first is a keyframe: a shard, or the memory of the live view. */
export type FrameList = {
	readonly moments: readonly Moment[];
	/** The bytes of a frame by its position. */
	readonly read: (index: number) => Uint8Array;
};

export type StateReader = {
	/**
	The state at a frame. It is good until the next call.

	@throws FrameError where the frame, or one that it builds on, is damaged.
	*/
	readonly at: (list: FrameList, index: number) => FrameState;
};

/** Reads states. Going forward costs the frames in between; going back, those since the keyframe before. */
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

			const isOnTheWay = wantedList === list && index >= start && index <= wantedIndex;
			if (!isOnTheWay) {
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
