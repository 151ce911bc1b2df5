import type {NamespaceTarget} from '../namespaces/follow.js';
import type {SocketTable} from '../table/socket-table.js';
import type {ActingFacts, Facts} from '../sources/source-facts.js';
import type {OwnerSink} from '../owners/owner.js';
import type {OpenedInput} from '../sources/input/open-input.js';
import type {LocalMachine} from '../sources/local-machine.js';
import type {ReplayFacts, ReplaySource} from '../recording/replay/replay-source.js';
import {parseKernelVersion} from '../sources/ss/version.js';
import {SourceError, type SocketReader, type Source} from '../sources/source.js';

/** The first kernel (Linux 6.8) that lists bound, inactive TCP sockets. */
const boundInactiveSince = 608;

export const sourceNames = ['auto', 'netlink', 'ss'] as const;

export type SourceName = (typeof sourceNames)[number];

/** The sockets of this machine. */
export type LocalChoice = {
	readonly kind: 'local';
	/** Which reader to use. `auto` is netlink, or `ss` if netlink is refused. */
	readonly prefer: SourceName;
	/** The network namespaces to read: one, or `all`. Default: the namespace of this program. */
	readonly namespaces?: NamespaceTarget | 'all';
};

/** A file with output of `ss`, from this machine or from another. */
export type FileChoice = {
	readonly kind: 'file';
	/** `-` is standard input. */
	readonly path: string;
	/** The content, if it has been read already: a pipe can be read only once. */
	readonly input?: OpenedInput;
};

/** A recording by `conntop record`. */
export type RecordingChoice = {
	readonly kind: 'recording';
	/** A folder, or a shard. */
	readonly path: string;
	/** The moment to show, in milliseconds since 1970. Default: the last one. */
	readonly at?: number;
	/** End of the time span that begins at `at`, for commands that read a span. */
	readonly to?: number;
};

/** States that the caller decodes from frames and shows one after the other. */
export type ReplayChoice = {
	readonly kind: 'replay';
	readonly facts: ReplayFacts;
	/** Called with the source before the first sample. */
	readonly attach: (source: ReplaySource) => void;
};

/** Which sockets to read, and how. */
export type SourceChoice = LocalChoice | FileChoice | RecordingChoice | ReplayChoice;

/** What sources need besides the choice. */
export type SourceDependencies = {
	readonly table: SocketTable;
	readonly owners: OwnerSink;
	readonly machine: LocalMachine;
};

export type OpenedSource = {
	readonly source: Source;
	/** Why the source is not netlink although none was requested: one sentence. */
	readonly fallback?: string;
};

/**
Opens the chosen source. Modules are loaded when needed: koffi fails to load on systems without a binary for it, and execa is slow to load.

@throws SourceError if no source can be opened.
*/
export const openSource = async (choice: SourceChoice, dependencies: SourceDependencies): Promise<OpenedSource> => {
	switch (choice.kind) {
		case 'local': {
			return openLocal(choice, dependencies);
		}

		case 'file': {
			const {createInputSource, openInput} = await import('../sources/input/open-input.js');
			return {source: createInputSource(dependencies.table, dependencies.owners, choice.input ?? await openInput(choice.path))};
		}

		case 'recording': {
			const {openRecordedMoment} = await import('./recorded-moment.js');
			return {source: openRecordedMoment(choice, dependencies)};
		}

		case 'replay': {
			const {createReplaySource} = await import('../recording/replay/replay-source.js');
			const source = createReplaySource(dependencies.table, dependencies.owners, choice.facts);
			choice.attach(source);
			return {source};
		}
	}
};

const openLocal = async ({prefer, namespaces}: LocalChoice, dependencies: SourceDependencies): Promise<OpenedSource> => {
	if (prefer === 'ss') {
		return {source: await openSs(dependencies, namespaces)};
	}

	try {
		return {source: await openNetlink(dependencies, namespaces)};
	} catch (error) {
		if (prefer === 'netlink' || !(error instanceof SourceError)) {
			throw error;
		}

		return {source: await openInstead(error, dependencies, namespaces), fallback: `${error.message}; reading ss instead`};
	}
};

/** Opens `ss` instead, because of an error. If that fails, too, the error gives both reasons. */
const openInstead = async (reason: SourceError, dependencies: SourceDependencies, namespaces: LocalChoice['namespaces']): Promise<Source> => {
	try {
		return await openSs(dependencies, namespaces);
	} catch (error) {
		throw error instanceof SourceError ? new SourceError(`${reason.message}, and ${error.message}`) : error;
	}
};

/** Makes a source from a reader of this machine's sockets. */
const ofMachine = (
	reader: SocketReader, {hostname, kernelRelease, time}: LocalMachine, facts: Pick<Facts, 'title' | 'owners' | 'appliesRestriction'> & ActingFacts,
): Source => ({
	...reader,
	facts: {
		hostname, kernelRelease, names: 'local', pace: 'timer', ...facts,
	},
	time,
});

const openNetlink = async ({table, machine}: SourceDependencies, namespaces: LocalChoice['namespaces']): Promise<Source> => {
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

const openSs = async ({owners, machine}: SourceDependencies, namespaces: LocalChoice['namespaces']): Promise<Source> => {
	if (namespaces === 'all') {
		throw new SourceError('ss reads one network namespace at a time: select it with -N instead of --all-namespaces');
	}

	const [{createSsSource}, {createSsRunner}] = await Promise.all([import('../sources/ss/source.js'), import('../sources/ss/runner.js')]);
	const {interfaceIndex, kernelRelease} = machine;
	const reader = await createSsSource({
		run: createSsRunner(), owners, interfaceIndex, kernelRelease, ...(namespaces !== undefined && {namespace: namespaces}),
	});
	return ofMachine(reader, machine, {
		title: 'ss', owners: 'given', appliesRestriction: false, canAct: false, whyNotActing: 'needs netlink, which identifies sockets exactly',
	});
};
