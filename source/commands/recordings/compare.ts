/** `conntop compare`: differences between two moments of a recording. */
import process from 'node:process';
import type {Field, FieldContext} from '../../fields/model/field.js';
import {formatValue, jsonValue, type JsonValue} from '../../fields/model/format.js';
import {readCell} from '../../fields/model/cell.js';
import {findField} from '../../fields/registry.js';
import {matcherOf} from '../../query/match/matcher.js';
import {neededColumns} from '../../query/window/needed-columns.js';
import {createSampler, type Sampler} from '../../sampling/sampler.js';
import {Life} from '../../table/columns/columns.js';
import {formatBytes} from '../../text/units.js';
import type {Settings} from '../options.js';
import {complain} from '../output.js';
import {readRecord, recordFields} from '../../exports/record.js';
import {queryOf} from '../settings-query.js';
import {
	writeCsvRows,
	writeJsonRows,
	writeTextRows,
	type RowFormat,
	type TextColumn,
} from './write-table.js';

export type CompareSettings = Settings & {
	/** The recording. */
	readonly path: string;
	/** Milliseconds since 1970. */
	readonly moments: readonly [number, number];
};

/** Exit code if there are differences. `diff` exits with 1, but 1 means failure in conntop. */
const exitCodeIfDifferent = 3;

/** Fields that are compared if the socket exists at both moments. */
const comparedIds = ['state', 'local', 'peer', 'processes'] as const;

type Difference = {
	readonly difference: 'opened' | 'closed' | 'changed';
	/** Context for reading the socket: of the later moment, or of the earlier if it has closed. */
	readonly context: FieldContext;
	readonly slot: number;
	/** Fields that differ, with their earlier values. */
	readonly before: ReadonlyArray<{readonly field: Field; readonly value: JsonValue | undefined}>;
	/** Payload bytes between the two moments. */
	readonly sent?: number;
	readonly received?: number;
};

/** The matching sockets at a moment, by identity. */
const socketsAt = async (settings: CompareSettings, at: number, fields: readonly Field[]) => {
	const sampler = await createSampler({kind: 'recording', path: settings.path, at});
	const query = queryOf(settings, fields.map(({id}) => id));
	const {problems} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols);
	const matches = matcherOf(query, sampler.context, settings.lookups);
	return {sampler, sockets: identify(sampler, matches), problems};
};

const identify = ({context}: Sampler, isMatch: (slot: number) => boolean): ReadonlyMap<string, number> => {
	const {core, used} = context.table;
	const sockets = new Map<string, number>();
	for (let slot = 0; slot < used; slot++) {
		if ((core.life[slot] & (Life.used | Life.closed)) === Life.used && isMatch(slot)) {
			const identity = [core.protocol[slot], core.cookieHigh[slot], core.cookieLow[slot], core.localPort[slot], context.namespace(core.namespace[slot])?.inode].join(' ');
			sockets.set(identity, slot);
		}
	}

	return sockets;
};

/**
Prints the differences. The exit code is 3 if there are any.

@throws InputError if there is no recording, or if nothing was recorded at one of the moments.
*/
export const compare = async (settings: CompareSettings, format: RowFormat): Promise<void> => {
	const fields = recordFields(settings.columns, settings.details);
	const [earlier, later] = settings.moments.toSorted((a, b) => a - b);
	const before = await socketsAt(settings, earlier, fields);
	const after = await socketsAt(settings, later, fields);
	const compared = comparedIds.map(id => findField(id)).filter(field => field !== undefined);
	const differences: Difference[] = [];
	for (const [identity, slot] of before.sockets) {
		if (!after.sockets.has(identity)) {
			differences.push({
				difference: 'closed', context: before.sampler.context, slot, before: [],
			});
		}
	}

	for (const [identity, slot] of after.sockets) {
		const slotBefore = before.sockets.get(identity);
		const difference = slotBefore === undefined
			? {
				difference: 'opened' as const, context: after.sampler.context, slot, before: [],
			}
			: changeOf(compared, {context: before.sampler.context, slot: slotBefore}, {context: after.sampler.context, slot});
		if (difference !== undefined) {
			differences.push(difference);
		}
	}

	await writers[format](differences, fields, settings);
	for (const sentence of new Set([...before.problems, ...after.problems])) {
		complain(sentence);
	}

	before.sampler.close();
	after.sampler.close();
	process.exitCode = differences.length === 0 ? 0 : exitCodeIfDifferent;
};

