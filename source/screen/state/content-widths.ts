/**
How wide the columns want to be. Widths must not change from sample to sample: a column grows at once when something wider comes, and shrinks only
after it has been too wide for a while. So it is with columns that have nothing to say: they stay for a while.
*/

/** What the cells of a column need, in columns of the terminal. */
export type Needed = {
	/** Enough for every cell. */
	readonly widest: number;
	/** Enough for most cells: a few IPv6 addresses among many others are not worth the width that they want. */
	readonly typical: number;
	/** With less, an IPv4 address would be cut. */
	readonly whole: number;
	/** Enough for every cell in each of the shorter forms that the field has. */
	readonly forms: readonly number[];
	/** Whether a cell has something to say. */
	readonly isSignal: boolean;
};

/** A width that grows at once and shrinks late. */
type Damped = {
	readonly width: number;
	/** The largest that was needed since the width was last reached. */
	readonly since: number;
	/** Samples since then. */
	readonly samples: number;
};

/** What is known of a column. */
export type ColumnWidths = {
	readonly widest: Damped;
	readonly typical: Damped;
	readonly whole: Damped;
	readonly forms: readonly Damped[];
	/** Of width 1 while the column has something to say, else 0. */
	readonly telling: Damped;
};

/** By field id. */
export type ContentWidths = ReadonlyMap<string, ColumnWidths>;

/** Samples that a column stays too wide. */
export const patience = 15;

/** Samples that a column stays without anything to say. */
export const silentPatience = 60;

/** Share of the cells that a typical width must be enough for. */
const typicalShare = 0.8;

/** What cells of these widths need. */
export const neededFor = (widths: readonly number[]): Pick<Needed, 'widest' | 'typical'> => {
	const sorted = widths.toSorted((a, b) => a - b);
	return {widest: sorted.at(-1) ?? 0, typical: sorted[Math.ceil(sorted.length * typicalShare) - 1] ?? 0};
};

/**
Notes how wide the cells are now.

@param widths What was known before.
@param needed What each column needs now, by field id.
@param isSample Whether the cells come from a new sample. Other changes (moving through the list) do not count as time.
*/
export const updateWidths = (widths: ContentWidths, needed: ReadonlyMap<string, Needed>, isSample: boolean): ContentWidths => {
	const updated = new Map<string, ColumnWidths>();
	for (const [id, {widest, typical, whole, forms, isSignal}] of needed) {
		const known = widths.get(id);
		updated.set(id, {
			widest: damp(known?.widest, widest, isSample),
			typical: damp(known?.typical, typical, isSample),
			whole: damp(known?.whole, whole, isSample),
			forms: forms.map((width, index) => damp(known?.forms[index], width, isSample)),
			telling: damp(known?.telling, isSignal ? 1 : 0, isSample, silentPatience),
		});
	}

	return updated;
};

const damp = (known: Damped | undefined, width: number, isSample: boolean, most = patience): Damped => {
	if (known === undefined || width >= known.width) {
		return {width, since: 0, samples: 0};
	}

	const since = Math.max(known.since, width);
	const samples = known.samples + (isSample ? 1 : 0);
	return samples >= most ? {width: since, since: 0, samples: 0} : {width: known.width, since, samples};
};
