import {sparkline} from './sparkline.js';

/**
Draws a graph of several lines, the newest value at the right. Each line is a sparkline of its part of the height. Unknown values (NaN) and missing ones are
blank.

@param values Not negative, oldest first.
@param width In columns.
@param height In lines of text.
@returns The lines from top to bottom, each exactly `width` columns wide.
*/
export const graphLines = (values: readonly number[], width: number, height: number): readonly string[] => {
	const shown = width > 0 ? values.slice(-width) : [];
	const known = shown.filter(value => !Number.isNaN(value));
	const top = Math.max(0, ...known);
	const step = top / height;
	return Array.from({length: height}, (_, line) => {
		const floor = (height - 1 - line) * step;
		// Only the lowest line shows a base line. In the lines above, a value that does not reach them leaves a blank.
		const part = shown.map(value => line < height - 1 && value <= floor ? NaN : value - floor);
		return sparkline(part, width, step);
	});
};
