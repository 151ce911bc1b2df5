/** `conntop serve`: exports metrics to Prometheus and OpenTelemetry until interrupted. */
import process from 'node:process';
import {tuneAfterStart} from '../../engine/tune-after-start.js';
import {createCollector, metricColumns, type CollectorOptions} from '../../metrics/collector.js';
import type {ClosedConnection} from '../../metrics/closed.js';
import {families} from '../../metrics/families.js';
import type {Family} from '../../metrics/family.js';
import type {ExportingOptions} from '../../metrics/otlp/exporting.js';
import type {Exposition} from '../../metrics/prometheus/exposition.js';
import {formatListenAddress, type ListenAddress} from '../../metrics/prometheus/listen-address.js';
import type {MetricsServer, ServedMetrics} from '../../metrics/prometheus/server.js';
import type {WritingOptions} from '../../metrics/prometheus/shared-writing.js';
import type {Reading} from '../../metrics/reading.js';
import {createServiceNaming, type NameOfService} from '../../metrics/roles.js';
import {createSystemServiceNames} from '../../names/services.js';
import {matcherOf} from '../../query/match/matcher.js';
import type {Query} from '../../query/query.js';
import {neededColumns} from '../../query/window/needed-columns.js';
import {createSamplingLoop, type SamplingLoop} from '../../sampling/loop.js';
import {createSampler, type JournalingSampler} from '../../sampling/sampler.js';
import {SourceError} from '../../sources/source.js';
import {complain, createReporter, write} from '../output.js';
import type {RecorderSettings} from '../recordings/open-recorder.js';
import {queryOf} from '../settings-query.js';
import {UsageError} from '../usage-error.js';
import type {ServeSettings} from './serve-options.js';

/** Number of journal entries that are kept until they are counted: as many as a busy machine has between two samples. */
const journalLength = 50_000;

/** Milliseconds that requests wait for a sample in progress. */
const maxSampleTime = 5000;

/** Intervals without a sample, and minimum milliseconds, after which the metrics count as outdated. */
const lateIntervals = 3;
const lateTime = 15_000;

/**
Serves until the process is interrupted or terminated.

@throws UsageError for input from a file, SourceError if sockets cannot be read or metrics cannot be served.
*/
export const serve = async (settings: ServeSettings): Promise<void> => {
	if (settings.choice.kind !== 'local') {
		throw new UsageError('serve counts what the sockets of this machine do; leave out --input');
	}

	const hasNamespaces = settings.choice.namespaces === 'all';
	const sampler = await createSampler(settings.choice, undefined, {journalLength});
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const query = queryOf(settings, []);
	const recorder = settings.recording && await openRecording({...settings, ...settings.recording}, sampler, query);
	const columns = new Set([...neededColumns(query, settings.lookups), ...metricColumns, ...recorder?.columns ?? []]);
	const state = createOwnState(sampler, settings.version, () => loop);
	const nameOfService = createServiceNaming(settings.section.services, createSystemServiceNames());
	const shown = families.filter(({isOfExport}) => !isOfExport || settings.exporting !== undefined);
	const read = async (): Promise<Reading> => {
		await settled.wait();
		return collector.read();
	};

	const exposition = settings.listen && await openExposition(shown, hasNamespaces);
	const exporting = settings.exporting && await openExporting({
		settings: settings.exporting, families: shown, hasNamespaces, version: settings.version, hostname: sampler.source.facts.hostname, read, say: complain,
	}, sampler, nameOfService);
	const collector = createCollector({
		context: sampler.context,
		journal: sampler.journal,
		journalContext: sampler.journalContext,
		lacks: () => ({owners: sampler.source.facts.owners === 'search', counters: sampler.droppedEventCount?.() !== undefined}),
		nameOfService,
		networks: settings.section.peerGroups,
		hasNamespaces,
		...selectionOf(query, sampler, settings),
		observe(...observed) {
			exposition?.observe(...observed);
			exporting?.observe(...observed);
		},
		own: state.read,
		...(exporting && {onClosed: exporting.takeClosed, exported: exporting.state}),
	});
	const report = createReporter();
	const settled = createSettled(() => loop);
	const loop: SamplingLoop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => ({columns, protocols: query.classes.protocols}),
		async onSample(sampled) {
			report([...sampled.problems, ...sampler.hidden?.() ?? []]);
			collector.take();
			state.noteSample(sampled.isFailed);
			settled.release();
			await recorder?.take(sampled);
		},
		onFailure(problem) {
			report([problem]);
			state.noteFailure();
			settled.release();
		},
	});
	const server = settings.listen && exposition && await listen(settings.listen, {
		write: await openWriting({
			exposition, sample: loop.samples, settled: settled.wait, read: collector.read,
		}),
		unready: state.unready,
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, loop.stop);
	}

	tuneAfterStart();
	loop.start();
	try {
		await loop.ended;
	} finally {
		server?.close();
		await recorder?.close();
		await exporting?.close();
	}
};

// Libraries, and other parts, are loaded only if they are needed.

const openRecording = async (settings: RecorderSettings, sampler: JournalingSampler, query: Query) => {
	const {openRecorder, recordedColumns} = await import('../recordings/open-recorder.js');
	const recorder = openRecorder(sampler, query, settings);
	await write(recorder.sentence);
	return {...recorder, columns: recordedColumns};
};

