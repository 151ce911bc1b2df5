/** What one column asks for. Widths are columns of the terminal. */
export type ColumnNeed = {
	/** Id of the field. */
	readonly id: string;
	/** Narrower than this it is of no use. */
	readonly min: number;
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

/** How far columns shrink: not at all, to what most cells need, to what most cells need if that is little, to the least. */
type Squeeze = 'none' | 'typical' | 'little' | 'least';

/** Most IPv4 endpoints fit into so many columns. */
const littleWidth = 18;

/** The importance that fields have by default. */
export const usualImportance = 50;

/** Columns of this importance stay, and the others are narrowed. */
const squeezes: ReadonlyArray<{readonly importance: number; readonly squeeze: Squeeze}> = [
	{importance: 0, squeeze: 'typical'},
	{importance: 20, squeeze: 'little'},
	{importance: 30, squeeze: 'least'},
];

type Step = {readonly squeeze: Squeeze} | {readonly drop: readonly string[]};

const squeezed = ({min, typical, wanted}: ColumnNeed, squeeze: Squeeze): number => {
	switch (squeeze) {
		case 'none': {
			return wanted;
		}

		case 'typical': {
			return Math.max(min, Math.min(wanted, typical));
		}

		case 'little': {
			return Math.max(min, Math.min(wanted, typical, littleWidth));
		}

		case 'least': {
			return min;
		}
	}
};

const widestGap = 3;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const widthNeeded = (columns: readonly FittedColumn[], gap: number): number => sum(columns.map(({width}) => width)) + gap * Math.max(0, columns.length - 1);

/**
Fits columns into the width of the terminal: shrinks the wide ones, leaves out the least wanted, then gives back what is left over. The order is kept.

@param needs The columns, from left to right.
@param available Columns of the terminal for all of them and the gaps between.
*/
export const fitColumns = (needs: readonly ColumnNeed[], available: number): Fit => {
	let kept = needs;
	let squeeze: Squeeze = 'none';
	const narrowed = (): FittedColumn[] => kept.map(need => ({id: need.id, width: squeezed(need, squeeze)}));
	for (const step of stepsFor(needs)) {
		if (widthNeeded(narrowed(), 1) <= available) {
			break;
		}

		if ('squeeze' in step) {
			({squeeze} = step);
		} else {
			kept = kept.filter(({id, isKept}) => isKept || !step.drop.includes(id));
		}
	}

	const columns = widthNeeded(narrowed(), 1) <= available ? narrowed() : kept.map(({id}) => ({id, width: Math.max(0, available)}));
	const filled = giveBack(columns, kept, available);
	const gap = gapFor(filled, available);
	const shown = new Set(kept.map(({id}) => id));
	return {
		columns: takeRest(filled, kept, available - widthNeeded(filled, gap)),
		gap,
		dropped: needs.filter(({id}) => !shown.has(id)).map(({id}) => id),
	};
};

/** The groups of columns that leave, the first ones first; one column stays. */
const leavingGroups = (needs: readonly ColumnNeed[]): ReadonlyArray<readonly ColumnNeed[]> => {
	const leaving = needs.filter(({isKept}) => !isKept);
	/** Columns of one importance leave together. */
	const together = (columns: readonly ColumnNeed[]): ReadonlyArray<readonly ColumnNeed[]> =>
		[...Map.groupBy(columns, ({importance}) => importance)].toSorted(([a], [b]) => a - b).map(([, group]) => group);
	/** Columns leave one by one, from the right. */
	const single = (columns: readonly ColumnNeed[]): ReadonlyArray<readonly ColumnNeed[]> => columns.map(column => [column]).toReversed();
	const isEarly = ({importance}: ColumnNeed): boolean => importance < usualImportance;
	const others = leaving.filter(column => !isEarly(column) && !column.isImplied);
	const groups = [
		...together(leaving.filter(column => isEarly(column))),
		...single(leaving.filter(column => !isEarly(column) && column.isImplied)),
		...single(others.filter(({importance}) => importance === usualImportance)),
		...together(others.filter(({importance}) => importance > usualImportance)),
	];
	return leaving.length < needs.length ? groups : [...groups.slice(0, -1), (groups.at(-1) ?? []).slice(1)];
};

/** What is done, step by step, until all fits: columns are narrowed, and leave. */
const stepsFor = (needs: readonly ColumnNeed[]): readonly Step[] => {
	const drops = leavingGroups(needs).map(group => ({drop: group.map(({id}) => id), importance: group.at(0)?.importance ?? usualImportance}));
	const steps: Step[] = [];
	let next = 0;
	for (const {importance, squeeze} of squeezes) {
		while (next < drops.length && drops[next].importance < importance) {
			steps.push(drops[next++]);
		}

		steps.push({squeeze});
	}

	return [...steps, ...drops.slice(next)];
};

/** Shares what is left over among the columns that were narrowed: first up to what most cells need, then up to what all need. */
const giveBack = (columns: readonly FittedColumn[], needs: readonly ColumnNeed[], available: number): readonly FittedColumn[] => {
	const narrow = columns.map(({width}) => width);
	const typical = widen(narrow, needs.map(need => Math.min(need.typical, need.wanted)), available - widthNeeded(columns, 1));
	const widths = widen(typical, needs.map(({wanted}) => wanted), available - widthNeeded(columns, 1) - (sum(typical) - sum(narrow)));
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
