/** The lines of a list as data: one JSON object, or one row of CSV, for each. */
import type {Field, FieldContext} from '../fields/model/field.js';
import type {JsonValue} from '../fields/model/format.js';
import type {ViewLine} from '../query/groups/view-line.js';
import {csvCell} from './csv.js';
import {countKeys, readHead, type Head} from './heads.js';
import {readRecord} from './record.js';

export type ExportForm = 'json' | 'csv';

export type ExportOptions = {
	readonly fields: readonly Field[];
	readonly context: FieldContext;
	/** Number of groupings. */
	readonly levels: number;
	/** Whether foreign text must be escaped in CSV. */
	readonly isForTerminal: boolean;
};

export type LineWriter = {
	/** The line with the names of the columns; undefined for JSON. */
	readonly heading: string | undefined;
	/** One line, without a line feed. To be called in the order of the list: a head comes before its sockets. */
	readonly lineOf: (line: ViewLine) => string;
};

type ExportLine = {
	/** Labels, outermost first. */
	readonly groups: readonly string[];
	/** What only heads have. */
	readonly head: Readonly<Record<string, string | number>>;
	readonly record: Readonly<Record<string, JsonValue>>;
};

/** What a head says beside its labels and sums. */
const headValues = ({counts, problem}: Head): ExportLine['head'] => ({...counts, ...(problem && {problem: problem.name, problemSockets: problem.count})});

export const createLineWriter = (form: ExportForm, options: ExportOptions): LineWriter => {
	const {fields, context, levels, isForTerminal} = options;
	const labels = new Map<number, string>();
	/** Labels of the groups that contain a line, outermost first. */
	const groupsOf = ({groups}: ViewLine): readonly string[] => groups.map(id => labels.get(id) ?? '');

	/** The labels, what only heads have, and the values of the fields. */
	const read = (line: ViewLine): ExportLine => {
		if (line.kind === 'socket') {
			return {groups: groupsOf(line), head: {}, record: readRecord(fields, context, line.slot)};
		}

		// A label can hold anything that a file name can.
		labels.set(line.id, line.label.toWellFormed());
		const head = readHead(fields, context, line);
		return {groups: [...groupsOf(line), labels.get(line.id) ?? ''], head: headValues(head), record: head.sums};
	};

	if (form === 'json') {
		return {
			heading: undefined,
			lineOf(line) {
				const found = read(line);
				return JSON.stringify({...(found.groups.length > 0 && {group: found.groups}), ...found.head, ...found.record});
			},
		};
	}

	const groupKeys = ['group', 'group2'].slice(0, levels);
	const headKeys = levels > 0 ? [...countKeys(context), 'problem', 'problemSockets'] : [];
	return {
		heading: [...groupKeys, ...headKeys, ...fields.map(({id}) => id)].join(','),
		lineOf(line) {
			const found = read(line);
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
