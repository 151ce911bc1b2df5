/** The lines of a list as data: one JSON object, or one row of CSV, for each. */
import type {Field, FieldContext} from '../fields/model/field.js';
import type {JsonValue} from '../fields/model/format.js';
import {sumOf} from '../fields/model/sums.js';
import {worstProblem} from '../fields/worst-problem.js';
import type {GroupLine, ViewLine} from '../query/groups/view-line.js';
import {csvCell} from './csv.js';
import {readRecord} from './record.js';

export type ExportForm = 'json' | 'csv';

export type ExportOptions = {
	readonly fields: readonly Field[];
	readonly context: FieldContext;
	/** Number of groupings. */
	readonly levels: number;
	/** Whether heads of groups get lines; sockets have the labels of their groups either way. */
	readonly hasHeads: boolean;
	/** Whether foreign text must be escaped in CSV. */
	readonly isForTerminal: boolean;
};

export type LineWriter = {
	/** The line with the names of the columns; undefined for JSON. */
	readonly heading: string | undefined;
	/** One line, without a line feed; undefined for a line that is left out. To be called in the order of the list: a head comes before its sockets. */
	readonly lineOf: (line: ViewLine) => string | undefined;
};

type ExportLine = {
	/** Labels, outermost first. */
	readonly groups: readonly string[];
	/** What only heads have. */
	readonly head: Readonly<Record<string, string | number>>;
	readonly record: Readonly<Record<string, JsonValue>>;
};

/** What a head says beside its label and the sums of the fields. */
const readHead = ({slots}: GroupLine, {context}: ExportOptions): ExportLine['head'] => {
	const problem = context.entries === undefined ? worstProblem(context, slots) : undefined;
	return {
		[context.entries === undefined ? 'sockets' : 'entries']: slots.length,
		...(problem !== undefined && {problem: problem.name, problemSockets: problem.count}),
	};
};

const readSums = ({slots}: GroupLine, {fields, context}: ExportOptions): Readonly<Record<string, number>> =>
	Object.fromEntries(fields.flatMap(field => {
		const sum = sumOf(field, context, slots);
		return sum === undefined ? [] : [[field.id, sum]];
	}));

export const createLineWriter = (form: ExportForm, options: ExportOptions): LineWriter => {
	const {fields, context, levels, hasHeads, isForTerminal} = options;
	const labels = new Map<number, string>();
	/** Labels of the groups that contain a line, outermost first. */
	const groupsOf = ({groups}: ViewLine): readonly string[] => groups.map(id => labels.get(id) ?? '');

	/** The labels, what only heads have, and the values of the fields. */
	const read = (line: ViewLine): ExportLine | undefined => {
		if (line.kind === 'socket') {
			return {groups: groupsOf(line), head: {}, record: readRecord(fields, context, line.slot)};
		}

		// A label can hold anything that a file name can.
		labels.set(line.id, line.label.toWellFormed());
		return hasHeads ? {groups: [...groupsOf(line), labels.get(line.id) ?? ''], head: readHead(line, options), record: readSums(line, options)} : undefined;
	};

	if (form === 'json') {
		return {
			heading: undefined,
			lineOf(line) {
				const found = read(line);
				return found && JSON.stringify({...(found.groups.length > 0 && {group: found.groups}), ...found.head, ...found.record});
			},
		};
	}

	const groupKeys = ['group', 'group2'].slice(0, levels);
	const headKeys = hasHeads && levels > 0 ? [context.entries === undefined ? 'sockets' : 'entries', 'problem', 'problemSockets'] : [];
	return {
		heading: [...groupKeys, ...headKeys, ...fields.map(({id}) => id)].join(','),
		lineOf(line) {
			const found = read(line);
			if (found === undefined) {
				return undefined;
			}

			const {head} = found;
			const cells = [
				...groupKeys.map((_, level) => found.groups.at(level)),
				...headKeys.map(key => head[key]),
				...fields.map(({id}) => found.record[id]),
			];
			return cells.map(value => csvCell(value, isForTerminal)).join(',');
		},
	};
};
