import type {OptionalColumn} from '../../table/columns/columns.js';
import type {
	NumberField,
	NumberUnit,
	Tone,
	FieldContext,
} from './field.js';
import {isListening, readOptional} from './read.js';

/** A number held in the optional column of the same name. */
export type OptionalNumber = {
	readonly id: OptionalColumn;
	readonly title: string;
	readonly meaning: string;
	readonly unit: NumberUnit;
	readonly ss?: string;
	readonly since?: string;
	readonly aliases?: readonly string[];
	/** Converts the value of the column to the unit; returns undefined for a value that means "none". */
	readonly convert?: (value: number) => number | undefined;
	/** Whether listeners have it too. Most of a listener's `tcp_info` is meaningless. */
	readonly isForListeners?: boolean;
	/** Whether the values of several sockets can be summed. Listeners add nothing. */
	readonly isSummed?: boolean;
	/** As in `NumberField`. */
	readonly isInSubflows?: true;
	readonly tone?: Tone;
};

/** The width that a number of each unit needs; a heading may need more. */
const widths: Readonly<Record<NumberUnit, number>> = {
	none: 4, hexadecimal: 8, count: 6, segments: 6, bytes: 6, bytesPerSecond: 6, milliseconds: 5, age: 6,
};

/** Makes the field of an optional column. A tone applies only to values other than 0. */
export const optionalField = ({convert, isForListeners, isSummed, tone, ...field}: OptionalNumber): NumberField => {
	const columns = Math.max(widths[field.unit], field.title.length);
	const readAny = (context: FieldContext, slot: number): number | undefined => {
		const value = readOptional(context, slot, field.id);
		return value === undefined || convert === undefined ? value : convert(value);
	};

	const readConnection = (context: FieldContext, slot: number): number | undefined => isListening(context, slot) ? undefined : readAny(context, slot);

	return {
		...field,
		kind: 'number',
		width: {min: columns, max: columns},
		columns: [field.id],
		read: isForListeners ? readAny : readConnection,
		...(isSummed && {sum: readConnection}),
		...(tone !== undefined && {tone: (value: number) => value === 0 ? undefined : tone}),
	};
};

/** Formats an identifier of up to 64 bits. */
export const formatWhole = (value: number): string => Math.trunc(value).toString();

/** Converts a column of microseconds. */
export const toMilliseconds = (microseconds: number): number => microseconds / 1000;

/** Converts a column of microseconds in which 0 means "never measured". */
export const toMeasuredMilliseconds = (microseconds: number): number | undefined => microseconds === 0 ? undefined : microseconds / 1000;
