/** Which columns of the table a frame has, and what kinds of columns there are in frames. */
import {
	coreColumns,
	optionalColumns,
	textColumns,
	type ColumnName,
	type CoreColumn,
	type NumericArray,
} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {FrameError} from './bytes.js';

/**
What a column holds, by the number that a frame has for it. A text is a number of the frame's dictionary; `moment` is a time in milliseconds of the clock of the
recorder, where the table has one that is counted from the sample.
*/
export const columnTypes = ['u8', 'u16', 'u32', 'f32', 'f64', 'text', 'moment'] as const;

export type ColumnType = (typeof columnTypes)[number];

/** A column of frames, which describes itself: a reader that does not know the name can skip it. */
export type FrameColumn = {
	readonly name: string;
	readonly type: ColumnType;
	/** Elements of a socket; 16 for addresses. */
	readonly lanes: number;
};

/** Follows from the moment of the frame, or means something only in the table that it was taken from. */
const derived: ReadonlySet<ColumnName> = new Set<ColumnName>([
	'seenIn',
	'sampledAt',
	...healthColumns.filter(name => name !== 'healthProblem'),
]);

/** Times counted from the moment of the sample, forward (1) or back (-1). They change with each sample; the moment that they mean does not. */
export const relativeColumns: ReadonlyMap<string, number> = new Map<ColumnName, number>([
	['timerExpires', 1],
	['lastDataSent', -1],
	['lastDataReceived', -1],
	['lastAckReceived', -1],
]);

/** Milliseconds by which such a moment may be wrong in a frame: the kernel counts in jiffies, so it moves by some each time. */
export const momentTolerance = 100;

const texts: ReadonlySet<string> = new Set(textColumns);

const typeOf = (name: ColumnName): ColumnType => {
	if (relativeColumns.has(name)) {
		return 'moment';
	}

	if (texts.has(name) || name === 'owners') {
		return 'text';
	}

	const array: NumericArray = Object.hasOwn(coreColumns, name)
		? coreColumns[name as CoreColumn].create(0)
		: optionalColumns[name as keyof typeof optionalColumns].create(0);
	if (array instanceof Uint8Array) {
		return 'u8';
	}

	if (array instanceof Uint16Array) {
		return 'u16';
	}

	if (array instanceof Uint32Array) {
		return 'u32';
	}

	return array instanceof Float32Array ? 'f32' : 'f64';
};

/** The frame's column for a column of the table; undefined for one that is not recorded. */
export const frameColumnOf = (name: ColumnName): FrameColumn | undefined => derived.has(name)
	? undefined
	: {name, type: typeOf(name), lanes: name === 'localAddress' || name === 'peerAddress' ? 16 : 1};

/** The core columns that are recorded. */
export const coreFrameColumns: readonly FrameColumn[] = (Object.keys(coreColumns) as CoreColumn[])
	.map(name => frameColumnOf(name))
	.filter(column => column !== undefined);

/** The columns of the table with these names that are recorded. */
export const frameColumns = (optional: Iterable<ColumnName>): readonly FrameColumn[] => [
	...coreFrameColumns,
	...[...optional].map(name => frameColumnOf(name)).filter(column => column !== undefined),
];

const creators: Readonly<Record<ColumnType, (length: number) => NumericArray>> = {
	u8: length => new Uint8Array(length),
	u16: length => new Uint16Array(length),
	u32: length => new Uint32Array(length),
	f32: length => new Float32Array(length),
	f64: length => new Float64Array(length),
	text: length => new Uint32Array(length),
	moment: length => new Float64Array(length),
};

export const createColumn = ({type, lanes}: Pick<FrameColumn, 'type' | 'lanes'>, sockets: number): NumericArray => creators[type](sockets * lanes);

/** The elements of a column as whole numbers that are equal where all bits are: NaN equals itself. */
export type Words = Uint8Array | Uint16Array | Uint32Array;

export const wordsOf = (array: NumericArray): Words => array instanceof Float32Array || array instanceof Float64Array
	? new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4)
	: array;

/** @throws FrameError for a number that stands for no type. */
export const readType = (number: number): ColumnType => {
	const type = columnTypes.at(number);
	if (type === undefined || number < 0) {
		throw new FrameError(`a column is of the unknown type ${number}`);
	}

	return type;
};
