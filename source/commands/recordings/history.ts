/** `conntop history`: the connections of a recording at a moment or in a time span. */
import {readCell} from '../../fields/model/cell.js';
import type {Field, FieldContext} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {findField} from '../../fields/registry.js';
import {createOwnerSets} from '../../owners/owner-sets.js';
import {matcherOf} from '../../query/match/matcher.js';
import {findPosition, spanSentence} from '../../recording/archive/find-position.js';
import type {Recording} from '../../recording/archive/recording.js';
import {createLivesTable} from '../../recording/replay/lives-table.js';
import {openNamedRecording} from '../../sampling/recorded-moment.js';
import {InputError} from '../../sources/source.js';
import {Life} from '../../table/columns/columns.js';
import {formatMoment} from '../../text/moment.js';
import type {Settings} from '../options.js';
import {complain} from '../output.js';
import {readRecord} from '../../exports/record.js';
import {queryOf} from '../settings-query.js';
import {
	writeCsvRows,
	writeJsonRows,
	writeTextRows,
	type RowFormat,
	type TextColumn,
} from './write-table.js';

/** A time span in milliseconds since 1970. For a moment, both are equal. */
export type Span = {readonly from: number; readonly to: number};

export type HistorySettings = Settings & {
	/** The recording. */
	readonly path: string;
	readonly span: Span;
};

const fieldsNamed = (ids: readonly string[]): readonly Field[] => ids.map(id => findField(id)).filter(field => field !== undefined);

/** Fields in JSON and CSV. */
const recordIds = [
	'protocol',
	'state',
	'localAddress',
	'localPort',
	'peerAddress',
	'peerPort',
	'namespace',
	'processes',
	'uid',
	'user',
	'unit',
	'container',
	'cookie',
	'bytesSent',
	'bytesReceived',
	'rtt',
	'totalRetransmits',
	'ended',
] as const;

/** Fields in text, after the times. */
const textIds = ['protocol', 'state', 'local', 'peer', 'process', 'bytesSent', 'bytesReceived', 'ended'] as const;

const checkSpan = (recording: Recording, {from, to}: Span): string | undefined => {
	const {positions} = recording;
	if (from === to) {
		const found = findPosition(recording, from);
		if ('problem' in found) {
			throw new InputError(found.problem);
		}

		return found.notice;
	}

	if (to < positions[0].moment.time || from > (positions.at(-1)?.moment.time ?? 0)) {
		throw new InputError(`nothing was recorded between ${new Date(from).toISOString()} and ${new Date(to).toISOString()}: ${spanSentence(recording)}`);
	}

	return undefined;
};

/**
Prints the connections of a recording that overlap a time span, sorted by the time at which they opened.

@throws InputError if there is no recording, or if nothing was recorded at that time.
*/
export const history = async (settings: HistorySettings, format: RowFormat): Promise<void> => {
	const recording = openNamedRecording(settings.path);
	try {
		const {from, to} = settings.span;
		const notice = checkSpan(recording, settings.span);
		const lives = recording.lives(from, to).toSorted((a, b) => Number(a.opened) - Number(b.opened));
		const context = createLivesTable(lives, Math.min(to, recording.positions.at(-1)?.moment.time ?? to), createOwnerSets());
		const matches = matcherOf(queryOf(settings, []), context, settings.lookups);
		const slots = lives.map((_, slot) => slot).filter(slot => matches(slot));
		await writers[format](context, slots, settings);
		for (const sentence of [...notice === undefined ? [] : [notice], ...recording.losses]) {
			complain(sentence);
		}
	} finally {
		recording.close();
	}
};

type Writer = (context: FieldContext, slots: readonly number[], settings: HistorySettings) => Promise<void>;

/** When a connection opened and closed, and whether these times are exact. */
const timesOf = ({table: {core}}: FieldContext, slot: number) => {
	const flags = core.life[slot];
	const isShort = (flags & Life.shortLived) !== 0 && core.openedAt[slot] === core.closedAt[slot];
	return {
		opened: core.openedAt[slot],
		closed: Number.isNaN(core.closedAt[slot]) ? undefined : core.closedAt[slot],
		isOlder: (flags & Life.initial) !== 0,
		isShort,
	};
};

const toJson = (context: FieldContext, slot: number, fields: readonly Field[]) => {
	const {opened, closed, isOlder, isShort} = timesOf(context, slot);
	return {
		opened: new Date(opened).toISOString(),
		...(closed !== undefined && {closed: new Date(closed).toISOString()}),
		...(isOlder && {isOlder}),
		...(isShort && {isShort}),
		...readRecord(fields, context, slot),
	};
};

const writeText: Writer = async (context, slots, {header, exact}) => {
	const columns: Array<TextColumn<number>> = [
		{
			title: 'Opened', align: 'left', read(slot) {
				const {opened, isOlder} = timesOf(context, slot);
				return `${isOlder ? '<' : ''}${formatMoment(opened)}`;
			},
		},
		{
			title: 'Closed', align: 'left', read(slot) {
				const {closed} = timesOf(context, slot);
				return closed === undefined ? '-' : formatMoment(closed);
			},
		},
		...fieldsNamed(textIds).map((field): TextColumn<number> => ({
			title: field.title,
			align: field.align,
			read(slot) {
				const value = readCell(field, context, slot);
				return exact && typeof value === 'number' ? String(value) : formatValue(field, value);
			},
		})),
	];
	await writeTextRows(slots, columns, header);
};

const writers: Readonly<Record<RowFormat, Writer>> = {
	text: writeText,
	async json(context, slots, {columns}) {
		const fields = columns ?? fieldsNamed(recordIds);
		await writeJsonRows(slots.map(slot => toJson(context, slot, fields)));
	},
	async csv(context, slots, {columns, header}) {
		const fields = columns ?? fieldsNamed(recordIds);
		await writeCsvRows(slots.map(slot => toJson(context, slot, fields)), ['opened', 'closed', 'isOlder', 'isShort', ...fields.map(({id}) => id)], header);
	},
};
