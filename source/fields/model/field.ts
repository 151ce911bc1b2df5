import type {Names} from '../../names/names.js';
import type {Owner, OwnerSets} from '../../owners/owner.js';
import type {SourceNames} from '../../sources/source-names.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {JournalTable} from '../../table/journal-table.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';

/** All that a field may read: the table and what the numbers in it stand for. */
export type World = SourceNames & {
	readonly table: SocketTable;
	/** The same table, where its rows are not sockets but what happened to them. */
	readonly entries?: JournalTable;
	readonly owners: OwnerSets;
};

/** A number of which only the least is known: the age of a socket that was there before conntop was. */
export type AtLeast = {readonly atLeast: number};

export type FieldValue = number | string | readonly Owner[] | AtLeast;

/** Roles of colour; the screen's theme gives each its look. */
export type Tone = 'plain' | 'dim' | 'good' | 'notice' | 'warning' | 'bad' | 'address' | 'port' | 'process' | 'receive' | 'send';

/** What a number means, and so how it is written and which units the filter language takes. */
export type NumberUnit =
	/** An identifier or a small number; written whole. */
	| 'none'
	/** An identifier that is always written in hexadecimal digits without `0x`, as `ss` writes it: on the screen, in JSON and in filters. */
	| 'hexadecimal'
	| 'count'
	| 'segments'
	| 'bytes'
	| 'bytesPerSecond'
	/** A short time, written as a number of milliseconds. */
	| 'milliseconds'
	/** A long time in milliseconds, written with its units. */
	| 'age';

/**
The order of sockets by a field. `key` is the major part as one cheap number, NaN where the field is absent; `compare` tells sockets of equal keys
apart, and agrees with the keys on others. Without `compare`, equal keys are equal values.
*/
export type Order = {
	readonly key: (world: World, slot: number) => number;
	/** Where the keys of many sockets are cheaper together: writes that of each slot to its place. */
	readonly keys?: (world: World, slots: Uint32Array, into: Float64Array) => void;
	readonly compare?: (world: World, a: number, b: number) => number;
};

type Basics = {
	/** The name everywhere: `--columns`, `--sort`, the filter language, JSON keys. */
	readonly id: string;
	/** Heading of the column. */
	readonly title: string;
	/** What it means, in one sentence. */
	readonly meaning: string;
	/** Columns of the terminal: never narrower than `min`, no wider than `max`. */
	readonly width: {readonly min: number; readonly max: number};
	/** Not all sockets have it, and it is those with it that matter: while it is shown, it is shown whole. */
	readonly isRare?: true;
	/** By default, numbers stand at the right of their columns and all else at the left. */
	readonly align?: 'left' | 'right';
	/** Whether sorting by this field starts with the largest; by default, numbers do. */
	readonly descending?: boolean;
	/**
	How long its column stays on a terminal that is too narrow for all: those of the least importance leave first, 50 by default. Those of 50 leave one by one, from the
	right; others of the same importance leave together, because one without the other would mislead. Columns of less than 20 leave rather than that the texts of others
	are cut much.
	*/
	readonly importance?: number;
	/** The field whose column says as much, unless another one is shown, too: while it does, this column leaves before all others of 50 or more. */
	readonly impliedBy?: {readonly field: string; readonly unless: string};
	/** Whether a value says something. Among the usual columns, this one is shown only while that of a shown socket does. */
	readonly shownFor?: (value: FieldValue, tone: Tone | undefined) => boolean;
	/** Other names in the filter language and for `--columns` and `--sort`. */
	readonly aliases?: readonly string[];
	/** The text with names in place of numbers, as foreign as they are; undefined where none is known. */
	readonly named?: (world: World, slot: number, names: Names) => string | undefined;
	/** What `ss` calls it: a column, or the word before the value. */
	readonly ss?: string;
	/** Optional columns that a sample must fill for it. */
	readonly columns?: readonly OptionalColumn[];
	/** The protocols that have it, where they are not those that are read anyway: who names the field wants their sockets. */
	readonly protocols?: readonly ProtocolName[];
	/** First kernel that tells it. */
	readonly since?: string;
};

export type NumberField = Basics & {
	readonly kind: 'number';
	readonly unit: NumberUnit;
	readonly read: (world: World, slot: number) => number | undefined;
	/** What a socket adds to the sum of its group, undefined for nothing; only where numbers of sockets add up to something. */
	readonly sum?: (world: World, slot: number) => number | undefined;
	/** An MPTCP socket and its subflows, which are TCP sockets, count the same bytes: a group adds them once. */
	readonly isInSubflows?: true;
	readonly tone?: (value: number, world: World, slot: number) => Tone | undefined;
	/** Whether the value is but the least that the number can be. */
	readonly isMinimum?: (world: World, slot: number) => boolean;
	/** For the kernel, 0 is "none", for which the field is absent: filters find such sockets by `= 0`. */
	readonly zeroIsNone?: true;
	/** How it is written, where that is not the way of its unit. */
	readonly format?: (value: number) => string;
	/** Ways to write it in a column of the table, from the most exact: all cells are written in the first one in which all fit. */
	readonly columnFormats?: ReadonlyArray<(value: number) => string>;
};

export type TextField = Basics & {
	readonly kind: 'text';
	readonly read: (world: World, slot: number) => string | undefined;
	/** All texts that a filter looks at, where the field shows but the first. */
	readonly readAll?: (world: World, slot: number) => readonly string[];
	readonly tone?: (value: string, world: World, slot: number) => Tone | undefined;
	/** Order, where that of the text is not what people expect (addresses, states) or costs too much. */
	readonly order?: Order;
	/** All texts that there are, in the order of a list for people: filters refuse any other. */
	readonly values?: readonly string[];
	/** A number in hexadecimal digits, too long for a JSON number: filters take it with `0x`, leading zeros and capitals, too. */
	readonly isHexadecimal?: true;
	/** How to shorten a text, as `formatValue` gives it, that does not fit; the default cuts the end. */
	readonly shorten?: (text: string, width: number, addressWidth?: number) => string;
	/** Shorter forms of a text, as `formatValue` gives it, the longest first: all cells of a column are in the same one. */
	readonly forms?: ReadonlyArray<(text: string) => string>;
	/** With fewer columns of the terminal, what must not be cut of a text would be: an IPv4 address. 0 where all may. */
	readonly wholeWidth?: (text: string) => number;
	/** Address and port: `shorten` takes the columns that an IPv6 address may have in all columns of the table. */
	readonly isEndpoint?: true;
};

export type OwnersField = Basics & {
	readonly kind: 'owners';
	readonly read: (world: World, slot: number) => readonly Owner[] | undefined;
	readonly order: Order;
};

/** A field as it is written down. */
export type FieldRecord = NumberField | TextField | OwnersField;

/** One thing that is known of a socket. */
export type Field = FieldRecord & Required<Pick<Basics, 'align' | 'descending' | 'importance'>>;
