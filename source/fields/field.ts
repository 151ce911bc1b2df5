import type {Owner, OwnerSets} from '../owners/owner.js';
import type {OptionalColumn} from '../table/columns.js';
import type {SocketTable} from '../table/socket-table.js';

/** All that a field may read: the table and what the numbers in it stand for. */
export type World = {
	readonly table: SocketTable;
	readonly owners: OwnerSets;
	/** Name of a user id, or undefined. */
	readonly userName: (uid: number) => string | undefined;
	/** Name of an interface index, or undefined. */
	readonly interfaceName: (index: number) => string | undefined;
};

export type FieldValue = number | string | readonly Owner[];

/** Roles of colour; the screen's theme gives each its look. */
export type Tone = 'plain' | 'dim' | 'good' | 'notice' | 'warning' | 'bad' | 'address' | 'port' | 'process' | 'receive' | 'send';

/** What a number means, and so how it is written and which units the filter language takes. */
export type NumberUnit = 'none' | 'bytes' | 'bytesPerSecond' | 'milliseconds' | 'age' | 'segments';

type Basics = {
	/** The name everywhere: `--columns`, `--sort`, the filter language, JSON keys. */
	readonly id: string;
	/** Heading of the column. */
	readonly title: string;
	/** What it means, in one sentence. */
	readonly meaning: string;
	/** Columns of the terminal: never narrower than `min`, no wider than `max`. */
	readonly width: {readonly min: number; readonly max: number};
	readonly align: 'left' | 'right';
	/** Whether sorting by this field starts with the largest. */
	readonly descending: boolean;
	/** Other names in the filter language and for `--columns` and `--sort`. */
	readonly aliases?: readonly string[];
	/** What `ss` calls it. */
	readonly ss?: string;
	/** Optional columns that a sample must fill for it. */
	readonly columns?: readonly OptionalColumn[];
	/** First kernel that tells it. */
	readonly since?: string;
};

export type NumberField = Basics & {
	readonly kind: 'number';
	readonly unit: NumberUnit;
	readonly read: (world: World, slot: number) => number | undefined;
	readonly tone?: (value: number) => Tone | undefined;
};

export type TextField = Basics & {
	readonly kind: 'text';
	readonly read: (world: World, slot: number) => string | undefined;
	readonly tone?: (value: string) => Tone | undefined;
	/** Order of two sockets, where that of the text is not what people expect (addresses, states). */
	readonly compare?: (world: World, a: number, b: number) => number;
	/** How to shorten a value that does not fit; the default cuts the end. */
	readonly shorten?: (value: string, width: number) => string;
};

export type OwnersField = Basics & {
	readonly kind: 'owners';
	readonly read: (world: World, slot: number) => readonly Owner[] | undefined;
};

/** One thing that is known of a socket. */
export type Field = NumberField | TextField | OwnersField;
