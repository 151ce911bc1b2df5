/** `conntop events`: one line for each socket that was opened, changed its state or was closed, until interrupted. */
import {settleLater} from '../engine/settle.js';
import {findField} from '../fields/registry.js';
import type {Field} from '../fields/model/field.js';
import {matcherOf} from '../query/match/matcher.js';
import {neededColumns} from '../query/window/needed-columns.js';
import {createSamplingLoop} from '../sampling/loop.js';
import {createSampler, type Sampler} from '../sampling/sampler.js';
import type {Changes} from '../table/socket-table.js';
import {stateName} from '../table/columns/states.js';
import type {Settings} from './options.js';
import {complain, write} from './output.js';
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
		complain(sampler.fallback);
	}

	const fields = recordFields(settings.columns, settings.details);
	const query = queryOf(settings, fields.map(field => field.id));
	const names = format === 'text' && settings.names !== undefined ? await openWrittenNames(settings.names) : undefined;
	const line = format === 'json' ? jsonLine(fields, sampler) : textLine(sampler, {...settings, names: names?.names});
	const report = createReporter();

	const writeChanges = async (changes: Changes, due: Promise<void>): Promise<void> => {
		const matches = matcherOf(query, sampler.world, settings.lookups);
		const moment = new Date(sampler.source.time.wall());
		const shown = eventsOf(changes).filter(({slot}) => matches(slot));
		if (names !== undefined) {
			names.ask(namedFields, sampler.world, shown.map(({slot}) => slot));
			// The next sample does not wait for name servers: an address whose name has not come by then stays a number.
			await Promise.race([names.settled(), due]);
		}

		await write(shown.map(event => `${line(event, moment)}\n`).join(''), format);
	};

	settleLater();
	const loop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => ({columns: neededColumns(query, settings.lookups), protocols: query.classes.protocols}),
		onSample({number, changes, problems, due}): Promise<void> | undefined {
			report([...problems, ...sampler.hidden?.() ?? []]);
			return number === 1 ? undefined : writeChanges(changes, due);
		},
		onFailure(problem) {
			report([problem]);
		},
	});
	loop.start();
	await loop.ended;
};

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
