/** What is known of a group of sockets, or of entries of the journal. */
import type {Field, FieldContext} from '../fields/model/field.js';
import {sumOf} from '../fields/model/sums.js';
import {worstProblem, type Problem} from '../fields/worst-problem.js';
import type {GroupLine} from '../query/groups/view-line.js';

export type Head = {
	/** Numbers by their names: `rows` with one row per connection, then `sockets` or `entries`. */
	readonly counts: Readonly<Record<string, number>>;
	/** By field id; without those that nothing adds to. */
	readonly sums: Readonly<Record<string, number>>;
	readonly problem?: Problem;
};

/** The names of the counts of all heads. */
export const countKeys = ({entries, isPerConnection}: FieldContext): readonly string[] =>
	entries === undefined ? [...(isPerConnection === true ? ['rows'] : []), 'sockets'] : ['entries'];

/** @param fields Whose sums are read. */
export const readHead = (fields: readonly Field[], context: FieldContext, {slots}: GroupLine): Head => {
	const {entries, isPerConnection, table: {connections}} = context;
	const problem = entries === undefined ? worstProblem(context, slots) : undefined;
	const others = entries === undefined && isPerConnection === true ? slots.reduce((count, slot) => count + (connections.otherEnd(slot) === -1 ? 0 : 1), 0) : 0;
	const numbers: Readonly<Record<string, number>> = {rows: slots.length, sockets: slots.length + others, entries: slots.length};
	return {
		counts: Object.fromEntries(countKeys(context).map(key => [key, numbers[key] ?? 0])),
		sums: Object.fromEntries(fields.flatMap(field => {
			const sum = sumOf(field, context, slots);
			return sum === undefined ? [] : [[field.id, sum]];
		})),
		...(problem && {problem}),
	};
};
