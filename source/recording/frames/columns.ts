/** The columns of a frame: their types, and which columns of the table are recorded. */
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
Types of columns; a frame stores the index of the type. A `text` is an index in the frame's dictionary. A `moment` is a time in milliseconds of the recorder's
clock, for columns that count from the time of the sample in the table.
*/
export const columnTypes = ['u8', 'u16', 'u32', 'f32', 'f64', 'text', 'moment'] as const;

export type ColumnType = (typeof columnTypes)[number];

/** Description of a column, as stored in keyframes. A reader can skip a column with an unknown name. */
export type FrameColumn = {
	readonly name: string;
	readonly type: ColumnType;
	/** Number of elements per socket; 16 for addresses. */
	readonly lanes: number;
};

/** Columns that are not recorded: they follow from the time of the frame, or have a meaning only in the recorded table. */
const derived: ReadonlySet<ColumnName> = new Set<ColumnName>([
	'seenIn',
	'sampledAt',
	...healthColumns.filter(name => name !== 'healthProblem'),
]);

/** Columns with times relative to the sample, forward (1) or back (-1). They change with each sample, but the moment that they refer to does not. */
const relativeColumns: ReadonlyMap<string, number> = new Map<ColumnName, number>([
	['timerExpires', 1],
	['lastDataSent', -1],
	['lastDataReceived', -1],
	['lastAckReceived', -1],
]);

/** The direction of the times in such a column: 1 or -1. */
export const directionOf = (name: string): number => relativeColumns.get(name) ?? 1;

/** Milliseconds by which such a moment may be off in a frame: the kernel counts in jiffies, so it differs slightly in each sample. */
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

/** The column of frames for a column of the table; undefined if it is not recorded. */
export const frameColumnOf = (name: ColumnName): FrameColumn | undefined => derived.has(name)
	? undefined
	: {name, type: typeOf(name), lanes: name === 'localAddress' || name === 'peerAddress' ? 16 : 1};

/** The core columns that are recorded. */
export const coreFrameColumns: readonly FrameColumn[] = (Object.keys(coreColumns) as CoreColumn[])
	.map(name => frameColumnOf(name))
	.filter(column => column !== undefined);

/** The recorded columns: all core columns, and the given optional ones. */
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

/** The elements of a column as integers, so that equal bits compare as equal, also for NaN. */
export type Words = Uint8Array | Uint16Array | Uint32Array;

export const wordsOf = (array: NumericArray): Words => array instanceof Float32Array || array instanceof Float64Array
	? new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4)
	: array;

/** @throws FrameError for an unknown type. */
export const readType = (number: number): ColumnType => {
	const type = columnTypes.at(number);
	if (type === undefined || number < 0) {
		throw new FrameError(`it has a column of unknown type ${number}`);
	}

	return type;
};
