/** The heads of groups, in the output of `conntop list --group`. */
import type {Field, FieldContext} from '../fields/model/field.js';
import {formatValue} from '../fields/model/format.js';
import {countKeys, readHead} from '../exports/heads.js';
import type {GroupLine} from '../query/groups/view-line.js';
import {escapeText} from '../text/escape.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';

const between = '  ';

/**
Makes the lines of heads as aligned columns: label, number of sockets, sums, worst problem with its count.

@param fields The columns of the sockets.
@param context Of the sockets.
@param lines All heads.
@param look `isExact` for numbers without units, and the indent of each level.
@returns The heading, and a function that gives the text of a head.
*/
export const headTable = (
	fields: readonly Field[], context: FieldContext, lines: readonly GroupLine[], {isExact, levelIndent}: {readonly isExact: boolean; readonly levelIndent: string},
): {readonly heading: string; readonly textOf: (line: GroupLine) => string} => {
	const summed = fields.filter(field => field.kind === 'number' && field.sum !== undefined);
	const counted = countKeys(context);
	const titles = ['Group', ...counted.map(key => `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`), ...summed.map(({title}) => title), 'Problem'];
	const cells = new Map(lines.map(line => {
		const {counts, sums, problem} = readHead(summed, context, line);
		const texts = summed.map(field => {
			const sum = sums[field.id];
			return sum !== undefined && isExact ? String(sum) : formatValue(field, sum);
		});
		return [line.id, [
			levelIndent.repeat(line.groups.length) + escapeText(line.label),
			...counted.map(key => String(counts[key])),
			...texts,
			problem === undefined ? '' : `${problem.count} ${problem.name}`,
		]];
	}));
	const widths = titles.map((title, column) => cells.values().reduce((widest, texts) => Math.max(widest, textWidth(texts[column])), textWidth(title)));
	const aligned = (texts: readonly string[]): string => texts
		.map((text, column) => (column === 0 || column === texts.length - 1 ? alignLeft : alignRight)(text, widths[column]))
		.join(between)
		.trimEnd();
	return {heading: aligned(titles), textOf: ({id}) => aligned(cells.get(id) ?? [])};
};
