import type {Order} from './field.js';

/**
Order by a column of bytes.

@param rankOf Maps a value of the column to its rank.
*/
export const byteOrder = (column: 'protocol' | 'state', rankOf: (value: number) => number): Order => {
	const ranks = Float64Array.from({length: 256}, (_, value) => rankOf(value));
	return {
		key: ({table: {core}}, slot) => ranks[core[column][slot]],
		keys({table: {core}}, slots, into) {
			const bytes = core[column];
			const {length} = slots;
			for (let index = 0; index < length; index++) {
				const slot = slots[index];
				into[slot] = ranks[bytes[slot]];
			}
		},
	};
};
