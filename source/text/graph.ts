import {sparkline} from './sparkline.js';

/**
A graph of several lines, the newest value at the right. Each line is a sparkline of its part of the height; nothing known (NaN, or no such value yet) is blank.

@param values Not negative, the oldest first.
@param width Columns of each line.
@param height How many lines.
@returns The lines from the top, each of exactly `width` columns.
*/
export const graphLines = (values: readonly number[], width: number, height: number): readonly string[] => {
	const shown = width > 0 ? values.slice(-width) : [];
	const known = shown.filter(value => !Number.isNaN(value));
	const top = Math.max(0, ...known);
	const step = top / height;
	return Array.from({length: height}, (_, line) => {
		const floor = (height - 1 - line) * step;
		// Only the lowest line has a base line: above it, what does not reach a line leaves it blank.
		const part = shown.map(value => line < height - 1 && value <= floor ? NaN : value - floor);
		return sparkline(part, width, step);
	});
};
