import type {Names} from '../../names/names.js';
import type {Owner, OwnerSets} from '../../owners/owner.js';
import type {SourceNames} from '../../sources/source-names.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {JournalTable} from '../../table/journal-table.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';

/** What fields read: the table, and the names behind the numbers in it. */
export type FieldContext = SourceNames & {
	readonly table: SocketTable;
	/** The same table if its rows are journal entries instead of sockets. */
	readonly entries?: JournalTable;
	readonly owners: OwnerSets;
	/** Present if one row stands for both ends of a connection. */
	readonly isPerConnection?: true;
};

/** A lower bound: the age of a socket that is older than this run of conntop. */
export type AtLeast = {readonly atLeast: number};

export type FieldValue = number | string | readonly Owner[] | AtLeast;

/** Colour roles; the theme gives each one its colours. */
export type Tone = 'plain' | 'dim' | 'good' | 'notice' | 'warning' | 'bad' | 'address' | 'port' | 'process' | 'receive' | 'send';

/** What a number measures. It decides how the number is formatted and which units the filter language accepts. */
export type NumberUnit =
	/** An identifier or a small number, written in full. */
	| 'none'
	/** An identifier that is always written in hexadecimal digits without `0x`, as in `ss`: on the screen, in JSON and in filters. */
	| 'hexadecimal'
	| 'count'
	| 'segments'
	| 'bytes'
	| 'bytesPerSecond'
	/** A short time, written in milliseconds. */
	| 'milliseconds'
	/** A long time in milliseconds, written with units. */
	| 'age';

/**
The order of sockets by a field. `key` is the major part as one number, NaN if the field is absent. `compare` orders sockets with equal keys, and agrees with
the keys for all others. Without `compare`, equal keys mean equal values.
*/
export type Order = {
	readonly key: (context: FieldContext, slot: number) => number;
	/** Reads the keys of many sockets at once, if that is cheaper; writes each key at the index of its slot. */
	readonly keys?: (context: FieldContext, slots: Uint32Array, into: Float64Array) => void;
	readonly compare?: (context: FieldContext, a: number, b: number) => number;
};

type Basics = {
	/** The name in `--columns`, `--sort`, the filter language and JSON. */
	readonly id: string;
	/** The column heading. */
	readonly title: string;
	/** Short heading, for columns that can be narrower than their title. */
	readonly shortTitle?: string;
	/** The meaning, in one sentence. */
	readonly meaning: string;
	/** Width in terminal columns: at least `min`, at most `max`. */
	readonly width: {readonly min: number; readonly max: number};
	/** Only some sockets have it, and those matter most: while the column is shown, it is never narrowed. */
	readonly isRare?: true;
	/** Default: right for numbers, left for everything else. */
	readonly align?: 'left' | 'right';
	/** Whether sorting by this field starts with the largest value. Default: true for numbers. */
	readonly descending?: boolean;
	/**
	Which columns are dropped first if the terminal is too narrow for all: the least important ones. Default: 50. Columns of 50 are dropped one by one, from the
	right; other columns of equal importance are dropped together, because one without the other would mislead. A column below 20 is dropped before the texts of
	others are cut much.
	*/
	readonly importance?: number;
	/**
	Another field whose column implies this one, except if the column `unless` is shown too. While it does, this column is dropped before all others of
	importance 50 or more.
	*/
	readonly impliedBy?: {readonly field: string; readonly unless: string};
	/** Whether a value is worth a column. A default column with this rule is shown only while the value of a shown socket passes. */
	readonly shownFor?: (value: FieldValue, tone: Tone | undefined) => boolean;
	/** Other names in filters, `--columns` and `--sort`. */
	readonly aliases?: readonly string[];
	/** The text with names instead of numbers, not escaped yet; undefined if no name is known. */
	readonly named?: (context: FieldContext, slot: number, names: Names) => string | undefined;
	/** Its name in `ss`: a column heading, or the word before the value. */
	readonly ss?: string;
	/** The optional columns that a sample must fill for it. */
	readonly columns?: readonly OptionalColumn[];
	/** The protocols that have it, if these are not read by default. A filter or column that names the field also selects these protocols. */
	readonly protocols?: readonly ProtocolName[];
	/** The first Linux version that reports it. */
	readonly since?: string;
};

export type NumberField = Basics & {
	readonly kind: 'number';
	readonly unit: NumberUnit;
	readonly read: (context: FieldContext, slot: number) => number | undefined;
	/** What a socket adds to the total of its group, undefined for nothing. Only for numbers that can be summed. */
	readonly sum?: (context: FieldContext, slot: number) => number | undefined;
	/** An MPTCP socket counts the same bytes as its subflows, which are TCP sockets: a group counts them once. */
	readonly isInSubflows?: true;
	readonly tone?: (value: number, context: FieldContext, slot: number) => Tone | undefined;
	/** Whether the value is only a lower bound. */
	readonly isMinimum?: (context: FieldContext, slot: number) => boolean;
	/** The kernel's 0 means "none", and the field is then absent. Filters still find such sockets by `= 0`. */
	readonly zeroIsNone?: true;
	/** How the number is formatted, if not as its unit says. */
	readonly format?: (value: number) => string;
	/** Formats for a column of the table, most exact first. All cells use the first one in which all of them fit. */
	readonly columnFormats?: ReadonlyArray<(value: number) => string>;
};

export type TextField = Basics & {
	readonly kind: 'text';
	readonly read: (context: FieldContext, slot: number) => string | undefined;
	/** All texts that a filter tests, if the field shows only the first. */
	readonly readAll?: (context: FieldContext, slot: number) => readonly string[];
	readonly tone?: (value: string, context: FieldContext, slot: number) => Tone | undefined;
	/** The order, if it is not the order of the texts (addresses, states) or if that would be too slow. */
	readonly order?: Order;
	/** All possible texts, in the order for lists. Filters reject any other text. */
	readonly values?: readonly string[];
	/** A number in hexadecimal digits that is too large for a JSON number. Filters accept it with `0x`, leading zeros and capital letters too. */
	readonly isHexadecimal?: true;
	/** Shortens a text, as `formatValue` returns it, that does not fit. Default: cut off the end. */
	readonly shorten?: (text: string, width: number, addressWidth?: number) => string;
	/** Shorter forms of a text, as `formatValue` returns it, the longest first: all cells of a column use the same form. */
	readonly forms?: ReadonlyArray<(text: string) => string>;
	/** Index of the shortest of the forms that name both ends of a connection. With one row per connection, the column is wide enough for it before less important ones are shown. */
	readonly bothEndsForm?: number;
	/** The terminal columns that the part of a text that must stay whole needs: an IPv4 address. 0 if all of it may be cut. */
	readonly wholeWidth?: (text: string) => number;
	/** Whether it is an address and port: `shorten` then gets the width that every IPv6 address in the table is cut to. */
	readonly isEndpoint?: true;
};

export type OwnersField = Basics & {
	readonly kind: 'owners';
	readonly read: (context: FieldContext, slot: number) => readonly Owner[] | undefined;
	readonly order: Order;
};

/** A field as its record states it. */
export type FieldRecord = NumberField | TextField | OwnersField;

/** One thing known of a socket, with all defaults filled in. */
export type Field = FieldRecord & Required<Pick<Basics, 'align' | 'descending' | 'importance'>>;