const openExposition = async (shown: readonly Family[], hasNamespaces: boolean): Promise<Exposition> => {
	const {createExposition} = await import('../../metrics/prometheus/exposition.js');
	return createExposition(shown, hasNamespaces);
};

const openWriting = async (options: WritingOptions): Promise<ServedMetrics['write']> => {
	const {createSharedWriting} = await import('../../metrics/prometheus/shared-writing.js');
	return createSharedWriting(options);
};

const openExporting = async (options: ExportingOptions, {journal, journalContext}: JournalingSampler, nameOfService: NameOfService) => {
	const [{startExporting}, {closedRecord}] = await Promise.all([import('../../metrics/otlp/exporting.js'), import('../../metrics/otlp/closed-record.js')]);
	const exporting = startExporting(options);
	await write(`Exporting metrics and closed connections to ${options.settings.url ?? 'the receiver that the OTEL_* variables name'}\n`);
	return {
		...exporting,
		takeClosed(connections: readonly ClosedConnection[]) {
			exporting.log(connections.map(connection => closedRecord(journalContext, journal.table, connection, nameOfService)));
		},
	};
};

/** Starts the server, and prints its address. */
const listen = async (address: ListenAddress, served: ServedMetrics): Promise<MetricsServer> => {
	const {serveMetrics} = await import('../../metrics/prometheus/server.js');
	try {
		const server = await serveMetrics(address, served);
		await write(`Serving metrics at http://${formatListenAddress({...address, port: server.port})}/metrics\n`);
		return server;
	} catch (error) {
		throw new SourceError(listenSentence(address, error));
	}
};

const listenReasons: Readonly<Record<string, string>> = {
	EADDRINUSE: 'another program listens there; --listen takes another address or port',
	EACCES: 'ports below 1024 are reserved for root; --listen takes another port',
	EADDRNOTAVAIL: 'this machine does not have the address; --listen takes another one',
};

const listenSentence = (address: ListenAddress, error: unknown): string => {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return `metrics cannot be served at ${formatListenAddress(address)}: ${listenReasons[code] ?? (error instanceof Error ? error.message : String(error))}`;
};

/** Which sockets match the filter; empty if all do. */
const selectionOf = (query: Query, {context, journalContext}: JournalingSampler, {lookups}: ServeSettings): Pick<CollectorOptions, 'selection'> => {
	const {families: addressFamilies, states} = query.classes;
	if (query.filter === '' && addressFamilies.length === 0 && states.length === 0) {
		return {};
	}

	/** A matcher is valid until the table changes. */
	const perSample = (of: typeof context) => {
		let matches: ((slot: number) => boolean) | undefined;
		let madeIn = -1;
		return (slot: number): boolean => {
			if (matches === undefined || madeIn !== of.table.sample) {
				matches = matcherOf(query, of, lookups);
				madeIn = of.table.sample;
			}

			return matches(slot);
		};
	};

	return {selection: {isWanted: perSample(context), isEntryWanted: perSample(journalContext)}};
};

/** Makes requests wait while a sample is in progress, because the table is incomplete meanwhile. */
const createSettled = (loopOf: () => SamplingLoop) => {
	let waiting: Array<() => void> = [];
	return {
		release() {
			for (const resolve of waiting) {
				resolve();
			}

			waiting = [];
		},
		async wait(): Promise<void> {
			const loop = loopOf();
			if (loop.samples() > 0 && !loop.isSampling()) {
				return;
			}

			const {promise, resolve} = Promise.withResolvers<void>();
			waiting.push(resolve);
			const tooLong = Promise.withResolvers<never>();
			const timer = setTimeout(() => {
				tooLong.reject(new Error('the sample that is under way takes too long; try again'));
			}, maxSampleTime);
			try {
				await Promise.race([promise, tooLong.promise]);
			} finally {
				clearTimeout(timer);
			}

			if (loop.samples() === 0) {
				throw new Error('there is no sample yet; try again');
			}
		},
	};
};

/** Collects facts about the program's own samples. */
const createOwnState = ({source, context, hiddenOwners, droppedEventCount}: JournalingSampler, version: string, loopOf: () => SamplingLoop) => {
	const startedAt = Date.now();
	let failedSamples = 0;
	/** Milliseconds of the monotonic clock. */
	let lastSample = NaN;
	let sampledAt = NaN;
	return {
		noteSample(isFailed?: boolean) {
			failedSamples += isFailed ? 1 : 0;
			lastSample = performance.now();
			sampledAt = source.time.wall() - (source.time.now() - context.table.now);
		},
		noteFailure() {
			failedSamples++;
		},
		/** Why there are no current metrics; undefined if there are. */
		unready(): string | undefined {
			if (Number.isNaN(lastSample)) {
				return 'there is no sample yet';
			}

			const age = performance.now() - lastSample;
			return age > Math.max(lateTime, lateIntervals * loopOf().status().interval) ? `the last sample is ${Math.round(age / 1000)} seconds old` : undefined;
		},
		read(): ReturnType<CollectorOptions['own']> {
			const {interval, sampleTime} = loopOf().status();
			return {
				version,
				samples: loopOf().samples(),
				failedSamples,
				sampleSeconds: sampleTime / 1000,
				interval: interval / 1000,
				sampledAt: sampledAt / 1000,
				startedAt: startedAt / 1000,
				droppedEvents: droppedEventCount?.() ?? 0,
				hiddenOwners: hiddenOwners(),
			};
		},
	};
};

