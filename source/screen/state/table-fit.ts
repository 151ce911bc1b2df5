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
import {areConnectionsShown} from './choice-slice.js';
import {askedColumns, hasUsualColumns, wideColumns} from './shown-columns.js';
import type {State} from './state.js';

/** A visible column of the table. */
export type TableColumn = {
	readonly field: Field;
	/** Index of its cells in a row. */
	readonly index: number;
	/** Offset from the left of the table, in terminal columns. */
	readonly start: number;
	readonly width: number;
	/** Which of the field's shorter forms all cells use; 0 for the whole text. */
	readonly form: number;
};

export type TableFit = {
	/** Terminal columns at the left, for the tree and the marks. */
	readonly gutter: number;
	/** Terminal columns of the gutter that the tree takes. */
	readonly indent: number;
	readonly columns: readonly TableColumn[];
	readonly gap: number;
	/** Maximum width of an IPv6 address with brackets, the same in all columns so that each address is shortened in one way; undefined if all fit. */
	readonly addressWidth?: number;
	/** Number of columns scrolled out at the left. */
	readonly before: number;
	/** Number of columns that do not fit. */
	readonly beyond: number;
};

/** Width of a menu, in terminal columns. */
export const menuWidth = 20;

/** Width of one level of the tree, in terminal columns. */
export const levelIndent = 2;

/** The mark beside the heading of a column that is the first or second sort key; empty for other columns. */
export const sortMarkOf = ({field, descending, finer}: Sort, id: string): string => {
	if (field === id) {
		return descending ? '▼' : '▲';
	}

	return finer?.field === id ? (finer.descending ? '▽' : '△') : '';
};

/** Whether another column shows the same information as that of a field. */
export const isImplied = ({impliedBy}: Pick<Field, 'impliedBy'>, columns: readonly string[]): boolean =>
	impliedBy !== undefined && columns.includes(impliedBy.field) && !columns.includes(impliedBy.unless);

/** A column that may be shown. */
type Candidate = {readonly field: Field; readonly index: number};

type FitState = Pick<State, 'size' | 'columns' | 'sort' | 'groups' | 'widths' | 'scrolled' | 'preferences' | 'areConnectionsSwitched'>;

/** The columns to fit, from left to right: all but default columns without signal. The one that the table is sorted by stays, unless that is the default order. */
const candidates = (state: FitState): readonly Candidate[] => {
	const {columns, sort, widths} = state;
	const isUsual = hasUsualColumns(columns);
	const chosen = writeSort(sort) === liveSort ? undefined : sort.field;
	return askedColumns(state).flatMap((id, index) => {
		const field = findField(id);
		const isSilent = isUsual && field?.shownFor !== undefined && id !== chosen && (widths.get(id)?.signal.width ?? 0) === 0;
		return field === undefined || isSilent ? [] : [{field, index}];
	});
};

/** The fit of each state, and the last ones of all: a frame may have a second table, the newest journal entries. */
const fits = new WeakMap<Record<string, unknown>, TableFit>();
let lastFits: readonly TableFit[] = [];
const keptFits = 2;

const isSameFit = (a: TableFit, b: TableFit): boolean => a.gutter === b.gutter && a.indent === b.indent && a.gap === b.gap && a.addressWidth === b.addressWidth
	&& a.before === b.before && a.beyond === b.beyond && a.columns.length === b.columns.length && a.columns.every((column, index) => {
	const {field, index: cell, start, width, form} = b.columns[index];
	return column.field === field && column.index === cell && column.start === start && column.width === width && column.form === form;
});

/** Which columns are shown, and how wide. The same object while nothing changes, so that rows that look the same need not be painted again. */
export const tableFit = (state: FitState): TableFit => {
	const known = fits.get(state);
	if (known !== undefined) {
		return known;
	}

	const computed = computeFit(state);
	const fit = lastFits.find(each => isSameFit(each, computed)) ?? computed;
	lastFits = [fit, ...lastFits.filter(each => each !== fit)].slice(0, keptFits);
	fits.set(state, fit);
	return fit;
};

const computeFit = (state: FitState): TableFit => {
	const {size, groups} = state;
	const indent = levelIndent * (groups?.by.length ?? 0);
	const gutter = indent + (size.columns < 72 ? 1 : 2);
	const all = candidates(state);
	const before = Math.max(0, Math.min(state.scrolled, all.length - 1));
	const shown = all.slice(before);
	const needs = shown.map(({field}) => needOf(field, state));
	const fit = fitForms(needs, shown, size.columns - gutter, state.widths);
	const columns = arrange(fit.columns, shown, gutter, {gap: fit.gap, widths: state.widths});
	const addressWidth = commonAddressWidth(columns, state.widths);
	return {
		gutter, indent, gap: fit.gap, columns, before, beyond: fit.dropped.length, ...(addressWidth !== undefined && {addressWidth}),
	};
};

