/** Full and minimum useful width of a column, in terminal columns. */
export type ColumnWidths = {readonly full: number; readonly min: number};

/**
Computes the widths of columns that share a line. If they do not all fit, the widest are narrowed first, none below its minimum. If even the minimum widths do not
fit, nothing is narrowed: wrapped lines are easier to read than columns cut to almost nothing.

@param available Terminal columns, without the blanks between columns.
*/
export const fitWidths = (columns: readonly ColumnWidths[], available: number): readonly number[] => {
	const withLimit = (limit: number): readonly number[] => columns.map(({full, min}) => Math.min(full, Math.max(min, limit)));
	const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
	let limit = Math.max(0, ...columns.map(({full}) => full));
	while (limit > 0 && sum(withLimit(limit)) > available) {
		limit--;
	}

	const widths = withLimit(limit);
	if (sum(widths) > available) {
		return columns.map(({full}) => full);
	}

	// The last step may have taken too much; the first narrowed columns get the rest.
	let left = available - sum(widths);
	return widths.map((width, index) => {
		const given = left > 0 && width < columns[index].full ? 1 : 0;
		left -= given;
		return width + given;
	});
};
