import fc from './property.js';

/** Generates copies of recorded bytes, with some bytes changed, truncated somewhere. Each has its own buffer, so that reads beyond its end find nothing. */
export const mutated = (original: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> => {
	const change = fc.record({at: fc.nat(original.byteLength - 1), value: fc.nat(255)});
	return fc.tuple(fc.array(change, {minLength: 1, maxLength: 40}), fc.nat(original.byteLength)).map(([changes, length]) => {
		const bytes = Uint8Array.from(original);
		for (const {at, value} of changes) {
			bytes[at] = value;
		}

		return bytes.slice(0, length);
	});
};
