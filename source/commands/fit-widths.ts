/** What a column takes, and the least that still tells something. Columns of the terminal. */
export type ColumnWidths = {readonly full: number; readonly least: number};

/**
The widths of columns that share a line: where all do not fit whole, the widest give way first, and none below its least. Where not even that fits, nothing is
cut: lines that are broken are read more easily than columns of which little is left.

@param columns
@param available Without the blanks between columns.
*/
export const fitWidths = (columns: readonly ColumnWidths[], available: number): readonly number[] => {
	const withLimit = (limit: number): readonly number[] => columns.map(({full, least}) => Math.min(full, Math.max(least, limit)));
	const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
	let limit = Math.max(0, ...columns.map(({full}) => full));
	while (limit > 0 && sum(withLimit(limit)) > available) {
		limit--;
	}

	const widths = withLimit(limit);
	if (sum(widths) > available) {
		return columns.map(({full}) => full);
	}

	// What the last step took too much goes to the first that are cut.
	let left = available - sum(widths);
	return widths.map((width, index) => {
		const given = left > 0 && width < columns[index].full ? 1 : 0;
		left -= given;
		return width + given;
	});
};
