/** What a page of the inspector is made of. */
import type {Tone} from '../../fields/model/field.js';

/** How something went. */
export type Graph = {
	/** One number for each sample, oldest first; NaN where there is none. */
	readonly values: readonly number[];
	/** Says in a text what those that are shown come to. */
	readonly describe: (shown: readonly number[]) => string;
};

/** One thing that is known. Texts are harmless for the terminal. */
export type Item = {
	/** Names it in each socket's inspector. */
	readonly key: string;
	readonly label: string;
	readonly text: string;
	/** What goes to the clipboard: the whole value, numbers in full. */
	readonly copy: string;
	/** What it means, in sentences. */
	readonly meaning: string;
	readonly tone?: Tone;
	/** A part of a whole, from 0 to 1, as a bar. */
	readonly share?: number;
	readonly graph?: Graph;
	/** A text of many lines rather than a value. */
	readonly isProse?: true;
};

export type Section = {
	readonly title: string;
	readonly items: readonly Item[];
	/** Where several columns stand side by side: the one that it belongs to. The others go where room is left. */
	readonly lane?: number;
};
