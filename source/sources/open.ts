import type {NamespaceTarget} from '../namespaces/follow.js';
import type {SocketTable} from '../table/socket-table.js';
import type {OwnerSink} from '../owners/owner.js';
import {parseKernelVersion} from './ss/version.js';
import {type Source, SourceError} from './source.js';

/** Linux 6.8 was the first to tell of TCP sockets that are bound and do nothing else. */
const boundInactiveSince = 608;

export const sourceNames = ['auto', 'netlink', 'ss'] as const;

export type SourceName = (typeof sourceNames)[number];

export type SourceChoice = {
	readonly source: SourceName;
	/** A file that `ss -D` wrote; read instead of the machine's sockets. */
	readonly input?: string;
	/** The network namespaces to read: one, or `all`; absent for that of this program. */
	readonly namespaces?: NamespaceTarget | 'all';
};

/** What sources need besides the table. */
export type SourceSurroundings = {
	readonly table: SocketTable;
	readonly owners: OwnerSink;
	readonly interfaceIndex: (name: string) => number | undefined;
	/** What uname(2) calls the kernel's release. */
	readonly kernelRelease: string;
};

export type OpenedSource = {
	readonly source: Source;
	/** Why it is not netlink, where nobody asked for another: one sentence. */
	readonly fallback?: string;
};

/**
Opens the source that was asked for; `auto` takes netlink, and `ss` where netlink is refused. Modules are loaded when they are needed: koffi fails to
load on systems for which it has no binary, and execa is slow to load.

@throws SourceError when there is none.
*/
export const openSource = async ({source, input, namespaces}: SourceChoice, surroundings: SourceSurroundings): Promise<OpenedSource> => {
	if (input !== undefined) {
		const {createFileSource} = await import('./file.js');
		return {source: createFileSource(surroundings.table, input)};
	}

	if (source === 'ss') {
		return {source: await openSs(surroundings, namespaces)};
	}

	try {
		return {source: await openNetlink(surroundings, namespaces)};
	} catch (error) {
		if (source === 'netlink' || !(error instanceof SourceError)) {
			throw error;
		}

		return {source: await openInstead(error, surroundings, namespaces), fallback: `${error.message}; reading ss instead`};
	}
};

const openNetlink = async ({table, kernelRelease}: SourceSurroundings, namespaces: SourceChoice['namespaces']): Promise<Source> => {
	const [{createNetlinkSource}, {openDestroyFeed}, {openNamespaces}] = await Promise.all([
		import('./netlink.js'),
		import('../netlink/destroy-feed.js'),
		import('./open-namespaces.js'),
	]).catch((error: unknown) => {
		throw new SourceError(`koffi, which makes system calls, does not load (${error instanceof Error ? error.message : String(error)})`);
	});
	const kernel = parseKernelVersion(kernelRelease);
	const options = {hasBoundInactive: kernel >= boundInactiveSince, kernel};
	return namespaces === undefined
		? createNetlinkSource(table, {...options, openFeed: openDestroyFeed})
		: openNamespaces(table, namespaces, options);
};

/** Opens `ss` because of an error; when there is none either, both reasons are told. */
const openInstead = async (reason: SourceError, surroundings: SourceSurroundings, namespaces: SourceChoice['namespaces']): Promise<Source> => {
	try {
		return await openSs(surroundings, namespaces);
	} catch (error) {
		throw error instanceof SourceError ? new SourceError(`${reason.message}, and ${error.message}`) : error;
	}
};

const openSs = async ({owners, interfaceIndex, kernelRelease}: SourceSurroundings, namespaces: SourceChoice['namespaces']): Promise<Source> => {
	if (namespaces === 'all') {
		throw new SourceError('ss shows one network namespace at a time: name it with -N instead of --all-namespaces');
	}

	const [{createSsSource}, {createSsRunner}] = await Promise.all([import('./ss/source.js'), import('./ss/runner.js')]);
	return createSsSource({
		run: createSsRunner(), owners, interfaceIndex, kernelRelease, ...(namespaces !== undefined && {namespace: namespaces}),
	});
};
