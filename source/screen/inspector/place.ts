/** Layout of the inspector: columns of lines that scroll together. */
import {wrapText} from '../../text/wrap.js';
import type {Item, Section} from './item.js';

/** One line of a column: a section title, a line of an item, or a blank line. */
export type PlacedLine =
	| {readonly kind: 'title'; readonly text: string}
	| {readonly kind: 'item'; readonly index: number; readonly part: number}
	| {readonly kind: 'blank'};

/** An item with the index of its section, and its lines in its column. */
export type Placed = {
	readonly item: Item;
	readonly section: number;
	readonly column: number;
	readonly line: number;
	readonly height: number;
};

export type Page = {
	readonly width: number;
	/** Lines of a graph below its label; 0 if the graph is beside the label. */
	readonly graphHeight: number;
	readonly columns: ReadonlyArray<readonly PlacedLine[]>;
	/** In cursor order: down the first column, then down the next. */
	readonly items: readonly Placed[];
	/** Lines of the longest column. */
	readonly height: number;
};

/** Minimum width of a column: narrower ones have no room for meanings beside values. */
const minColumnWidth = 76;

/** Maximum number of columns side by side. */
const maxColumns = 4;

/** Blanks between two columns. */
export const columnGap = 2;

export const labelWidth = 16;

/** Indentation of labels. */
export const indent = 2;

/** Width for a text beside its label. */
export const roomFor = (width: number): number => Math.max(1, width - indent - labelWidth - 1);

const heightOf = ({graph, isProse, text}: Item, width: number, graphHeight: number): number => {
	if (isProse) {
		return wrapText(text, roomFor(width)).length;
	}

	return graph === undefined ? 1 : 1 + graphHeight;
};

/** Graph height by terminal height. With one column, graphs stay on one line on low terminals, so that everything that changes is visible. */
const graphHeightOf = (count: number, rows: number): number => rows < (count === 1 ? 45 : 24) ? 0 : (rows < 45 ? 2 : 3);

/** Lays out all items for a terminal of this size. */
export const placeItems = (sections: readonly Section[], size: {readonly columns: number; readonly rows: number}): Page => {
	const count = Math.max(1, Math.min(maxColumns, Math.floor((size.columns + columnGap) / (minColumnWidth + columnGap))));
	const width = Math.floor((size.columns - columnGap * (count - 1)) / count);
	const graphHeight = graphHeightOf(count, size.rows);
	const parts: Array<Array<{readonly section: number; readonly line: number}>> = Array.from({length: count}, () => []);
	const heights = parts.map(() => 0);
	for (const [number, {items, lane}] of sections.entries()) {
		const column = lane === undefined || lane >= count ? (lane === undefined ? heights.indexOf(Math.min(...heights)) : count - 1) : lane;
		parts[column].push({section: number, line: heights[column]});
		heights[column] += 2 + items.reduce((sum, item) => sum + heightOf(item, width, graphHeight), 0);
	}

	const items: Placed[] = [];
	const columns = parts.map((placed, column) => placed.flatMap(({section, line}): readonly PlacedLine[] => {
		let at = line + 1;
		const lines: PlacedLine[] = [{kind: 'title', text: sections[section].title}];
		for (const item of sections[section].items) {
			const height = heightOf(item, width, graphHeight);
			const index = items.length;
			lines.push(...Array.from({length: height}, (_, part): PlacedLine => ({kind: 'item', index, part})));
			items.push({
				item, section, column, line: at, height,
			});
			at += height;
		}

		return [...lines, {kind: 'blank'}];
	}));

	return {
		width, graphHeight, columns, items, height: Math.max(0, ...heights) - 1,
	};
};
