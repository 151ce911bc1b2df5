/** The head of a group: what is known of its rows. */
import type {Field, FieldContext} from '../fields/model/field.js';
import type {JsonValue} from '../fields/model/format.js';
import {sumOf} from '../fields/model/sums.js';
import {worstProblem, type Problem} from '../fields/worst-problem.js';
import type {GroupLine} from '../query/groups/view-line.js';

export type Head = {
	/** Number of rows, with one row per connection; absent with one row per socket. */
	readonly rows?: number;
	/** Number of sockets, or of entries of the journal. */
	readonly count: number;
	/** By field id; without those that no socket adds to. */
	readonly sums: ReadonlyMap<string, number>;
	readonly problem?: Problem;
};

export const readHead = (fields: readonly Field[], context: FieldContext, {slots}: Pick<GroupLine, 'slots'>): Head => {
	const {isPerConnection, entries, table: {connections}} = context;
	const others = isPerConnection === true ? slots.reduce((count, slot) => count + (connections.otherEnd(slot) === -1 ? 0 : 1), 0) : 0;
	const problem = entries === undefined ? worstProblem(context, slots) : undefined;
	const sums = fields.flatMap(field => {
		const sum = sumOf(field, context, slots);
		return sum === undefined ? [] : [[field.id, sum] as const];
	});
	return {
		...(isPerConnection === true && {rows: slots.length}), count: slots.length + others, sums: new Map(sums), ...(problem && {problem}),
	};
};

const countKey = ({entries}: FieldContext): string => entries === undefined ? 'sockets' : 'entries';

/** Keys of a head in JSON and CSV besides its sums, which have the ids of their fields. */
export const headKeys = (context: FieldContext): readonly string[] => [...(context.isPerConnection ? ['rows'] : []), countKey(context), 'problem', 'problemSockets'];

/** Returns the head of a group as an object for JSON and CSV, without its labels. Absent values are left out. */
export const headRecord = (fields: readonly Field[], context: FieldContext, line: GroupLine): Readonly<Record<string, JsonValue>> => {
	const {rows, count, sums, problem} = readHead(fields, context, line);
	return {
		...(rows !== undefined && {rows}),
		[countKey(context)]: count,
		...(problem && {problem: problem.name, problemSockets: problem.count}),
		...Object.fromEntries(sums),
	};
};
