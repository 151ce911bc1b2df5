/* eslint-disable no-await-in-loop -- Samples follow each other. */
/** `conntop events`: one line for each socket that was opened, changed its state or was closed, until interrupted. */
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {createInterval} from '../engine/interval.js';
import {createSampler, type Sampler} from '../engine/sampler.js';
import {settleLater} from '../engine/settle.js';
import {findField} from '../fields/registry.js';
import type {Field} from '../fields/model/field.js';
import {matcherOf} from '../query/match/matcher.js';
import {neededColumns} from '../query/window/needed-columns.js';
import type {Changes} from '../table/socket-table.js';
import {stateName} from '../table/states.js';
import type {Settings} from './options.js';
import {write} from './output.js';
import {readRecord, recordFields} from './record.js';
import {queryOf} from './settings-query.js';
import {UsageError} from './usage-error.js';
import {openWrittenNames, writtenValue, type Wording} from './written-names.js';

type Event = {
	readonly event: 'opened' | 'changed' | 'closed';
	readonly slot: number;
	readonly previousState?: string;
	/** The socket came and went between two samples. */
	readonly isUnseen?: true;
};

/** Share of one core, and milliseconds per sample for the search for owners, as in the live view. */
const processorShare = 0.2;
const ownerBudget = 100;

/**
Writes changes until the process is interrupted.

@throws SourceError when nothing can be read.
@throws UsageError for a recorded file.
*/
export const events = async (settings: Settings, format: 'text' | 'json'): Promise<void> => {
	if (settings.choice.kind === 'file') {
		throw new UsageError('events shows how sockets change; a file given with --input holds one moment, which `conntop list --input` shows');
	}

	const sampler = await createSampler(settings.choice);
	if (sampler.fallback !== undefined) {
		process.stderr.write(`conntop: ${sampler.fallback}\n`);
	}

	const fields = recordFields(settings.columns, settings.details);
	const query = queryOf(settings, fields.map(field => field.id));
	const intervalAfter = createInterval(settings.interval, processorShare).after;
	const names = format === 'text' && settings.names !== undefined ? await openWrittenNames(settings.names) : undefined;
	const line = format === 'json' ? jsonLine(fields, sampler) : textLine(sampler, {...settings, names: names?.names});
	// News of ended sockets were lost: sample again as soon as the share of the core allows.
	let loss = Promise.withResolvers<void>();
	sampler.source.onLoss?.(() => {
		loss.resolve();
	});
	let told: readonly string[] = [];
	settleLater();
	for (let isFirst = true; ; isFirst = false) {
		const started = performance.now();
		const {changes, problems, time} = await sampler.sample(neededColumns(query, settings.lookups), query.classes.protocols);
		await sampler.findOwners(changes, ownerBudget);
		told = tellNews([...problems, ...sampler.hidden?.() ?? []], told);
		const soonest = started + Math.min(settings.interval, time / processorShare);
		const due = Promise.race([until(started + intervalAfter(time)), loss.promise.then(async () => until(soonest))]);
		if (!isFirst) {
			const matches = matcherOf(query, sampler.world, settings.lookups);
			const moment = new Date(sampler.source.time.wall());
			const shown = eventsOf(changes).filter(({slot}) => matches(slot));
			if (names !== undefined) {
				names.ask(namedFields, sampler.world, shown.map(({slot}) => slot));
				// The next sample does not wait for servers of names: what they have not told by then stays a number.
				await Promise.race([names.settled(), due]);
			}

			await write(shown.map(event => `${line(event, moment)}\n`).join(''));
		}

		await due;
		loss = Promise.withResolvers<void>();
	}
};

/** Tells what was not told in the sample before. */
const tellNews = (sentences: readonly string[], told: readonly string[]): readonly string[] => {
	for (const sentence of sentences) {
		if (!told.includes(sentence)) {
			process.stderr.write(`conntop: ${sentence}\n`);
		}
	}

	return sentences;
};

const until = async (moment: number): Promise<void> => delay(Math.max(0, moment - performance.now()));

const eventsOf = ({opened, changed, previousStates, closed, unseen}: Changes): readonly Event[] => [
	...opened.map(slot => ({event: 'opened', slot}) as const),
	...changed.map((slot, index) => ({event: 'changed', slot, previousState: stateName(previousStates[index])}) as const),
	...closed.map(slot => ({event: 'closed', slot}) as const),
	...unseen.map(slot => ({event: 'closed', slot, isUnseen: true}) as const),
];

const jsonLine = (fields: readonly Field[], {world}: Sampler) => ({event, slot, previousState, isUnseen}: Event, time: Date): string => JSON.stringify({
	event,
	time: time.toISOString(),
	...(previousState !== undefined && {previousState}),
	...(isUnseen && {unseen: true}),
	...readRecord(fields, world, slot),
});

/** The fields of a line of text that can have names. */
const namedFields = ['local', 'peer'].map(id => findField(id)).filter((field): field is Field => field !== undefined);

const textLine = ({world}: Sampler, {choice, exact, names}: Pick<Settings, 'choice'> & Wording) => {
	const hasNamespaces = choice.kind === 'local' && choice.namespaces === 'all';
	const text = (id: string, slot: number): string => {
		const field = findField(id);
		return field === undefined ? '' : writtenValue(field, world, slot, {exact, names});
	};

	return ({event, slot, previousState, isUnseen}: Event, time: Date): string => {
		const state = text('state', slot);
		const words = [
			time.toISOString(),
			event.padEnd(7),
			text('protocol', slot),
			previousState === undefined ? state : `${previousState} → ${state}`,
			text('local', slot),
			text('peer', slot),
			text('process', slot),
			hasNamespaces ? text('namespace', slot) : '',
			event === 'closed' ? `${isUnseen ? 'unseen' : `after ${text('age', slot)}`}, sent ${text('bytesSent', slot)}, received ${text('bytesReceived', slot)}` : '',
		];

		return words.filter(word => word !== '').join(' ');
	};
};
