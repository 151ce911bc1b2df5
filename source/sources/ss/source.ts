/** Reads sockets from the output of `ss`, for systems that refuse netlink to this program. */
import {defaultProtocols, type ProtocolName} from '../../table/columns/protocols.js';
import type {NamespaceTarget} from '../../namespaces/follow.js';
import type {SocketTable} from '../../table/socket-table.js';
import {processorTime} from '../../system/processor-time.js';
import {SourceError, type SocketReader} from '../source.js';
import {escapeText} from '../../text/escape.js';
import {selectTables, ssArguments} from './arguments.js';
import {createMerger, type Merger, type MergerOptions} from './merge.js';
import {inNamespace} from './network-namespace.js';
import {createRowReader, type RowReader} from './rows.js';
import type {RunSs} from './runner.js';
import {toText} from './text.js';
import {
	formatVersion,
	oldestVersion,
	parseKernelVersion,
	parseSsVersion,
	type Version,
} from './version.js';

export type SsSourceOptions = Pick<MergerOptions, 'owners' | 'interfaceIndex'> & {
	readonly run: RunSs;
	/** The network namespace to read. Default: that of this program. */
	readonly namespace?: NamespaceTarget;
	/** The kernel release, as in uname(2). */
	readonly kernelRelease: string;
};

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

/** The version of `ss`, from `ss -V`. */
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
		throw new SourceError(problem === undefined ? 'the installed ss is not the one from iproute2' : `ss ${problem}`);
	}

	if (version < oldestVersion) {
		throw new SourceError(`the installed ss is too old: it must be from iproute2 ${formatVersion(oldestVersion)} or newer`);
	}

	return version;
};

/** The message for lines that could not be parsed. If there are no rows, the lines are probably a message of `ss`, so the first one is quoted. */
const skippedSentence = ({count, first}: ReturnType<RowReader['skipped']>, hasRows: boolean): string | undefined => {
	const words = hasRows ? '' : `: ${escapeText(toText(first).trim())}`;
	return count === 0 ? undefined : `${count} ${count === 1 ? 'line' : 'lines'} of ss not understood${words}`;
};

/**
Creates a source that runs `ss` once per sample.

@throws SourceError if there is no usable `ss`.
*/
export const createSsSource = async ({run: runProgram, owners, interfaceIndex, kernelRelease, namespace}: SsSourceOptions): Promise<SocketReader> => {
	const controller = new AbortController();
	const {signal} = controller;
	const kernel = parseKernelVersion(kernelRelease);
	const inside = namespace && inNamespace(namespace, runProgram);
	const run = inside?.run ?? runProgram;
	const version = await probe(run, signal);
	/** Protocols that this `ss` does not support and that were reported already. */
	const reported = new Set<ProtocolName>();
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
			const unreported = unknown.filter(name => !reported.has(name));
			for (const name of unreported) {
				reported.add(name);
			}

			const problems = unreported.length === 0 ? [] : [`the installed ss cannot list ${unreported.join(', ')} sockets`];
			if (options.length === 0) {
				return {complete: [], problems, isFailed: true};
			}

			merger.prepare(columns, protocols);
			const reader = createRowReader(merger.merge);
			// Other work runs while `ss` does, so the time is measured here.
			let time = 0;
			const write = (text: string): void => {
				const started = processorTime();
				reader.write(text);
				time += processorTime() - started;
			};

			const {problem, complaint} = await run(ssArguments(version, columns, options), write, signal);
			if (signal.aborted) {
				return {complete: [], problems: [], time};
			}

			reader.end(problem !== undefined);
			const {hasSeen} = merger;
			const skipped = skippedSentence(reader.skipped(), hasSeen());
			const isFailed = problem !== undefined || (!hasSeen() && (complaint ?? skipped) !== undefined);
			return {
				// A message on standard error may mean that `ss` could not read a table. A table without rows then does not count as complete.
				complete: isFailed ? [] : scopes.filter(scope => complaint === undefined || hasSeen(scope)),
				problems: [
					...problems,
					...(problem === undefined ? [] : [`ss ${problem}`]),
					...(complaint === undefined ? [] : [`ss reported: ${complaint}`]),
					...(skipped === undefined ? [] : [skipped]),
				],
				time,
				...(isFailed && {isFailed}),
			};
		},
		...(inside && {namespaces: inside.namespaces}),
		close() {
			controller.abort();
		},
	};
};
