/**
Widths that the contents of columns need. To keep the table steady, a column grows at once when a cell needs more, and shrinks only after it has been
too wide for a number of samples. In the same way, a column without signal is hidden only after a number of samples.
*/

/** Widths that the cells of a column need, in terminal columns. */
export type Needed = {
	/** Enough for every cell. */
	readonly widest: number;
	/** Enough for most cells: a few IPv6 addresses do not widen a column of IPv4 addresses. */
	readonly typical: number;
	/** Enough for every IPv4 address. */
	readonly whole: number;
	/** For each shorter form of the field, the width that is enough for every cell. */
	readonly forms: readonly number[];
	/** Whether any cell makes the column worth showing (`shownFor` of the field). */
	readonly isSignal: boolean;
};

/** A width that grows at once and shrinks late. */
type Damped = {
	readonly width: number;
	/** Largest width needed since `width` was last needed. */
	readonly since: number;
	/** Number of samples since then. */
	readonly samples: number;
};

/** Damped widths of a column. */
export type ColumnWidths = {
	readonly widest: Damped;
	readonly typical: Damped;
	readonly whole: Damped;
	readonly forms: readonly Damped[];
	/** Width 1 while the column has a signal, else 0. */
	readonly signal: Damped;
};

/** By field id. */
export type ContentWidths = ReadonlyMap<string, ColumnWidths>;

/** Samples before a column that is too wide shrinks. */
export const shrinkDelay = 15;

/** Samples before a column without signal is hidden. */
export const hideDelay = 60;

/** Share of the cells that fit into the typical width. */
const typicalShare = 0.8;

/** Column widths for cells of the given widths. */
export const neededFor = (widths: readonly number[]): Pick<Needed, 'widest' | 'typical'> => {
	const sorted = widths.toSorted((a, b) => a - b);
	return {widest: sorted.at(-1) ?? 0, typical: sorted[Math.ceil(sorted.length * typicalShare) - 1] ?? 0};
};

/**
Updates the damped widths.

@param widths The previous widths.
@param needed The widths that the cells need now, by field id.
@param isSample Whether the cells come from a new sample. Other changes, such as moving through the list, do not count as samples.
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
			signal: damp(known?.signal, isSignal ? 1 : 0, isSample, hideDelay),
		});
	}

	return updated;
};

const damp = (known: Damped | undefined, width: number, isSample: boolean, delay = shrinkDelay): Damped => {
	if (known === undefined || width >= known.width) {
		return {width, since: 0, samples: 0};
	}

	const since = Math.max(known.since, width);
	const samples = known.samples + (isSample ? 1 : 0);
	return samples >= delay ? {width: since, since: 0, samples: 0} : {width: known.width, since, samples};
};
