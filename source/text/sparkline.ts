const blocks = '▁▂▃▄▅▆▇█';

/**
A small graph of exactly `width` columns, the newest value at the right. Nothing known (NaN, or no such value yet) is blank. Zero is the base line,
and whatever is above zero stands above it, so that any activity shows.

@param values Oldest first, not negative.
@param width Columns.
@param maximum Value of the full height; the largest value shown when left out. Larger ones are cut.
*/
export const sparkline = (values: readonly number[], width: number, maximum?: number): string => {
	const shown = width > 0 ? values.slice(-width) : [];
	const top = maximum ?? Math.max(0, ...shown.filter(value => !Number.isNaN(value)));
	const graph = shown.map(value => blockOf(value, top)).join('');
	return ' '.repeat(Math.max(0, width - shown.length)) + graph;
};

const blockOf = (value: number, top: number): string => {
	if (Number.isNaN(value)) {
		return ' ';
	}

	if (value <= 0) {
		return blocks[0];
	}

	const height = value < top ? Math.ceil(value / top * (blocks.length - 1)) : blocks.length - 1;
	return blocks[Math.max(1, height)];
};
