const blocks = '▁▂▃▄▅▆▇█';

/**
Draws a small graph exactly `width` columns wide, the newest value at the right. Unknown values (NaN) and missing ones are blank. Zero is the base line, and any
value above zero is drawn above it, so that all activity is visible.

@param values Oldest first, not negative.
@param width Columns.
@param maximum The value of the full height; larger values are clipped. Default: the largest value shown.
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
