import type {Field} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import {liveSort, writeSort} from '../../preferences/sort-text.js';
import type {Sort} from '../../query/query.js';
import {textWidth} from '../../text/width.js';
import {formsOf} from '../../fields/model/shorten.js';
import {
	fitColumns,
	widthNeeded,
	type ColumnNeed,
	type Fit,
	type FittedColumn,
} from './columns.js';
import type {ColumnWidths, ContentWidths} from './content-widths.js';
import {askedColumns, hasUsualColumns, wideColumns} from './shown-columns.js';
import type {State} from './state.js';

/** A column of the table as it is shown. */
export type TableColumn = {
	readonly field: Field;
	/** Place of its cells in a row. */
	readonly index: number;
	/** Columns of the terminal before it, from the left of the table. */
	readonly start: number;
	readonly width: number;
	/** Which of the field's forms all cells are in: 0 for the whole text. */
	readonly form: number;
};

export type TableFit = {
	/** Columns of the terminal at the left, for the tree and the marks. */
	readonly gutter: number;
	/** Those of them that the tree takes. */
	readonly indent: number;
	readonly columns: readonly TableColumn[];
	readonly gap: number;
	/** Columns of the terminal that an IPv6 address with its brackets may take in any column, so that each has one shape; undefined where all fit whole. */
	readonly addressWidth?: number;
	/** How many columns are out of sight at the left, because someone has scrolled. */
	readonly before: number;
	/** How many have no room. */
	readonly beyond: number;
};

/** Columns of the terminal that a menu takes. */
export const menuWidth = 20;

/** Columns of the terminal that the tree takes for each level. */
export const levelIndent = 2;

/** The mark beside the heading of a column that the table is sorted by, first or among equals; empty for other columns. */
export const sortMarkOf = ({field, descending, finer}: Sort, id: string): string => {
	if (field === id) {
		return descending ? '▼' : '▲';
	}

	return finer?.field === id ? (finer.descending ? '▽' : '△') : '';
};

/** Whether another of the columns says as much as that of a field. */
export const isImplied = ({impliedBy}: Pick<Field, 'impliedBy'>, columns: readonly string[]): boolean =>
	impliedBy !== undefined && columns.includes(impliedBy.field) && !columns.includes(impliedBy.unless);

/** A column that may be shown. */
type Candidate = {readonly field: Field; readonly index: number};

type FitState = Pick<State, 'size' | 'columns' | 'sort' | 'groups' | 'widths' | 'scrolled'>;

/** The columns that have something to say, from left to right. The one that the table is sorted by stays, unless nobody has chosen the order. */
const candidates = (state: FitState): readonly Candidate[] => {
	const {columns, sort, widths} = state;
	const isUsual = hasUsualColumns(columns);
	const chosen = writeSort(sort) === liveSort ? undefined : sort.field;
	return askedColumns(state).flatMap((id, index) => {
		const field = findField(id);
		const isSilent = isUsual && field?.shownFor !== undefined && id !== chosen && (widths.get(id)?.telling.width ?? 0) === 0;
		return field === undefined || isSilent ? [] : [{field, index}];
	});
};

/** Which columns are shown, and how wide. */
export const tableFit = (state: FitState): TableFit => {
	const {size, groups} = state;
	const indent = levelIndent * (groups?.by.length ?? 0);
	const gutter = indent + (size.columns < 72 ? 1 : 2);
	const all = candidates(state);
	const before = Math.max(0, Math.min(state.scrolled, all.length - 1));
	const shown = all.slice(before);
	const needs = shown.map(({field}) => needOf(field, state));
	const fit = fitForms(needs, shown, size.columns - gutter, state.widths);
	const columns = placed(fit.columns, shown, gutter, {gap: fit.gap, widths: state.widths});
	const addressWidth = commonAddressWidth(columns, state.widths);
	return {
		gutter, indent, gap: fit.gap, columns, before, beyond: fit.dropped.length, ...(addressWidth !== undefined && {addressWidth}),
	};
};

/**
The columns, after what a shorter form of a text leaves free was given to the others: `psql ⇄ postgres` in the place of `psql/812 ⇄ postgres/900` has no use for
the width between the two. If more is left over than the others want, a longer form gets it, in the most important column first.
*/
const fitForms = (needs: readonly ColumnNeed[], shown: readonly Candidate[], available: number, widths: ContentWidths): Fit => {
	const enough = new Map<string, number>();
	const fit = (): Fit => fitColumns(needs.map(need => withWidth(need, enough.get(need.id))), available);
	let last = fit();
	for (let found = fieldsInForms(last, shown, {widths, enough}); found.length > 0; found = fieldsInForms(last, shown, {widths, enough})) {
		for (const [id, width] of found) {
			enough.set(id, width);
		}

		last = fit();
	}

	if (enough.size === 0) {
		return last;
	}

	// The last column may be wider than it has use for.
	const used = last.columns.map(({id, width}) => ({id, width: Math.min(width, enough.get(id) ?? needs.find(need => need.id === id)?.wanted ?? width)}));
	let left = available - widthNeeded(used, 1);
	for (const {id} of needs.filter(need => enough.has(need.id)).toSorted((a, b) => b.importance - a.importance)) {
		const width = enough.get(id) ?? 0;
		const room = width + left;
		const longer = longerForms(widths.get(id), width).find(each => each <= room);
		enough.set(id, longer ?? width);
		left -= (longer ?? width) - width;
	}

	return fit();
};

