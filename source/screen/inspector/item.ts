/** Items and sections of the inspector. */
import type {Tone} from '../../fields/model/field.js';

/** A value over time. */
export type Graph = {
	/** One number per sample, oldest first; NaN if missing. */
	readonly values: readonly number[];
	/** Describes the shown values in a text. */
	readonly describe: (shown: readonly number[]) => string;
};

/** One value of the inspector. Texts are escaped for the terminal. */
export type Item = {
	/** Identifies the item; the same for all sockets. */
	readonly key: string;
	readonly label: string;
	readonly text: string;
	/** Text for the clipboard: the whole value, numbers in full. */
	readonly copy: string;
	/** Explanation in sentences. */
	readonly meaning: string;
	readonly tone?: Tone;
	/** Share from 0 to 1, drawn as a bar. */
	readonly share?: number;
	readonly graph?: Graph;
	/** The text may wrap to several lines. */
	readonly isProse?: true;
};

export type Section = {
	readonly title: string;
	readonly items: readonly Item[];
	/** Index of the column that the section belongs to. Sections without one go into the shortest column. */
	readonly lane?: number;
};