type SocketRow = {readonly context: FieldContext; readonly slot: number};

const increase = (before: number, after: number): number => Number.isNaN(before) || Number.isNaN(after) ? 0 : after - before;

/** The difference of a socket that exists at both moments; undefined if there is none. */
const changeOf = (fields: readonly Field[], before: SocketRow, after: SocketRow): Difference | undefined => {
	const changed = fields.flatMap(field => {
		const old = jsonValue(field, readCell(field, before.context, before.slot));
		const current = jsonValue(field, readCell(field, after.context, after.slot));
		return JSON.stringify(old) === JSON.stringify(current) ? [] : [{field, value: old}];
	});
	const [coreBefore, coreAfter] = [before.context.table.core, after.context.table.core];
	const sent = increase(coreBefore.bytesSent[before.slot], coreAfter.bytesSent[after.slot]);
	const received = increase(coreBefore.bytesReceived[before.slot], coreAfter.bytesReceived[after.slot]);
	return changed.length === 0 && sent === 0 && received === 0
		? undefined
		: {
			difference: 'changed', ...after, before: changed, sent, received,
		};
};

const toJson = ({difference, context, slot, before, sent, received}: Difference, fields: readonly Field[]) => ({
	difference,
	...(before.length > 0 && {before: Object.fromEntries(before.flatMap(({field, value}) => value === undefined ? [] : [[field.id, value]]))}),
	...(sent !== undefined && {sentSince: sent}),
	...(received !== undefined && {receivedSince: received}),
	...readRecord(fields, context, slot),
});

const signs = {opened: '+', closed: '-', changed: '~'} as const;

const textOf = (id: string, {context, slot}: SocketRow): string => {
	const field = findField(id);
	return field === undefined ? '' : formatValue(field, readCell(field, context, slot));
};

const sinceText = ({sent, received}: Difference): string =>
	[[sent, 'sent'], [received, 'received']].flatMap(([bytes, word]) => typeof bytes === 'number' && bytes > 0 ? [`${word} ${formatBytes(bytes)}`] : []).join(', ');

const textColumns: ReadonlyArray<TextColumn<Difference>> = [
	{title: '', align: 'left', read: ({difference}) => signs[difference]},
	{title: 'Proto', align: 'left', read: row => textOf('protocol', row)},
	{
		title: 'State',
		align: 'left',
		read(row) {
			const old = row.before.find(({field}) => field.id === 'state')?.value;
			return typeof old === 'string' ? `${old} → ${textOf('state', row)}` : textOf('state', row);
		},
	},
	{title: 'Local', align: 'left', read: row => textOf('local', row)},
	{title: 'Peer', align: 'left', read: row => textOf('peer', row)},
	{title: 'Process', align: 'left', read: row => textOf('process', row)},
	{title: 'Since', align: 'left', read: sinceText},
];

const writers: Readonly<Record<RowFormat, (differences: readonly Difference[], fields: readonly Field[], settings: CompareSettings) => Promise<void>>> = {
	async text(differences, _fields, {header}) {
		await writeTextRows(differences, textColumns, header && differences.length > 0);
	},
	async json(differences, fields) {
		await writeJsonRows(differences.map(each => toJson(each, fields)));
	},
	async csv(differences, fields, {header}) {
		await writeCsvRows(differences.map(each => toJson(each, fields)), ['difference', 'before', 'sentSince', 'receivedSince', ...fields.map(({id}) => id)], header);
	},
};
