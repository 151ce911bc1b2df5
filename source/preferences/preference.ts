/** The kinds of preferences. Each preference is one record, which the file, the command line, the setup screen and the documentation are made from. */

/** The sections of the setup screen. */
export type Section = 'columns' | 'meters' | 'look' | 'times' | 'behaviour';

type Basics = {
	/** The title on the setup screen. */
	readonly title: string;
	/** What it does, in one sentence. */
	readonly meaning: string;
	readonly section: Section;
};

/** One of a few words. */
export type Choice<Word extends string = string> = Basics & {
	readonly kind: 'choice';
	readonly options: ReadonlyArray<{readonly value: Word; readonly meaning: string}>;
	readonly byDefault: Word;
};

/** A number within bounds. */
export type Quantity = Basics & {
	readonly kind: 'number';
	readonly unit: 'seconds' | 'samples' | 'entries' | 'hours';
	readonly min: number;
	readonly max: number;
	/** The step of one keypress. */
	readonly step: number;
	readonly byDefault: number;
};

/** On or off. */
export type Switch = Basics & {
	readonly kind: 'switch';
	readonly byDefault: boolean;
};

/** An ordered list of distinct names. */
export type List = Basics & {
	readonly kind: 'list';
	/** What its entries are, for messages: `field`. */
	readonly of: string;
	/** All possible entries, in the order in which they are offered. */
	readonly entries: () => readonly Entry[];
	/** Returns the id of an entry by name, in any spelling. */
	readonly find: (name: string) => string | undefined;
	/** Whether the list may be empty. */
	readonly mayBeEmpty: boolean;
	/** The maximum number of entries. Default: no limit. */
	readonly max?: number;
	readonly byDefault: readonly string[];
};

/** One possible entry of a list. */
export type Entry = {readonly id: string; readonly title: string; readonly meaning: string};

/** The order of the table, as `--sort` takes it. */
export type Order = Basics & {
	readonly kind: 'order';
	/** Whether it may be empty, so that something else decides. */
	readonly mayBeEmpty: boolean;
	readonly byDefault: string;
};

/** Any text. */
export type Text = Basics & {readonly kind: 'text'; readonly byDefault: string};

export type Preference = Choice | Quantity | Switch | List | Order | Text;

/** The value of a preference. */
export type Value<Of extends Preference = Preference> =
	Of extends Choice<infer Word> ? Word
		: Of extends Quantity ? number
			: Of extends Switch ? boolean
				: Of extends List ? readonly string[]
					: string;
