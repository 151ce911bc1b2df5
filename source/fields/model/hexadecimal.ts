import type {OptionalColumn} from '../../table/columns/columns.js';
import type {TextField} from './field.js';
import {isListening, readOptional} from './read.js';

/** Any 32 bits as `ss` writes tokens and tags: without `0x`. */
export const formatHex = (value: number): string => (value >>> 0).toString(16);

/** As `ss` writes marks and codes (`%#x`). */
export const formatPrefixedHex = (value: number): string => value === 0 ? '0' : `0x${formatHex(value)}`;

export type WideHex = Pick<TextField, 'title' | 'meaning' | 'ss' | 'since' | 'aliases'> & {
	/** Also the column of the lower half. */
	readonly id: OptionalColumn;
	/** The column of the upper half. */
	readonly high: OptionalColumn;
};

/** The field of a number of 64 bits that must stay exact, in two columns: hexadecimal, for JSON's numbers and JavaScript's end at 53 bits. */
export const wideHex = ({id, high, ...field}: WideHex): TextField => ({
	...field,
	id,
	kind: 'text',
	isHexadecimal: true,
	width: {min: 16, max: 16},
	align: 'right',
	columns: [id, high],
	read(world, slot) {
		const lowHalf = readOptional(world, slot, id);
		const highHalf = readOptional(world, slot, high);
		return lowHalf === undefined || highHalf === undefined || isListening(world, slot)
			? undefined
			: BigInt.asUintN(64, (BigInt(Math.trunc(highHalf)) << 32n) | BigInt(Math.trunc(lowHalf))).toString(16);
	},
});
