import type {OptionalColumn} from '../../table/columns/columns.js';
import type {
	NumberField,
	NumberUnit,
	Tone,
	World,
} from './field.js';
import {isListening, readOptional} from './read.js';

/** A number that stands in an optional column of the same name. */
export type OptionalNumber = {
	readonly id: OptionalColumn;
	readonly title: string;
	readonly meaning: string;
	readonly unit: NumberUnit;
	readonly ss?: string;
	readonly since?: string;
	readonly aliases?: readonly string[];
	/** Turns what the column holds into the unit; undefined for a value that stands for "none". */
	readonly convert?: (value: number) => number | undefined;
	/** Whether listeners have it too. What the kernel says of them in `tcp_info` means nothing else. */
	readonly ofListeners?: boolean;
	/** Whether those of several sockets add up; of listeners none is added. */
	readonly isSummed?: boolean;
	/** As in `NumberField`. */
	readonly isInSubflows?: true;
	readonly tone?: Tone;
};

/** What a number of each unit needs at most; headings may need more. */
const widths: Readonly<Record<NumberUnit, number>> = {
	none: 4, hexadecimal: 8, count: 6, segments: 6, bytes: 6, bytesPerSecond: 6, milliseconds: 5, age: 6,
};

/** The field of an optional column. Its tone, if it has one, is for values that are not 0. */
export const optionalField = ({convert, ofListeners, isSummed, tone, ...field}: OptionalNumber): NumberField => {
	const columns = Math.max(widths[field.unit], field.title.length);
	const readAny = (world: World, slot: number): number | undefined => {
		const value = readOptional(world, slot, field.id);
		return value === undefined || convert === undefined ? value : convert(value);
	};

	const readConnection = (world: World, slot: number): number | undefined => isListening(world, slot) ? undefined : readAny(world, slot);

	return {
		...field,
		kind: 'number',
		width: {min: columns, max: columns},
		columns: [field.id],
		read: ofListeners ? readAny : readConnection,
		...(isSummed && {sum: readConnection}),
		...(tone !== undefined && {tone: (value: number) => value === 0 ? undefined : tone}),
	};
};

/** Writes an identifier of up to 64 bits. */
export const formatWhole = (value: number): string => Math.trunc(value).toString();

/** For columns of microseconds. */
export const toMilliseconds = (microseconds: number): number => microseconds / 1000;

/** For columns of microseconds where 0 stands for "never measured". */
export const toMeasuredMilliseconds = (microseconds: number): number | undefined => microseconds === 0 ? undefined : microseconds / 1000;
