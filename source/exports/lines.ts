/** The lines of a list as data: one JSON object, or one row of CSV, for each. */
import type {Field, FieldContext} from '../fields/model/field.js';
import type {JsonValue} from '../fields/model/format.js';
import type {ViewLine} from '../query/groups/view-line.js';
import {csvCell} from './csv.js';
import {headKeys, headRecord} from './head.js';
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
	/** One line, without a line feed. Must be called in the order of the list: a head comes before its sockets. */
	readonly lineOf: (line: ViewLine) => string;
};

type ExportLine = {
	/** Labels, outermost first. */
	readonly groups: readonly string[];
	readonly record: Readonly<Record<string, JsonValue>>;
};

export const createLineWriter = (form: ExportForm, {fields, context, levels, isForTerminal}: ExportOptions): LineWriter => {
	const labels = new Map<number, string>();
	/** Labels of the groups that contain a line, outermost first. */
	const groupsOf = ({groups}: ViewLine): readonly string[] => groups.map(id => labels.get(id) ?? '');

	const read = (line: ViewLine): ExportLine => {
		if (line.kind === 'socket') {
			return {groups: groupsOf(line), record: readRecord(fields, context, line.slot)};
		}

		// A label can hold anything that a file name can.
		const label = line.label.toWellFormed();
		labels.set(line.id, label);
		return {groups: [...groupsOf(line), label], record: headRecord(fields, context, line)};
	};

	if (form === 'json') {
		return {
			heading: undefined,
			lineOf(line) {
				const {groups, record} = read(line);
				return JSON.stringify({...(groups.length > 0 && {group: groups}), ...record});
			},
		};
	}

	const groupKeys = ['group', 'group2'].slice(0, levels);
	const ids = fields.map(({id}) => id);
	const keys = [...(levels === 0 ? [] : headKeys(context).filter(key => !ids.includes(key))), ...ids];
	return {
		heading: [...groupKeys, ...keys].join(','),
		lineOf(line) {
			const {groups, record} = read(line);
			return [...groupKeys.map((_, level) => groups.at(level)), ...keys.map(key => record[key])].map(value => csvCell(value, isForTerminal)).join(',');
		},
	};
};
