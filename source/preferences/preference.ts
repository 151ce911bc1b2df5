/** What a preference can be. A preference is one record; file, command line, setup screen and documentation come from it. */

/** Headings of the setup screen under which preferences stand. */
export type Section = 'columns' | 'meters' | 'look' | 'times' | 'behaviour';

type Basics = {
	/** What it is called on the setup screen. */
	readonly title: string;
	/** What it does, in a sentence. */
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
	readonly least: number;
	readonly most: number;
	/** How far one key goes. */
	readonly step: number;
	readonly byDefault: number;
};

/** On or off. */
export type Switch = Basics & {
	readonly kind: 'switch';
	readonly byDefault: boolean;
};

/** Names in an order, each at most once. */
export type List = Basics & {
	readonly kind: 'list';
	/** What stands in it, for sentences: `field`. */
	readonly of: string;
	/** All that there are, in the order in which they are offered. */
	readonly entries: () => readonly Entry[];
	/** The id that a person may have meant by a name in another spelling. */
	readonly find: (name: string) => string | undefined;
	/** Whether there may be none. */
	readonly mayBeEmpty: boolean;
	/** The most that there can be; any number unless told. */
	readonly most?: number;
	readonly byDefault: readonly string[];
};

/** Something that a list can have in it. */
export type Entry = {readonly id: string; readonly title: string; readonly meaning: string};

/** What a table is sorted by, as `--sort` takes it. */
export type Order = Basics & {
	readonly kind: 'order';
	/** Whether it may be left to something else. */
	readonly mayBeEmpty: boolean;
	readonly byDefault: string;
};

/** Any text. */
export type Text = Basics & {readonly kind: 'text'; readonly byDefault: string};

export type Preference = Choice | Quantity | Switch | List | Order | Text;

/** What a preference can be set to. */
export type Value<Of extends Preference = Preference> =
	Of extends Choice<infer Word> ? Word
		: Of extends Quantity ? number
			: Of extends Switch ? boolean
				: Of extends List ? readonly string[]
					: string;
