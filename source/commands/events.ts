/** `conntop events`: one line for each socket that opens, changes state or closes, until interrupted. */
import {tuneAfterStart} from '../engine/tune-after-start.js';
import {matcherOf} from '../query/match/matcher.js';
import {neededColumns} from '../query/window/needed-columns.js';
import {findPosition} from '../recording/archive/find-position.js';
import type {Position, Recording} from '../recording/archive/recording.js';
import {FrameError} from '../recording/frames/bytes.js';
import type {FrameState} from '../recording/frames/state.js';
import {createSamplingLoop, type Needs} from '../sampling/loop.js';
import type {RecordingChoice} from '../sampling/open-source.js';
import {createPlayer} from '../sampling/player.js';
import {factsOfRecording, openNamedRecording} from '../sampling/recorded-moment.js';
import {createSampler, type JournalingSampler} from '../sampling/sampler.js';
import {InputError} from '../sources/source.js';
import {recordFields} from '../exports/record.js';
import {
	closeFields,
	jsonLine,
	namedFields,
	textLine,
} from './event-lines.js';
import type {Settings} from './options.js';
import {complain, createReporter, write} from './output.js';
import {queryOf} from './settings-query.js';
import {UsageError} from './usage-error.js';
import {openWrittenNames} from './written-names.js';

/** Number of journal entries that are kept until they are written: as many as there can be destroy events between two samples. */
const maxEvents = 100_000;

/** Fields that every line has anyway. */
const inEveryLine: ReadonlySet<string> = new Set(['time', 'event', 'previousState']);

/**
Writes changes until the process is interrupted: the entries of the journal, each as soon as it is complete.

@throws SourceError if nothing can be read.
@throws UsageError for a file, which has only one moment.
*/
export const events = async (settings: Settings, format: 'text' | 'json'): Promise<void> => {
	if (settings.choice.kind === 'file') {
		throw new UsageError('events shows how sockets change; a file given with --input contains a single sample, which `conntop list --input` shows');
	}

	if (settings.choice.kind === 'recording') {
		await replayEvents(settings, settings.choice, format);
		return;
	}

	const sampler = await createSampler(settings.choice, undefined, {journalLength: maxEvents});
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const writer = await createWriter(sampler, settings, format);
	const report = createReporter();
	tuneAfterStart();
	const loop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => writer.needs,
		async onSample({problems, droppedEvents, due}) {
			report([...problems, ...sampler.hidden?.() ?? []]);
			await writer.writeDropped(droppedEvents);
			await writer.writeEvents(due);
		},
		onFailure(problem) {
			report([problem]);
		},
	});
	loop.start();
	await loop.ended;
};

/** Writes the changes of a recording between two moments. */
const replayEvents = async (settings: Settings, {path, at, to = Infinity}: RecordingChoice, format: 'text' | 'json'): Promise<void> => {
	const recording = openNamedRecording(path);
	try {
		const {sampler, step} = await createPlayer(factsOfRecording(recording));
		const writer = await createWriter(sampler, settings, format);
		const found = at === undefined || at <= recording.positions[0].moment.time ? {index: 0} : findPosition(recording, at);
		if ('problem' in found) {
			throw new InputError(found.problem);
		}

		for (const position of recording.positions.slice(found.index)) {
			if (position.moment.time > to) {
				break;
			}

			const state = wholeState(recording, position);
			if (state !== undefined) {
				await step(state, writer.needs); // eslint-disable-line no-await-in-loop -- One sample comes after the other.
				await writer.writeEvents(neverDue); // eslint-disable-line no-await-in-loop -- Their lines too.
			}
		}

		for (const sentence of recording.losses) {
			complain(sentence);
		}
	} finally {
		recording.close();
	}
};

const neverDue = new Promise<void>(() => {
	// A recording waits for names.
});

/** Returns the state at a frame; undefined if it is damaged, which the recording has noted. */
const wholeState = (recording: Recording, position: Position): FrameState | undefined => {
	try {
		return recording.stateAt(position);
	} catch (error) {
		if (error instanceof FrameError) {
			return undefined;
		}

		throw error;
	}
};

type Writer = {
	/** What a sample must read for the lines. */
	readonly needs: Needs;
	/** Writes the entries that are complete and match. Waits for names until `due`. */
	readonly writeEvents: (due: Promise<void>) => Promise<void>;
	/** Reports sockets whose close cannot be written, because so many destroy events were dropped. */
	readonly writeDropped: (count: number) => Promise<void>;
};

const createWriter = async (sampler: JournalingSampler, settings: Settings, format: 'text' | 'json'): Promise<Writer> => {
	const {journal, journalContext: context, source: {facts, time}} = sampler;
	const fields = (format === 'json' ? recordFields(settings.columns, [...settings.details, ...closeFields]) : settings.columns ?? []).filter(({id}) => !inEveryLine.has(id));
	const query = queryOf(settings, fields.map(field => field.id));
	const names = format === 'text' && settings.names !== undefined ? await openWrittenNames(settings.names) : undefined;
	const line = (format === 'json' ? jsonLine : textLine)({entries: journal.table, context, fields}, {...settings, names: names?.names});

	const writeDropped = async (count: number): Promise<void> => {
		if (count === 0) {
			return;
		}

		complain(droppedSentence(count));
		const event = {event: 'dropped', count, time: new Date(time.wall()).toISOString()};
		await write(format === 'json' ? `${JSON.stringify(event)}\n` : '', format);
	};

	return {
		needs: {columns: neededColumns(query, settings.lookups), protocols: query.classes.protocols},
		async writeEvents(due) {
			const {slots, missed} = journal.takeCompleted({owners: facts.owners === 'search', counters: sampler.droppedEventCount?.() !== undefined});
			await writeDropped(missed);
			const matches = matcherOf(query, context, settings.lookups);
			const shown = slots.filter(slot => matches(slot));
			if (names !== undefined) {
				names.ask([...namedFields, ...fields], context, shown);
				// The next sample does not wait for name servers: an address without a name by then is written as a number.
				await Promise.race([names.whenIdle(), due]);
			}

			await write(shown.map(slot => `${line(slot)}\n`).join(''), format);
		},
		writeDropped,
	};
};

const droppedSentence = (count: number): string => count === 1
	? '1 destroy event was dropped, because there was no room for it: one closed socket may be missing, or its last counters'
	: `${count} destroy events were dropped, because there was no room for them: as many closed sockets may be missing, or their last counters`;
