import type {NamespaceTarget} from '../namespaces/follow.js';
import type {SocketTable} from '../table/socket-table.js';
import type {ActingFacts, Facts} from '../sources/source-facts.js';
import type {OwnerSink} from '../owners/owner.js';
import type {OpenedInput} from '../sources/input/open-input.js';
import type {LocalMachine} from '../sources/local-machine.js';
import type {ReplayFacts, ReplaySource} from '../recording/replay/replay-source.js';
import {parseKernelVersion} from '../sources/ss/version.js';
import {SourceError, type SocketReader, type Source} from '../sources/source.js';

/** Linux 6.8 was the first to list TCP sockets that are bound and do nothing else. */
const boundInactiveSince = 608;

export const sourceNames = ['auto', 'netlink', 'ss'] as const;

export type SourceName = (typeof sourceNames)[number];

/** The sockets of this machine. */
export type LocalChoice = {
	readonly kind: 'local';
	/** What reads them; `auto` is netlink, and `ss` where netlink is refused. */
	readonly prefer: SourceName;
	/** The network namespaces to read: one, or `all`; absent for that of this program. */
	readonly namespaces?: NamespaceTarget | 'all';
};

/** What `ss` wrote or printed, on this machine or on another. */
export type FileChoice = {
	readonly kind: 'file';
	/** `-` is standard input. */
	readonly path: string;
	/** What there is, where it has been read already: a pipe can be read but once. */
	readonly input?: OpenedInput;
};

/** What `conntop record` wrote. */
export type RecordingChoice = {
	readonly kind: 'recording';
	/** A folder, or a shard. */
	readonly path: string;
	/** The moment to show, in milliseconds since 1970; the last one by default. */
	readonly at?: number;
	/** For what reads a span of time, which begins at `at`: its end. */
	readonly to?: number;
};

/** States of sockets that somebody else reads from frames, and shows one after the other. */
export type ReplayChoice = {
	readonly kind: 'replay';
	readonly facts: ReplayFacts;
	/** Takes what shows them, before the first sample. */
	readonly attach: (source: ReplaySource) => void;
};

/** Whose sockets to read, and how. */
export type SourceChoice = LocalChoice | FileChoice | RecordingChoice | ReplayChoice;

/** What sources need besides the choice. */
export type SourceSurroundings = {
	readonly table: SocketTable;
	readonly owners: OwnerSink;
	readonly machine: LocalMachine;
};

export type OpenedSource = {
	readonly source: Source;
	/** Why it is not netlink, where nobody asked for another: one sentence. */
	readonly fallback?: string;
};

/**
Opens the source that was asked for. Modules are loaded when they are needed: koffi fails to load on systems for which it has no binary, and execa is slow to
load.

@throws SourceError when there is none.
*/
export const openSource = async (choice: SourceChoice, surroundings: SourceSurroundings): Promise<OpenedSource> => {
	switch (choice.kind) {
		case 'local': {
			return openLocal(choice, surroundings);
		}

		case 'file': {
			const {createInputSource, openInput} = await import('../sources/input/open-input.js');
			return {source: createInputSource(surroundings.table, surroundings.owners, choice.input ?? await openInput(choice.path))};
		}

		case 'recording': {
			const {openRecordedMoment} = await import('./recorded-moment.js');
			return {source: openRecordedMoment(choice, surroundings)};
		}

		case 'replay': {
			const {createReplaySource} = await import('../recording/replay/replay-source.js');
			const source = createReplaySource(surroundings.table, surroundings.owners, choice.facts);
			choice.attach(source);
			return {source};
		}
	}
};

const openLocal = async ({prefer, namespaces}: LocalChoice, surroundings: SourceSurroundings): Promise<OpenedSource> => {
	if (prefer === 'ss') {
		return {source: await openSs(surroundings, namespaces)};
	}

	try {
		return {source: await openNetlink(surroundings, namespaces)};
	} catch (error) {
		if (prefer === 'netlink' || !(error instanceof SourceError)) {
			throw error;
		}

		return {source: await openInstead(error, surroundings, namespaces), fallback: `${error.message}; reading ss instead`};
	}
};

/** Opens `ss` because of an error; when there is none either, the error has both reasons. */
const openInstead = async (reason: SourceError, surroundings: SourceSurroundings, namespaces: LocalChoice['namespaces']): Promise<Source> => {
	try {
		return await openSs(surroundings, namespaces);
	} catch (error) {
		throw error instanceof SourceError ? new SourceError(`${reason.message}, and ${error.message}`) : error;
	}
};

/** A reader of this machine's sockets as a source. */
const ofMachine = (
	reader: SocketReader, {hostname, kernelRelease, time}: LocalMachine, facts: Pick<Facts, 'title' | 'owners' | 'appliesRestriction'> & ActingFacts,
): Source => ({
	...reader,
	facts: {
		hostname, kernelRelease, names: 'local', pace: 'timer', ...facts,
	},
	time,
});

const openNetlink = async ({table, machine}: SourceSurroundings, namespaces: LocalChoice['namespaces']): Promise<Source> => {
	const [{createNetlinkSource}, {openDestroyFeed}, {openNamespaces}] = await Promise.all([
		import('../sources/netlink/netlink.js'),
		import('../netlink/destroy-feed.js'),
		import('../sources/netlink/open-namespaces.js'),
	]).catch((error: unknown) => {
		throw new SourceError(`koffi, which makes system calls, does not load (${error instanceof Error ? error.message : String(error)})`);
	});
	const kernel = parseKernelVersion(machine.kernelRelease);
	const options = {hasBoundInactive: kernel >= boundInactiveSince, kernel};
	const reader = namespaces === undefined
		? createNetlinkSource(table, {...options, openFeed: openDestroyFeed})
		: openNamespaces(table, namespaces, options);
	return ofMachine(reader, machine, {
		title: 'netlink', owners: 'search', appliesRestriction: true, canAct: true,
	});
};

const openSs = async ({owners, machine}: SourceSurroundings, namespaces: LocalChoice['namespaces']): Promise<Source> => {
	if (namespaces === 'all') {
		throw new SourceError('ss shows one network namespace at a time: name it with -N instead of --all-namespaces');
	}

	const [{createSsSource}, {createSsRunner}] = await Promise.all([import('../sources/ss/source.js'), import('../sources/ss/runner.js')]);
	const {interfaceIndex, kernelRelease} = machine;
	const reader = await createSsSource({
		run: createSsRunner(), owners, interfaceIndex, kernelRelease, ...(namespaces !== undefined && {namespace: namespaces}),
	});
	return ofMachine(reader, machine, {
		title: 'ss', owners: 'given', appliesRestriction: false, canAct: false, whyNotActing: 'needs netlink, whose numbers tell sockets apart',
	});
};
