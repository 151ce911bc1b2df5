import type {Field} from '../../fields/model/field.js';
import {findField} from '../../fields/registry.js';
import type {Sort} from '../../query/query.js';
import {textWidth} from '../../text/width.js';
import {fitColumns, type FittedColumn} from './columns.js';
import {modeOf, type State} from './state.js';

/** A column of the table as it is shown. */
export type TableColumn = {
	readonly field: Field;
	/** Place of its cells in a row. */
	readonly index: number;
	/** Columns of the terminal before it, from the left of the table. */
	readonly start: number;
	readonly width: number;
};

export type TableFit = {
	/** Columns of the terminal at the left, for the tree and the marks. */
	readonly gutter: number;
	/** Those of them that the tree takes. */
	readonly indent: number;
	readonly columns: readonly TableColumn[];
	readonly gap: number;
};

/** Columns of the terminal that a menu takes. */
export const menuWidth = 20;

/** Columns of the terminal that the tree takes for each level. */
export const levelIndent = 2;

/** Columns of the terminal that are left for the table. */
export const tableWidth = (state: Pick<State, 'size' | 'mode' | 'keyTable'>): number => state.size.columns - (modeOf(state).kind === 'menu' ? menuWidth : 0);

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

/** Which columns are shown, and how wide. */
export const tableFit = (state: Pick<State, 'size' | 'mode' | 'keyTable' | 'columns' | 'sort' | 'groups' | 'widths'>): TableFit => {
	const {size, columns, sort, groups, widths} = state;
	const indent = levelIndent * (groups?.by.length ?? 0);
	const gutter = indent + (size.columns < 72 ? 1 : 2);
	const available = tableWidth(state) - gutter;
	const shown = columns.flatMap((id, index) => {
		const field = findField(id);
		return field === undefined ? [] : [{field, index}];
	});
	const grouped: readonly string[] = groups?.by ?? [];
	const needs = shown.map(({field}) => {
		const {id, title, width, isRare, align, importance} = field;
		const isSorted = id === sort.field;
		const heading = textWidth(title + sortMarkOf(sort, id));
		const {widest, typical} = widths.get(id) ?? {};
		const least = Math.max(width.min, heading);
		const wanted = Math.max(least, Math.min(width.max, widest?.width ?? 0));
		const min = isRare ? wanted : least;
		return {
			id,
			min,
			typical: Math.max(min, Math.min(width.max, typical?.width ?? 0)),
			wanted,
			isKept: isSorted,
			importance,
			isImplied: grouped.includes(id) || isImplied(field, columns),
			takesRest: align === 'left',
		};
	});
	const fit = fitColumns(needs, available);
	return {
		gutter, indent, gap: fit.gap, columns: placed(fit.columns, shown, gutter, fit.gap),
	};
};

/** The columns side by side, with their fields. */
const placed = (
	columns: readonly FittedColumn[], shown: ReadonlyArray<{readonly field: Field; readonly index: number}>, gutter: number, gap: number,
): readonly TableColumn[] => {
	let start = gutter;
	return columns.flatMap(({id, width}) => {
		const found = shown.find(({field}) => field.id === id);
		const column = found === undefined ? [] : [{...found, start, width}];
		start += width + gap;
		return column;
	});
};
