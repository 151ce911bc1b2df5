import type {OptionalColumn} from '../../table/columns/columns.js';
import type {TextField} from './field.js';
import {isListening, readOptional} from './read.js';

/** Formats 32 bits as `ss` writes tokens and tags: hexadecimal, without `0x`. */
export const formatHex = (value: number): string => (value >>> 0).toString(16);

/** Formats a number as `ss` writes marks and codes (`%#x`). */
export const formatPrefixedHex = (value: number): string => value === 0 ? '0' : `0x${formatHex(value)}`;

export type WideHex = Pick<TextField, 'title' | 'meaning' | 'ss' | 'since' | 'aliases'> & {
	/** Also the name of the column with the lower 32 bits. */
	readonly id: OptionalColumn;
	/** The column with the upper 32 bits. */
	readonly high: OptionalColumn;
};

/** Makes the field of an exact 64-bit number that takes two columns. It is text, because numbers in JavaScript and JSON are exact only up to 53 bits. */
export const wideHex = ({id, high, ...field}: WideHex): TextField => ({
	...field,
	id,
	kind: 'text',
	isHexadecimal: true,
	width: {min: 16, max: 16},
	align: 'right',
	columns: [id, high],
	read(context, slot) {
		const lowHalf = readOptional(context, slot, id);
		const highHalf = readOptional(context, slot, high);
		return lowHalf === undefined || highHalf === undefined || isListening(context, slot)
			? undefined
			: BigInt.asUintN(64, (BigInt(Math.trunc(highHalf)) << 32n) | BigInt(Math.trunc(lowHalf))).toString(16);
	},
});