/** The columns that are wider than the form that their cells have in them, with what that form needs; without those that are known already. */
const fieldsInForms = (
	{columns}: Fit, shown: readonly Candidate[], {widths, enough}: {readonly widths: ContentWidths; readonly enough: ReadonlyMap<string, number>},
): ReadonlyArray<readonly [id: string, width: number]> => columns.flatMap(({id, width}) => {
	const field = enough.has(id) ? undefined : shown.find(column => column.field.id === id)?.field;
	const most = field && enoughForForm(field, width, widths.get(id));
	return most === undefined ? [] : [[id, most] as const];
});

/** Columns of the terminal that the cells of a field need in the shorter form that they have in a width; undefined if they are whole or cut. */
const enoughForForm = (field: Field, width: number, known: ColumnWidths | undefined): number | undefined => {
	const form = formFor(field, width, known);
	const most = form === 0 ? undefined : known?.forms[form - 1]?.width;
	return most === undefined || most >= width ? undefined : most;
};

/** What the longer forms of a text need, the longest first. */
const longerForms = (known: ColumnWidths | undefined, width: number): readonly number[] =>
	known === undefined ? [] : [known.widest.width, ...known.forms.map(form => form.width)].filter(each => each > width);

/** A column that needs exactly some width, if one is given. */
const withWidth = (need: ColumnNeed, width: number | undefined): ColumnNeed => {
	if (width === undefined) {
		return need;
	}

	const enough = Math.max(width, need.min);
	return {
		...need, whole: enough, fair: enough, comfort: enough, typical: enough, wanted: enough,
	};
};

/** Names of processes, and so on, are worth so many columns before columns of little importance are shown. */
const comfortableWidth = 18;

const needOf = (field: Field, {sort, groups, columns, widths}: FitState): ColumnNeed => {
	const {id, title, width, isRare, align, importance} = field;
	const isSorted = id === sort.field;
	const grouped: readonly string[] = groups?.by ?? [];
	const forms = formsOf(field);
	const heading = textWidth(title + sortMarkOf(sort, id));
	const known = widths.get(id);
	// Where cells can be shortened, the heading can, too.
	const least = forms.length > 0 ? width.min : Math.max(width.min, heading);
	const wanted = Math.max(least, heading, Math.min(width.max, known?.widest.width ?? 0));
	const min = isRare && forms.length === 0 ? wanted : least;
	const shortest = forms.length === 0 ? 0 : Math.min(known?.forms.at(-1)?.width ?? 0, width.max, leastForm);
	const whole = Math.max(min, Math.min(wanted, known?.whole.width ?? 0), Math.min(wanted, shortest));
	const typical = Math.max(whole, Math.min(width.max, known?.typical.width ?? 0));
	return {
		id,
		min,
		whole,
		fair: Math.max(whole, Math.min(wanted, fairWidth(field, known))),
		comfort: Math.max(whole, Math.min(typical, known?.forms.at(0)?.width ?? comfortableWidth, comfortableWidth)),
		typical,
		wanted,
		isKept: isSorted,
		importance: wideColumns.includes(id) && !columns.includes(id) ? 1 : importance,
		isImplied: grouped.includes(id) || isImplied(field, columns),
		takesRest: align === 'left',
	};
};

/** `255.255.255.255:65535`: what an endpoint of IPv6 is worth, too. */
const endpointWidth = 21;

/** What a column should have before those of less than usual importance are shown: a form that is short enough, most of an address. */
const fairWidth = (field: Field, known: ColumnWidths | undefined): number => {
	const form = known?.forms.at(0)?.width ?? 0;
	return field.kind === 'text' && field.isEndpoint === true ? endpointWidth : (form > leastForm ? 0 : form);
};

/** The shortest form of a cell has so many columns, if it needs them. */
const leastForm = 8;

/** The columns side by side, with their fields. */
const placed = (
	columns: readonly FittedColumn[], shown: readonly Candidate[], gutter: number, {gap, widths}: {readonly gap: number; readonly widths: ContentWidths},
): readonly TableColumn[] => {
	let start = gutter;
	return columns.flatMap(({id, width}) => {
		const found = shown.find(({field}) => field.id === id);
		const column = found === undefined
			? []
			: [{
				...found, start, width, form: formFor(found.field, width, widths.get(id)),
			}];
		start += width + gap;
		return column;
	});
};

/** The first form that all cells fit in, or the last one. */
const formFor = (field: Field, width: number, known: ColumnWidths | undefined): number => {
	const count = formsOf(field).length;
	if (count === 0 || known === undefined || known.widest.width <= width) {
		return 0;
	}

	const fitting = known.forms.findIndex(form => form.width <= width);
	return fitting === -1 ? count : fitting + 1;
};

/** `:65535` */
const widestPort = 6;

const commonAddressWidth = (columns: readonly TableColumn[], widths: ContentWidths): number | undefined => {
	const endpoints = columns.filter(({field}) => field.kind === 'text' && field.isEndpoint === true);
	const isCut = endpoints.some(({field, width}) => (widths.get(field.id)?.widest.width ?? 0) > width);
	return isCut ? Math.min(...endpoints.map(({width}) => width - widestPort)) : undefined;
};
