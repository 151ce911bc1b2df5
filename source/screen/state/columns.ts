/** Width limits and importance of one column. Widths are in terminal columns. */
export type ColumnNeed = {
	/** Id of the field. */
	readonly id: string;
	/** Below this width the column is not shown. */
	readonly min: number;
	/** Width at which no IPv4 address is cut. Less important columns are dropped before this column gets narrower. */
	readonly whole: number;
	/** Columns of less than default importance are dropped before this column shrinks below this width. */
	readonly fair: number;
	/** Columns of low importance are dropped before this column shrinks below this width. */
	readonly comfort: number;
	/** Enough for most cells. */
	readonly typical: number;
	/** Wide enough for every cell and the heading. */
	readonly full: number;
	/** Importance of the field, from its record: less important columns are dropped first. */
	readonly importance: number;
	/** Whether it is dropped last, because the table is sorted by it. */
	readonly isKept: boolean;
	/** Whether group headings or another column show the same information. */
	readonly isImplied: boolean;
	/** Whether it takes the remaining width if it is the last column. */
	readonly takesRest: boolean;
};

/** A column that is shown. */
export type FittedColumn = {readonly id: string; readonly width: number};

export type Fit = {
	readonly columns: readonly FittedColumn[];
	/** Spaces between columns. */
	readonly gap: number;
	/** Ids of the columns that do not fit. */
	readonly dropped: readonly string[];
};

export const defaultImportance = 50;

/** Columns below this importance are dropped before others shrink below their comfortable width. */
const lowImportance = 20;

const maxGap = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const withGaps = (widths: readonly number[], gap: number): number => sum(widths) + gap * Math.max(0, widths.length - 1);

/** Width of columns with gaps, in terminal columns. */
export const widthNeeded = (columns: readonly FittedColumn[], gap: number): number => withGaps(columns.map(({width}) => width), gap);

/** The selected columns with their minimum widths. */
type Selected = ReadonlyMap<ColumnNeed, number>;

/**
Fits columns into the width of the terminal: selects as many as fit, the most important first, then shares the remaining width among them. Keeps the order.

@param needs The columns, from left to right.
@param available Width for all columns and the gaps between them, in terminal columns.
*/
export const fitColumns = (needs: readonly ColumnNeed[], available: number): Fit => {
	const selected = select(needs, available);
	const kept = needs.filter(need => selected.has(need));
	const narrow = kept.map(need => ({id: need.id, width: selected.get(need) ?? need.whole}));
	const filled = widenColumns(narrow, kept, available);
	const gap = gapFor(filled, available);
	return {
		columns: extendLast(filled, kept, available - widthNeeded(filled, gap)),
		gap,
		dropped: needs.filter(need => !selected.has(need)).map(({id}) => id),
	};
};

/** Selects the columns that fit at their minimum widths. The first that does not fit gets the remaining width, if that is at least its `min`; it is the last one selected. */
const select = (needs: readonly ColumnNeed[], available: number): Selected => {
	const selected = new Map<ColumnNeed, number>();
	for (const group of groupsByImportance(needs)) {
		const before = selected.keys().map(need => widthBeside(need, group[0])).toArray();
		if (withGaps([...before, ...group.map(need => widthBeside(need, group[0]))], 1) <= available) {
			for (const need of group) {
				selected.set(need, need.whole);
			}

			continue;
		}

		const [first] = group;
		const left = available - withGaps(before, 1) - (before.length === 0 ? 0 : 1);
		if (selected.size === 0 || (rankOf(first) > defaultImportance && group.length === 1 && left >= first.min)) {
			selected.set(first, Math.max(0, left));
		}

		break;
	}

	return selected;
};

/** Minimum width of a column when a column of equal or lower importance is also shown. */
const widthBeside = ({whole, fair, comfort, importance}: ColumnNeed, other: ColumnNeed): number => {
	const rank = rankOf(other);
	return rank < lowImportance && importance >= lowImportance ? Math.max(whole, fair, comfort) : (rank < defaultImportance ? Math.max(whole, fair) : whole);
};

/** Importance for the selection: the sorted column ranks highest, a redundant column just below the default importance. */
const rankOf = ({importance, isKept, isImplied}: ColumnNeed): number => isKept ? Infinity : (isImplied ? Math.min(importance, defaultImportance - 0.5) : importance);

/** Groups columns in the order of selection. Columns of equal importance are selected together, except those of default importance, which are selected from left to right. */
const groupsByImportance = (needs: readonly ColumnNeed[]): ReadonlyArray<readonly ColumnNeed[]> =>
	[...Map.groupBy(needs, need => rankOf(need))].toSorted(([a], [b]) => b - a).flatMap(([rank, group]) =>
		Number.isSafeInteger(rank) && rank !== defaultImportance ? [group] : group.map(need => [need]));

/** Shares the remaining width among the narrowed columns: first up to what most cells need, then up to what all cells need. */
const widenColumns = (columns: readonly FittedColumn[], needs: readonly ColumnNeed[], available: number): readonly FittedColumn[] => {
	const narrow = columns.map(({width}) => width);
	const left = available - widthNeeded(columns, 1);
	const fair = widen(narrow, needs.map(need => Math.min(need.fair, need.full)), left);
	const comfortable = widen(fair, needs.map(({comfort, full}) => Math.min(comfort, full)), left - (sum(fair) - sum(narrow)));
	const typical = widen(comfortable, needs.map(need => Math.min(need.typical, need.full)), left - (sum(comfortable) - sum(narrow)));
	const widths = widen(typical, needs.map(({full}) => full), left - (sum(typical) - sum(narrow)));
	return columns.map(({id}, index) => ({id, width: widths[index]}));
};

/** Distributes `available` terminal columns among the widths that are below their goals. */
const widen = (widths: readonly number[], goals: readonly number[], available: number): readonly number[] => {
	const reached = widths.map((width, index) => Math.max(width, goals[index]));
	if (sum(reached) - sum(widths) <= available) {
		return reached;
	}

	const wider = [...widths];
	for (let left = available, index = furthestFromGoal(wider, goals); left > 0 && index !== -1; left--, index = furthestFromGoal(wider, goals)) {
		wider[index]++;
	}

	return wider;
};

/** Index of the column with the smallest share of its goal, or -1 when all have reached theirs. */
const furthestFromGoal = (widths: readonly number[], goals: readonly number[]): number => {
	let found = -1;
	let smallest = 1;
	for (const [index, width] of widths.entries()) {
		const share = width / goals[index];
		if (share < smallest) {
			found = index;
			smallest = share;
		}
	}

	return found;
};

/** The widest gap that fits. */
const gapFor = (columns: readonly FittedColumn[], available: number): number => {
	let gap = 1;
	while (gap < maxGap && widthNeeded(columns, gap + 1) <= available) {
		gap++;
	}

	return gap;
};

const extendLast = (columns: readonly FittedColumn[], needs: readonly ColumnNeed[], rest: number): readonly FittedColumn[] =>
	columns.map((column, index) => index === columns.length - 1 && needs[index].takesRest ? {...column, width: column.width + Math.max(0, rest)} : column);
