/** The heads of groups, in the output of `conntop list --group`. */
import type {Field, FieldContext} from '../fields/model/field.js';
import {formatValue, type JsonValue} from '../fields/model/format.js';
import {sumOf} from '../fields/model/sums.js';
import {worstProblem, type Problem} from '../fields/worst-problem.js';
import type {GroupLine} from '../query/groups/view-line.js';
import {escapeText} from '../text/escape.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';

/** What is known of a group. */
type Head = {
	/** Number of rows, with one row per connection; absent with one row per socket. */
	readonly rows?: number;
	readonly sockets: number;
	/** By field id; without those that no socket adds to. */
	readonly sums: ReadonlyMap<string, number>;
	readonly problem?: Problem;
};

const readHead = (fields: readonly Field[], context: FieldContext, {slots}: GroupLine): Head => {
	const {isPerConnection, table: {connections}} = context;
	const others = isPerConnection === true ? slots.reduce((count, slot) => count + (connections.otherEnd(slot) === -1 ? 0 : 1), 0) : 0;
	const problem = worstProblem(context, slots);
	const sums = fields.flatMap(field => {
		const sum = sumOf(field, context, slots);
		return sum === undefined ? [] : [[field.id, sum] as const];
	});
	return {
		...(isPerConnection === true && {rows: slots.length}), sockets: slots.length + others, sums: new Map(sums), ...(problem && {problem}),
	};
};

/** Keys of a head in JSON and CSV besides its sums, which have the ids of their fields. */
export const headKeys = (isPerConnection: boolean): readonly string[] => [...(isPerConnection ? ['rows'] : []), 'sockets', 'problem', 'problemSockets'];

/** Returns the head of a group as an object for JSON and CSV, without its labels. Absent values are left out. */
export const headRecord = (fields: readonly Field[], context: FieldContext, line: GroupLine): Readonly<Record<string, JsonValue>> => {
	const {rows, sockets, sums, problem} = readHead(fields, context, line);
	return {
		...(rows !== undefined && {rows}),
		sockets,
		...(problem && {problem: problem.name, problemSockets: problem.count}),
		...Object.fromEntries(sums),
	};
};

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
	const isPerConnection = context.isPerConnection === true;
	const titles = ['Group', ...(isPerConnection ? ['Rows'] : []), 'Sockets', ...summed.map(({title}) => title), 'Problem'];
	const cells = new Map(lines.map(line => {
		const {rows, sockets, sums, problem} = readHead(summed, context, line);
		const texts = summed.map(field => {
			const sum = sums.get(field.id);
			return sum !== undefined && isExact ? String(sum) : formatValue(field, sum);
		});
		return [line.id, [
			levelIndent.repeat(line.groups.length) + escapeText(line.label),
			...(rows === undefined ? [] : [String(rows)]),
			String(sockets),
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
