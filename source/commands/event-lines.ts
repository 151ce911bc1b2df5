/** The lines that `conntop events` writes: one for each entry of the journal, as text or as JSON. */
import type {Field, FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import {Life} from '../table/columns/columns.js';
import {stateName} from '../table/columns/states.js';
import {Event, eventNames, type JournalTable} from '../table/journal-table.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import {readRecord} from '../exports/record.js';
import type {Settings} from './options.js';
import {writtenValue, type Wording} from './written-names.js';

/** The entries of the journal, the context that fields read, and the fields of `--columns`. */
export type Entries = {readonly entries: JournalTable; readonly context: FieldContext; readonly fields: readonly Field[]};

/** The parts of an entry that every line has: time, event, and the state before. */
const readEntry = ({event, time, previousState, core}: JournalTable, slot: number) => ({
	event: eventNames[event[slot]],
	time: new Date(time[slot]).toISOString(),
	...(event[slot] === Event.changed && {previousState: stateName(previousState[slot])}),
	// The socket opened and closed between two samples.
	...((core.life[slot] & Life.shortLived) !== 0 && {unseen: true as const}),
});

/** Returns a function that formats the entry in a slot as one JSON object. */
export const jsonLine = ({entries, context, fields}: Entries) => (slot: number): string => JSON.stringify({
	...readEntry(entries, slot),
	...readRecord(fields, context, slot),
});

const fieldsOf = (ids: readonly string[]): readonly Field[] => ids.map(id => findField(id)).filter((field): field is Field => field !== undefined);

/** The fields of a line of text that can have names. */
export const namedFields = fieldsOf(['local', 'peer']);

/** Fields about the close of a socket, which every object of JSON about a close has. */
export const closeFields = fieldsOf(['ended', 'lived']);

/** Returns a function that formats the entry in a slot as a line of text. */
export const textLine = ({entries, context, fields}: Entries, {choice, columns, exact, names}: Pick<Settings, 'choice' | 'columns'> & Wording) => {
	const hasNamespaces = choice.kind === 'local' && choice.namespaces === 'all';
	const textOf = (field: Field, slot: number): string => writtenValue(field, context, slot, {exact, names});
	const text = (id: string, slot: number): string => {
		const field = findField(id);
		return field === undefined ? '' : textOf(field, slot);
	};

	const closeWords = (slot: number, isShortLived: boolean): string => [
		isShortLived ? 'short-lived' : `after ${text('lived', slot)}`,
		`sent ${text('bytesSent', slot)}`,
		`received ${text('bytesReceived', slot)}`,
		text('ended', slot),
	].filter(word => word !== '').join(', ');

	const usualWords = (slot: number): readonly string[] => {
		const {event, previousState, unseen} = readEntry(entries, slot);
		const state = text('state', slot);
		return [
			text('protocol', slot),
			previousState === undefined ? state : `${previousState} → ${state}`,
			text('local', slot),
			text('peer', slot),
			text('process', slot),
			hasNamespaces ? text('namespace', slot) : '',
			event === 'closed' ? closeWords(slot, unseen ?? false) : '',
		].filter(word => word !== '');
	};

	/** Every field has its position in the line, so an absent value is written as `-`. */
	const askedWords = (slot: number): readonly string[] => fields.map(field => {
		const written = textOf(field, slot);
		const value = written === '' ? '-' : written;
		return (field.align === 'right' ? alignRight : alignLeft)(value, Math.max(field.width.min, textWidth(value)));
	});

	return (slot: number): string => {
		const {time, event} = readEntry(entries, slot);
		return columns === undefined
			? [time, event.padEnd(7), ...usualWords(slot)].join(' ')
			: [time, event.padEnd(7), ...askedWords(slot)].join('  ').trimEnd();
	};
};
