/** `conntop list`: one sample, then the end. */
import process from 'node:process';
import {createSampler} from '../engine/sampler.js';
import type {Field, World} from '../fields/field.js';
import {readCell} from '../fields/cell.js';
import {formatValue, type JsonValue} from '../fields/format.js';
import {findField} from '../fields/registry.js';
import {neededColumns} from '../query/needed-columns.js';
import {readSocketTotals, type CountedProtocol} from '../names/socket-totals.js';
import {printRestriction} from '../query/print-restriction.js';
import {restrictionOf} from '../query/push-down.js';
import {Protocol, type ProtocolName} from '../table/protocols.js';
import type {Restriction} from '../table/socket-condition.js';
import {stateCount} from '../table/states.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import type {Settings} from './options.js';
import {write} from './output.js';
import {readRecord, recordFields} from './record.js';
import {queryOf, selectSlots} from './select.js';

export type ListFormat = 'text' | 'json' | 'csv';

/** Columns of the text form. One sample has no rates and no ages. */
const textIds = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'process'] as const;

/** Rows that are made and written together. */
const rowsPerWrite = 1000;

/**
Lists the sockets that match.

@throws SourceError when nothing could be read.
*/
export const list = async (settings: Settings, format: ListFormat): Promise<void> => {
	const sampler = await createSampler(settings.choice);
	const {world} = sampler;
	const fields = format === 'text'
		? settings.columns ?? [...textIds.map(id => findField(id)).filter((field): field is Field => field !== undefined), ...settings.details]
		: recordFields(settings.columns, settings.details);
	const query = queryOf(settings, fields.map(field => field.id));
	const restrict = restrictionOf(query, settings.lookups);
	const {changes, problems} = await sampler.sample(neededColumns(query, settings.lookups), performance.now(), query.classes.protocols, {
		restrict,
	});
	const asked = settings.verbose && sampler.source.name === 'netlink' ? askedSentences(query.classes.protocols, restrict, world, settings) : [];
	await sampler.findOwners(changes, Infinity);
	const slots = selectSlots(query, world, settings.lookups);
	const writeAs = {text: writeText, json: writeJson, csv: writeCsv}[format];
	await writeAs(format === 'text' ? withoutEmpty(fields, settings, world, slots) : fields, world, slots, settings);
	const sentences = [...asked, ...problems, ...sampler.hidden?.() ?? []];
	sampler.close();
	for (const problem of sentences) {
		process.stderr.write(`conntop: ${problem}\n`);
	}
};

/** What the kernel was asked for; how many sockets it has, only where one namespace is read, of which it tells the number. */
const askedSentences = (
	protocols: readonly ProtocolName[], restrict: (protocol: ProtocolName) => Restriction, {table}: World, {choice}: Settings,
): readonly string[] => {
	const counted = protocols.filter((name): name is CountedProtocol => name === 'tcp' || name === 'udp');
	return counted.flatMap(protocol => {
		const restriction = restrict(protocol);
		const asked = printRestriction(restriction);
		if (asked === undefined) {
			return [];
		}

		const first = Protocol[protocol] * stateCount;
		const came = table.counts.subarray(first, first + stateCount).reduce((sum, count) => sum + count, 0);
		const total = choice.namespaces === undefined ? readSocketTotals()?.[protocol] : undefined;
		const kept = total === undefined ? `${came} sockets came` : `it kept back about ${Math.max(0, total - came)} of ${Math.max(total, came)} sockets`;
		return [`of ${protocol}, the kernel was asked ${asked === '' ? 'nothing' : `only for “${asked}” and what belongs to it`}: ${kept}`];
	});
};

/** Details are many, and most sockets lack most of them: of these, only what some socket has is shown. */
const withoutEmpty = (fields: readonly Field[], {details, columns}: Settings, world: World, slots: readonly number[]): readonly Field[] =>
	columns === undefined ? fields.filter(field => !details.includes(field) || slots.some(slot => readCell(field, world, slot) !== undefined)) : fields;

type Writer = (fields: readonly Field[], world: World, slots: readonly number[], settings: Settings) => Promise<void>;

const writeLines = async (slots: readonly number[], line: (slot: number) => string): Promise<void> => {
	for (let start = 0; start < slots.length; start += rowsPerWrite) {
		// eslint-disable-next-line no-await-in-loop
		await write(slots.slice(start, start + rowsPerWrite).map(slot => `${line(slot)}\n`).join(''));
	}
};

const writeJson: Writer = async (fields, world, slots) => writeLines(slots, slot => JSON.stringify(readRecord(fields, world, slot)));

const writeCsv: Writer = async (fields, world, slots, {header}) => {
	if (header) {
		await write(`${fields.map(field => field.id).join(',')}\n`);
	}

	await writeLines(slots, slot => {
		const record = readRecord(fields, world, slot);
		return fields.map(field => csvCell(record[field.id])).join(',');
	});
};

/** RFC 4180: quotation marks where they are needed. */
const csvCell = (value: JsonValue | undefined): string => {
	const text = value === undefined ? '' : (typeof value === 'object' ? JSON.stringify(value) : String(value));
	return /[\n\r",]/v.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const writeText: Writer = async (fields, world, slots, {header, exact}) => {
	const textOf = (field: Field, slot: number): string => {
		const value = readCell(field, world, slot);
		// Identifiers are written in their own way; all else is a number with a unit.
		const isMeasure = field.kind === 'number' && (field.unit !== 'none' || field.format === undefined);
		return exact && typeof value === 'number' && isMeasure ? String(value) : formatValue(field, value);
	};

	const widths = fields.map(field => header ? textWidth(field.title) : 0);
	for (const slot of slots) {
		for (const [index, field] of fields.entries()) {
			widths[index] = Math.max(widths[index], textWidth(textOf(field, slot)));
		}
	}

	const line = (cells: readonly string[]): string => cells
		.map((cell, index) => (fields[index].align === 'right' ? alignRight : alignLeft)(cell, widths[index]))
		.join('  ')
		.trimEnd();
	if (header) {
		await write(`${line(fields.map(field => field.title))}\n`);
	}

	await writeLines(slots, slot => line(fields.map(field => textOf(field, slot))));
};
