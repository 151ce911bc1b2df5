/** What one column asks for. Widths are columns of the terminal. */
export type ColumnNeed = {
	/** Id of the field. */
	readonly id: string;
	/** Narrower than this it is of no use. */
	readonly min: number;
	/** Narrower than this it cuts what must not be cut, an IPv4 address: then nothing that is less important is shown beside it. */
	readonly whole: number;
	/** Columns of less than usual importance leave rather than that this one is narrower. */
	readonly fair: number;
	/** Columns of little importance leave rather than that this one is narrower. */
	readonly comfort: number;
	/** Enough for most cells. */
	readonly typical: number;
	/** Wide enough for every cell and the heading. */
	readonly wanted: number;
	/** How long it stays, as the record of the field has it. */
	readonly importance: number;
	/** Whether it stays as long as any does: the table is sorted by it. */
	readonly isKept: boolean;
	/** Whether something else on the screen says the same: the heads of groups, or another column. */
	readonly isImplied: boolean;
	/** Whether it may use what is left over when it is the last. */
	readonly takesRest: boolean;
};

/** A column that is shown. */
export type FittedColumn = {readonly id: string; readonly width: number};

export type Fit = {
	readonly columns: readonly FittedColumn[];
	/** Blanks between columns. */
	readonly gap: number;
	/** Ids of the columns that have no room. */
	readonly dropped: readonly string[];
};

/** The importance that fields have by default. */
export const usualImportance = 50;

/** Columns of less importance leave rather than that others are narrower than is comfortable. */
const littleImportance = 20;

const widestGap = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const withGaps = (widths: readonly number[], gap: number): number => sum(widths) + gap * Math.max(0, widths.length - 1);

/** Columns of the terminal that columns with gaps of some width take. */
export const widthNeeded = (columns: readonly FittedColumn[], gap: number): number => withGaps(columns.map(({width}) => width), gap);

/** Columns that enter together, and the width that each has at least. */
type Entered = ReadonlyMap<ColumnNeed, number>;

/**
Fits columns into the width of the terminal: the most important ones enter first, as long as they fit, then they share what is left over. The order is kept.

@param needs The columns, from left to right.
@param available Columns of the terminal for all of them and the gaps between.
*/
export const fitColumns = (needs: readonly ColumnNeed[], available: number): Fit => {
	const entered = enter(needs, available);
	const kept = needs.filter(need => entered.has(need));
	const narrow = kept.map(need => ({id: need.id, width: entered.get(need) ?? need.whole}));
	const filled = giveBack(narrow, kept, available);
	const gap = gapFor(filled, available);
	return {
		columns: takeRest(filled, kept, available - widthNeeded(filled, gap)),
		gap,
		dropped: needs.filter(need => !entered.has(need)).map(({id}) => id),
	};
};

/** The columns that fit, at their least widths. The first that does not fit whole may take what is left, if that is of use; nothing enters after it. */
const enter = (needs: readonly ColumnNeed[], available: number): Entered => {
	const entered = new Map<ColumnNeed, number>();
	for (const group of enteringGroups(needs)) {
		const before = entered.keys().map(need => widthBeside(need, group[0])).toArray();
		if (withGaps([...before, ...group.map(need => widthBeside(need, group[0]))], 1) <= available) {
			for (const need of group) {
				entered.set(need, need.whole);
			}

			continue;
		}

		const [first] = group;
		const left = available - withGaps(before, 1) - (before.length === 0 ? 0 : 1);
		if (entered.size === 0 || (rankOf(first) > usualImportance && group.length === 1 && left >= first.min)) {
			entered.set(first, Math.max(0, left));
		}

		break;
	}

	return entered;
};

/** The least width of a column beside one that is less important or as important. */
const widthBeside = ({whole, fair, comfort, importance}: ColumnNeed, other: ColumnNeed): number => {
	const rank = rankOf(other);
	return rank < littleImportance && importance >= littleImportance ? Math.max(whole, fair, comfort) : (rank < usualImportance ? Math.max(whole, fair) : whole);
};

/** What another column says as well leaves before all that is not worth less than usual. */
const rankOf = ({importance, isKept, isImplied}: ColumnNeed): number => isKept ? Infinity : (isImplied ? Math.min(importance, usualImportance - 0.5) : importance);

/** The groups of columns in the order in which they enter: those of one importance together, but for the usual one, of which the left ones are first. */
const enteringGroups = (needs: readonly ColumnNeed[]): ReadonlyArray<readonly ColumnNeed[]> =>
	[...Map.groupBy(needs, need => rankOf(need))].toSorted(([a], [b]) => b - a).flatMap(([rank, group]) =>
		Number.isSafeInteger(rank) && rank !== usualImportance ? [group] : group.map(need => [need]));

/** Shares what is left over among the columns that were narrowed: first up to what most cells need, then up to what all need. */
const giveBack = (columns: readonly FittedColumn[], needs: readonly ColumnNeed[], available: number): readonly FittedColumn[] => {
	const narrow = columns.map(({width}) => width);
	const left = available - widthNeeded(columns, 1);
	const fair = widen(narrow, needs.map(need => Math.min(need.fair, need.wanted)), left);
	const comfortable = widen(fair, needs.map(({comfort, wanted}) => Math.min(comfort, wanted)), left - (sum(fair) - sum(narrow)));
	const typical = widen(comfortable, needs.map(need => Math.min(need.typical, need.wanted)), left - (sum(comfortable) - sum(narrow)));
	const widths = widen(typical, needs.map(({wanted}) => wanted), left - (sum(typical) - sum(narrow)));
	return columns.map(({id}, index) => ({id, width: widths[index]}));
};

/** Shares so many columns among those that have less than they should. */
const widen = (widths: readonly number[], goals: readonly number[], available: number): readonly number[] => {
	const wider = [...widths];
	for (let left = available, place = neediest(wider, goals); left > 0 && place !== -1; left--, place = neediest(wider, goals)) {
		wider[place]++;
	}

	return wider;
};

/** The column that has the least share of what it should have, or -1 when all have all. */
const neediest = (widths: readonly number[], goals: readonly number[]): number => {
	let found = -1;
	let least = 1;
	for (const [index, width] of widths.entries()) {
		const share = width / goals[index];
		if (share < least) {
			found = index;
			least = share;
		}
	}

	return found;
};

/** Wider gaps where they cost nothing. */
const gapFor = (columns: readonly FittedColumn[], available: number): number => {
	let gap = 1;
	while (gap < widestGap && widthNeeded(columns, gap + 1) <= available) {
		gap++;
	}

	return gap;
};

const takeRest = (columns: readonly FittedColumn[], needs: readonly ColumnNeed[], rest: number): readonly FittedColumn[] =>
	columns.map((column, index) => index === columns.length - 1 && needs[index].takesRest ? {...column, width: column.width + Math.max(0, rest)} : column);