/**
Fits the columns, and gives the width that a shorter form of a text does not need to other columns: if `psql ⇄ postgres` is shown instead of `psql/812 ⇄ postgres/900`, the
difference in width is free. If the others do not need all of it, longer forms get the rest, in the most important column first.
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

	// The last column may be wider than it needs.
	const used = last.columns.map(({id, width}) => ({id, width: Math.min(width, enough.get(id) ?? needs.find(need => need.id === id)?.full ?? width)}));
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

/** The columns that are wider than the form of their cells, with the width that this form needs; without those that already have one in `enough`. */
const fieldsInForms = (
	{columns}: Fit, shown: readonly Candidate[], {widths, enough}: {readonly widths: ContentWidths; readonly enough: ReadonlyMap<string, number>},
): ReadonlyArray<readonly [id: string, width: number]> => columns.flatMap(({id, width}) => {
	const field = enough.has(id) ? undefined : shown.find(column => column.field.id === id)?.field;
	const needed = field && enoughForForm(field, width, widths.get(id));
	return needed === undefined ? [] : [[id, needed] as const];
});

/** Width that the cells of a field need in the shorter form that they have at a given width; undefined if they are shown in full or cut. */
const enoughForForm = (field: Field, width: number, known: ColumnWidths | undefined): number | undefined => {
	const form = formFor(field, width, known);
	const needed = form === 0 ? undefined : known?.forms[form - 1]?.width;
	return needed === undefined || needed >= width ? undefined : needed;
};

/** Widths of the longer forms of a text, the longest first. */
const longerForms = (known: ColumnWidths | undefined, width: number): readonly number[] =>
	known === undefined ? [] : [known.widest.width, ...known.forms.map(form => form.width)].filter(each => each > width);

/** The needs of a column, fixed to a width if one is given. */
const withWidth = (need: ColumnNeed, width: number | undefined): ColumnNeed => {
	if (width === undefined) {
		return need;
	}

	const enough = Math.max(width, need.min);
	return {
		...need, whole: enough, fair: enough, comfort: enough, typical: enough, full: enough,
	};
};

/** A column that only wide terminals add is the first to leave. */
const importanceIn = ({id, importance}: Field, columns: readonly string[]): number => wideColumns.includes(id) && !columns.includes(id) ? 1 : importance;

/** Width that names, such as those of processes, get before columns of low importance are shown. */
const comfortableWidth = 18;

const needOf = (field: Field, state: FitState): ColumnNeed => {
	const {sort, groups, columns, widths} = state;
	const {id, title, width, isRare, align} = field;
	const isSorted = id === sort.field;
	const grouped: readonly string[] = groups?.by ?? [];
	const forms = formsOf(field);
	const heading = textWidth(title + sortMarkOf(sort, id));
	const known = widths.get(id);
	// If cells can be shortened, so can the heading.
	const minWidth = forms.length > 0 ? width.min : Math.max(width.min, heading);
	const full = Math.max(minWidth, heading, Math.min(width.max, known?.widest.width ?? 0));
	const min = isRare && forms.length === 0 ? full : minWidth;
	const shortest = forms.length === 0 ? 0 : Math.min(known?.forms.at(-1)?.width ?? 0, width.max, shortFormWidth);
	const whole = Math.max(min, Math.min(full, known?.whole.width ?? 0), Math.min(full, shortest));
	const typical = Math.max(whole, Math.min(width.max, known?.typical.width ?? 0));
	const fair = fairWidth(field, known, areConnectionsShown(state));
	return {
		id,
		min,
		whole,
		fair: Math.max(whole, Math.min(full, fair)),
		comfort: Math.max(whole, Math.min(typical, known?.forms.at(0)?.width ?? comfortableWidth, comfortableWidth)),
		typical,
		full,
		isKept: isSorted,
		importance: importanceIn(field, columns),
		isImplied: grouped.includes(id) || isImplied(field, columns),
		takesRest: align === 'left',
	};
};

/** `255.255.255.255:65535`; an IPv6 endpoint gets no more. */
const endpointWidth = 21;

/** `gunicorn ⇄ postgres`: two names; longer ones get no more. */
const bothEndsWidth = 24;

/** Width that a column gets before those of less than default importance are shown: a short form, or most of an address. */
const fairWidth = (field: Field, known: ColumnWidths | undefined, isPerConnection: boolean): number => {
	if (isPerConnection && field.kind === 'text' && field.bothEndsForm !== undefined) {
		return Math.min(known?.forms[field.bothEndsForm]?.width ?? 0, bothEndsWidth);
	}

	const form = known?.forms.at(0)?.width ?? 0;
	return field.kind === 'text' && field.isEndpoint === true ? endpointWidth : (form > shortFormWidth ? 0 : form);
};

/** Upper limit of the width guaranteed to the shortest form of a cell. */
const shortFormWidth = 8;

/** Computes the offset and form of each column. */
const arrange = (
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

/** The longest form in which all cells fit, or the shortest one. */
const formFor = (field: Field, width: number, known: ColumnWidths | undefined): number => {
	const count = formsOf(field).length;
	if (count === 0 || known === undefined || known.widest.width <= width) {
		return 0;
	}

	const fitting = known.forms.findIndex(form => form.width <= width);
	return fitting === -1 ? count : fitting + 1;
};

/** `:65535` */
const portWidth = 6;

const commonAddressWidth = (columns: readonly TableColumn[], widths: ContentWidths): number | undefined => {
	const endpoints = columns.filter(({field}) => field.kind === 'text' && field.isEndpoint === true);
	const isCut = endpoints.some(({field, width}) => (widths.get(field.id)?.widest.width ?? 0) > width);
	return isCut ? Math.min(...endpoints.map(({width}) => width - portWidth)) : undefined;
};
