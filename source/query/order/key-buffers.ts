/** Sort keys by slot, and the id of the socket that each key belongs to; 0, which is no socket's id, if no key was read. */
export type KeySet = {keys: Float64Array; ids: Uint32Array};

/** Reusable memory for sort keys: getting fresh memory from the system takes as long as filling it with keys. */
export type KeyBuffers = {
	/** Frees all buffers. No order that took one may be in use any more. */
	readonly clear: () => void;
	/** Takes a buffer for `length` slots. */
	readonly take: (length: number) => KeySet;
	/** Returns memory for at least `length` keys that nobody needs any more at the next call. */
	readonly scratch: (length: number) => Float64Array;
};

export const createKeyBuffers = (): KeyBuffers => {
	const sets: KeySet[] = [];
	let taken = 0;
	let shared = new Float64Array(0);
	return {
		clear() {
			taken = 0;
		},
		take(length) {
			const used = sets.at(taken);
			if (used !== undefined && used.ids.length >= length) {
				taken++;
				used.ids.fill(0);
				return used;
			}

			const fresh = {keys: new Float64Array(length), ids: new Uint32Array(length)};
			sets[taken++] = fresh;
			return fresh;
		},
		scratch(length) {
			if (shared.length < length) {
				shared = new Float64Array(length);
			}

			return shared;
		},
	};
};
