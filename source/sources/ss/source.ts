/**
The sockets as `ss` tells them, for systems that refuse netlink to this program.
*/
import {defaultProtocols, type ProtocolName} from '../../table/protocols.js';
import type {NamespaceTarget} from '../../namespaces/follow.js';
import type {SocketTable} from '../../table/socket-table.js';
import {processorTime} from '../../system/processor-time.js';
import {SourceError, type SocketReader} from '../source.js';
import {ssArguments} from './arguments.js';
import {createMerger, type Merger, type MergerOptions} from './merge.js';
import {inNamespace} from './network-namespace.js';
import {createSsParser} from './parse.js';
import type {RunSs} from './runner.js';
import {selectTables} from './tables.js';
import {
	formatVersion,
	oldestVersion,
	parseKernelVersion,
	parseSsVersion,
	type Version,
} from './version.js';
import {createWords} from './words.js';

export type SsSourceOptions = Pick<MergerOptions, 'owners' | 'interfaceIndex'> & {
	readonly run: RunSs;
	/** The network namespace to read; absent for that of this program. */
	readonly namespace?: NamespaceTarget;
	/** What uname(2) calls the kernel's release. */
	readonly kernelRelease: string;
};

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

/** The version of `ss`, told from `ss -V`. */
const probe = async (run: RunSs, signal: AbortSignal): Promise<Version> => {
	let text = '';
	const {problem, isMissing} = await run(['-V'], piece => {
		text = (text + piece).slice(0, 1000);
	}, signal);
	if (isMissing) {
		throw new SourceError('ss is not installed (it is part of iproute2)');
	}

	const version = parseSsVersion(text);
	if (version === undefined) {
		throw new SourceError(problem === undefined ? 'the ss command here is not the one of iproute2' : `ss ${problem}`);
	}

	if (version < oldestVersion) {
		throw new SourceError(`the ss command here is too old: iproute2 ${formatVersion(oldestVersion)} or newer is needed`);
	}

	return version;
};

/**
A source that runs `ss` once for each sample.

@throws SourceError where there is no usable `ss`.
*/
export const createSsSource = async ({run: runProgram, owners, interfaceIndex, kernelRelease, namespace}: SsSourceOptions): Promise<SocketReader> => {
	const controller = new AbortController();
	const {signal} = controller;
	const kernel = parseKernelVersion(kernelRelease);
	const inside = namespace && inNamespace(namespace, runProgram);
	const run = inside?.run ?? runProgram;
	const version = await probe(run, signal);
	/** Protocols that this `ss` does not know, as far as it was said. */
	const toldUnknown = new Set<ProtocolName>();
	let merger: Merger | undefined;
	let mergedInto: SocketTable | undefined;

	return {
		async sample(table, {columns, protocols = defaults}) {
			if (merger === undefined || mergedInto !== table) {
				merger = createMerger(table, {
					ss: version, kernel, owners, interfaceIndex: inside?.interfaceIndex ?? interfaceIndex,
				});
				mergedInto = table;
			}

			const {options, scopes, unknown} = selectTables(protocols, version);
			const news = unknown.filter(name => !toldUnknown.has(name));
			for (const name of news) {
				toldUnknown.add(name);
			}

			const problems = news.length === 0 ? [] : [`the ss command here tells of no ${news.join(', ')} sockets`];
			if (options.length === 0) {
				return {complete: [], problems};
			}

			merger.prepare(columns, protocols);
			const parser = createSsParser({
				version, words: createWords(columns, version), onRow: merger.merge, onNamedRow: merger.mergeNamed,
			});
			// While `ss` runs, others do what they have to do.
			let time = 0;
			const write = (text: string): void => {
				const started = processorTime();
				parser.write(text);
				time += processorTime() - started;
			};

			const {problem} = await run(ssArguments(version, columns, options), write, signal);
			if (problem !== undefined) {
				// The last row may be half a row.
				return {complete: [], problems: signal.aborted ? [] : [...problems, `ss ${problem}`], time};
			}

			parser.end();
			const skipped = parser.skipped();
			return {
				complete: scopes,
				problems: skipped === 0 ? problems : [...problems, `${skipped} ${skipped === 1 ? 'line' : 'lines'} of ss not understood`],
				time,
			};
		},
		...(inside && {namespaces: inside.namespaces}),
		close() {
			controller.abort();
		},
	};
};
