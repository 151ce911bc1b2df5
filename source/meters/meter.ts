import type {SummaryPart} from '../query/query.js';
import type {Summary} from '../contract/messages.js';
import type {Tone} from '../fields/model/field.js';

type Basics = {
	/** The name in the settings. */
	readonly id: string;
	/** What stands before the value. */
	readonly title: string;
	/** What it shows, in a sentence. */
	readonly meaning: string;
	/** Shown unless a person chooses. */
	readonly isByDefault?: true;
	/** What the engine must count for it beside what it counts anyway. */
	readonly needs?: SummaryPart;
};

/** Counts of sockets by kind, as words and as a bar, on lines of their own. */
export type BarMeter = Basics & {readonly kind: 'bar'};

/** What a gauge shows while its value is unknown. */
export const unknownValue = '-';

/** What a gauge shows now. */
export type Reading = {
	readonly value: string;
	/** What the value is made up of, the most important first: as many words as fit follow it. */
	readonly words?: ReadonlyArray<{readonly text: string; readonly tone: Tone}>;
	/** Of the value; plain where it is left out. */
	readonly tone?: Tone;
	/** Oldest first; none for a gauge without graph. */
	readonly history?: readonly number[];
};

/** A value, and how it went. Gauges share lines, as many on each as have room. */
export type GaugeMeter = Basics & {
	readonly kind: 'gauge';
	/** Shown in a few words where the terminal is too low for lines of meters. */
	readonly isBrief?: true;
	/** Columns of the longest usual value, so that what follows does not dance. */
	readonly room: number;
	/** Width of the graph in proportion to those of the others; 0 for none. */
	readonly share: number;
	/** Role of colour of the graph. */
	readonly tone: Tone;
	/** Undefined while there is nothing to show: then it takes no room. */
	readonly read: (summary: Summary) => Reading | undefined;
};

/** A part of the header that can be chosen: one record each. */
export type Meter = BarMeter | GaugeMeter;
