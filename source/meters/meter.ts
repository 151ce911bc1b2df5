import type {SummaryPart} from '../query/query.js';
import type {Summary} from '../contract/messages.js';
import type {Tone} from '../fields/model/field.js';

type Basics = {
	/** The name in the settings. */
	readonly id: string;
	/** The text before the value. */
	readonly title: string;
	/** What it shows, in one sentence. */
	readonly meaning: string;
	/** Present if the meter is shown by default. */
	readonly isByDefault?: true;
	/** What the engine must count for it in addition. */
	readonly needs?: SummaryPart;
};

/** Counts of sockets by kind, as text and as a bar, on lines of its own. */
export type BarMeter = Basics & {readonly kind: 'bar'};

/** Shown while the value of a gauge is unknown. */
export const unknownValue = '-';

/** The current value of a gauge. */
export type Reading = {
	readonly value: string;
	/** The parts of the value, most important first: as many as fit follow it. */
	readonly words?: ReadonlyArray<{readonly text: string; readonly tone: Tone}>;
	/** Role of the value; plain if absent. */
	readonly tone?: Tone;
	/** Oldest first; absent for a gauge without graph. */
	readonly history?: readonly number[];
};

/** A value with its history. Several gauges share a line, as many as fit. */
export type GaugeMeter = Basics & {
	readonly kind: 'gauge';
	/** Present if the gauge is also shown, in short form, on terminals that are too low for lines of meters. */
	readonly isBrief?: true;
	/** Columns of the longest usual value, so that the following gauges keep their position. */
	readonly room: number;
	/** Width of the graph in proportion to those of other gauges; 0 for none. */
	readonly share: number;
	/** Colour role of the graph. */
	readonly tone: Tone;
	/** Returns undefined while there is nothing to show; the gauge then takes no room. */
	readonly read: (summary: Summary) => Reading | undefined;
};

/** A part of the header that can be selected. */
export type Meter = BarMeter | GaugeMeter;
