/** What one column asks for. Widths are columns of the terminal. */
export type ColumnNeed = {
	/** Id of the field. */
	readonly id: string;
	/** Narrower than this it tells nothing. */
	readonly min: number;
	/** Enough for most cells. */
	readonly typical: number;
	/** Wide enough for every cell and the heading. */
	readonly wanted: number;
	/** Whether it stays as long as any does: the table is sorted by it. */
	readonly isKept: boolean;
	/** Whether the heads of groups say the same. */
	readonly isTold: boolean;
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

/** What gives way, step by step, until all fits. */
const steps: ReadonlyArray<{readonly squeeze: Squeeze} | {readonly drop: readonly string[]}> = [
	{squeeze: 'typical'},
	{drop: ['age']},
	{drop: ['rtt']},
	{squeeze: 'little'},
	// One without the other would mislead.
	{drop: ['rxRate', 'txRate']},
	{squeeze: 'least'},
	{drop: ['sendQ']},
	{drop: ['recvQ']},
	{drop: ['health']},
	{drop: ['protocol']},
];

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

/** One without the other would mislead. */
const amountsSinceMark: readonly string[] = ['receivedSinceMark', 'sentSinceMark'];

/** These leave last, the last of them after all others. */
const mostWanted: ReadonlyArray<readonly string[]> = [
	['ended'], ['previousState'], ['state'], ['peer'], amountsSinceMark, ['process'], ['event'], ['time'], ['local'],
];

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
	for (const step of [...steps, ...lastResorts(needs)]) {
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

/**
The columns that say next to nothing: what the heads of the groups say already, and, where events are told, the state of what has opened or closed, unless the
state before is shown too.
*/
const idleOf = (needs: readonly ColumnNeed[]): readonly string[] => {
	const isAmong = (wanted: string): boolean => needs.some(({id}) => id === wanted);
	const isStateIdle = isAmong('event') && !isAmong('previousState');
	return needs.filter(({id, isTold}) => isTold || (id === 'state' && isStateIdle)).map(({id}) => id);
};

/** Beyond the steps: columns that someone asked for by name leave from the right, the idle ones first, the most wanted at the end; one stays. */
const lastResorts = (needs: readonly ColumnNeed[]): ReadonlyArray<{readonly drop: readonly string[]}> => {
	const ids = needs.filter(({isKept}) => !isKept).map(({id}) => id);
	const idle = idleOf(needs).toReversed();
	const others = ids.filter(id => !mostWanted.flat().includes(id)).toReversed();
	const groups = [...[...idle, ...others].map(id => [id]), ...mostWanted].map(group => group.filter(id => ids.includes(id)));
	const order = groups.filter((group, index) => group.length > 0 && groups.slice(0, index).every(earlier => !earlier.includes(group[0])));
	const droppable = ids.length < needs.length ? order : [...order.slice(0, -1), (order.at(-1) ?? []).slice(1)];
	return droppable.map(drop => ({drop}));
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
