/** `conntop events`: one line for each socket that was opened, changed its state or was closed, until interrupted. */
import {settleLater} from '../engine/settle.js';
import {findField} from '../fields/registry.js';
import type {Field, World} from '../fields/model/field.js';
import {matcherOf} from '../query/match/matcher.js';
import {neededColumns} from '../query/window/needed-columns.js';
import {createSamplingLoop} from '../sampling/loop.js';
import {createSampler} from '../sampling/sampler.js';
import {Life} from '../table/columns/columns.js';
import {Event, eventNames, type JournalTable} from '../table/journal-table.js';
import {stateName} from '../table/columns/states.js';
import {alignLeft, alignRight, textWidth} from '../text/width.js';
import type {Settings} from './options.js';
import {complain, write} from './output.js';
import {readRecord, recordFields} from './record.js';
import {queryOf} from './settings-query.js';
import {UsageError} from './usage-error.js';
import {openWrittenNames, writtenValue, type Wording} from './written-names.js';

/** Entries of the journal that are kept until they are written: as many as there can be destroy events between two samples. */
const mostEvents = 100_000;

/** Fields that say what every line says anyway. */
const saidAnyway: ReadonlySet<string> = new Set(['time', 'event', 'previousState']);

/**
Writes changes until the process is interrupted: the entries of the journal, each as soon as it is complete.

@throws SourceError when nothing can be read.
@throws UsageError for a recorded file.
*/
export const events = async (settings: Settings, format: 'text' | 'json'): Promise<void> => {
	if (settings.choice.kind === 'file') {
		throw new UsageError('events shows how sockets change; a file given with --input holds one moment, which `conntop list --input` shows');
	}

	const sampler = await createSampler(settings.choice, undefined, {journalLength: mostEvents});
	const {journal, journalWorld: world, source: {facts, time}} = sampler;
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const fields = (format === 'json' ? recordFields(settings.columns, settings.details) : settings.columns ?? []).filter(({id}) => !saidAnyway.has(id));
	const query = queryOf(settings, fields.map(field => field.id));
	const names = format === 'text' && settings.names !== undefined ? await openWrittenNames(settings.names) : undefined;
	const line = (format === 'json' ? jsonLine : textLine)({entries: journal.table, world, fields}, {...settings, names: names?.names});
	const report = createReporter();

	const writeEvents = async (due: Promise<void>): Promise<void> => {
		const {slots, missed} = journal.takeSettled({owners: facts.owners === 'search', counters: sampler.lostNews?.() !== undefined});
		await writeDropped(missed);
		const matches = matcherOf(query, world, settings.lookups);
		const shown = slots.filter(slot => matches(slot));
		if (names !== undefined) {
			names.ask([...namedFields, ...fields], world, shown);
			// The next sample does not wait for name servers: an address whose name has not come by then stays a number.
			await Promise.race([names.settled(), due]);
		}

		await write(shown.map(slot => `${line(slot)}\n`).join(''), format);
	};

	/** Closed sockets that nothing will be written about. */
	const writeDropped = async (count: number): Promise<void> => {
		if (count === 0) {
			return;
		}

		complain(droppedSentence(count));
		const event = {event: 'dropped', count, time: new Date(time.wall()).toISOString()};
		await write(format === 'json' ? `${JSON.stringify(event)}\n` : '', format);
	};

	settleLater();
	const loop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => ({columns: neededColumns(query, settings.lookups), protocols: query.classes.protocols}),
		async onSample({problems, droppedEvents, due}) {
			report([...problems, ...sampler.hidden?.() ?? []]);
			await writeDropped(droppedEvents);
			await writeEvents(due);
		},
		onFailure(problem) {
			report([problem]);
		},
	});
	loop.start();
	await loop.ended;
};

const droppedSentence = (count: number): string => count === 1
	? '1 destroy event was dropped, because there was no room for it: one closed socket may be missing, or its last counters'
	: `${count} destroy events were dropped, because there was no room for them: as many closed sockets may be missing, or their last counters`;

/** Reports those sentences of a sample that the sample before did not have. */
const createReporter = (): ((sentences: readonly string[]) => void) => {
	let before: readonly string[] = [];
	return sentences => {
		for (const sentence of sentences) {
			if (!before.includes(sentence)) {
				complain(sentence);
			}
		}

		before = sentences;
	};
};

/** The entries of the journal, what fields read of them, and the fields that were asked for. */
type Entries = {readonly entries: JournalTable; readonly world: World; readonly fields: readonly Field[]};

/** The parts of an entry that every line has: when, what, and the state before. */
const readEntry = ({event, time, previousState, core}: JournalTable, slot: number) => ({
	event: eventNames[event[slot]],
	time: new Date(time[slot]).toISOString(),
	...(event[slot] === Event.changed && {previousState: stateName(previousState[slot])}),
	// The socket came and went between two samples.
	...((core.life[slot] & Life.unseen) !== 0 && {unseen: true as const}),
});

const jsonLine = ({entries, world, fields}: Entries) => (slot: number): string => JSON.stringify({
	...readEntry(entries, slot),
	...readRecord(fields, world, slot),
});

/** The fields of a line of text that can have names. */
const namedFields = ['local', 'peer'].map(id => findField(id)).filter((field): field is Field => field !== undefined);

const textLine = ({entries, world, fields}: Entries, {choice, columns, exact, names}: Pick<Settings, 'choice' | 'columns'> & Wording) => {
	const hasNamespaces = choice.kind === 'local' && choice.namespaces === 'all';
	const textOf = (field: Field, slot: number): string => writtenValue(field, world, slot, {exact, names});
	const text = (id: string, slot: number): string => {
		const field = findField(id);
		return field === undefined ? '' : textOf(field, slot);
	};

	const closeWords = (slot: number, isUnseen: boolean): string => [
		isUnseen ? 'unseen' : `after ${text('lived', slot)}`,
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

	/** Each field has its place in the line, so a value that is absent has a mark. */
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
