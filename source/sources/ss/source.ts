/**
The sockets as `ss` tells them, for systems that refuse netlink to this program: TCP and UDP, IPv4 and IPv6.
*/
import {Family, Protocol} from '../../table/protocols.js';
import type {Scope, SocketTable} from '../../table/socket-table.js';
import {stateCount} from '../../table/states.js';
import {SourceError, type Source} from '../source.js';
import {ssArguments} from './arguments.js';
import {createMerger, type Merger, type MergerOptions} from './merge.js';
import {createSsParser} from './parse.js';
import type {RunSs} from './runner.js';
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
	/** What uname(2) calls the kernel's release. */
	readonly kernelRelease: string;
};

/** What one run shows when it ends well. */
const everything: readonly Scope[] = [Protocol.tcp, Protocol.udp].flatMap(protocol =>
	[Family.inet, Family.inet6].map(family => ({protocol, family, states: (1 << stateCount) - 1})));

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
export const createSsSource = async ({run, owners, interfaceIndex, kernelRelease}: SsSourceOptions): Promise<Source> => {
	const controller = new AbortController();
	const {signal} = controller;
	const kernel = parseKernelVersion(kernelRelease);
	const version = await probe(run, signal);
	let merger: Merger | undefined;
	let mergedInto: SocketTable | undefined;

	return {
		name: 'ss',
		async sample(table, {columns}) {
			if (merger === undefined || mergedInto !== table) {
				merger = createMerger(table, {
					ss: version, kernel, owners, interfaceIndex,
				});
				mergedInto = table;
			}

			merger.prepare(columns);
			const parser = createSsParser({version, words: createWords(columns), onRow: merger.merge});
			const {problem} = await run(ssArguments(version, columns), parser.write, signal);
			if (problem !== undefined) {
				// The last row may be half a row.
				return {complete: [], problems: signal.aborted ? [] : [`ss ${problem}`]};
			}

			parser.end();
			const skipped = parser.skipped();
			return {
				complete: everything,
				problems: skipped === 0 ? [] : [`${skipped} ${skipped === 1 ? 'line' : 'lines'} of ss not understood`],
			};
		},
		close() {
			controller.abort();
		},
	};
};
