/** Keys by slot, and the socket that each is of: a number that no socket has where none was read. */
export type KeySet = {keys: Float64Array; ids: Uint32Array};

/** What orders work in, one after the other: memory that is fresh from the system takes as long to come by as the keys that are written to it. */
export type KeyBuffers = {
	/** Everything is free: no order that was given something is in use any more. */
	readonly clear: () => void;
	/** @param length How many slots there are. */
	readonly take: (length: number) => KeySet;
};

export const createKeyBuffers = (): KeyBuffers => {
	const sets: KeySet[] = [];
	let taken = 0;
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
	};
};
