/**
Reads the kernel's tables over netlink, for one named network namespace or for all. Each namespace has sockets of its own, opened inside it and kept open, and
costs one walk of the kernel's tables per sample.

Our sockets keep their namespace alive, even beyond its last process. So a namespace is released when no process is in it and it has no name any more. It is
read twice more first, so that its sockets are seen to close; the sample that follows merges the last destroy events.
*/
import {unreferencedTimer} from '../../netlink/destroy-feed.js';
import type {Following, FoundNamespace} from '../../namespaces/follow.js';
import type {SocketTable} from '../../table/socket-table.js';
import {escapeText} from '../../text/escape.js';
import {SourceError, type SocketReader} from '../source.js';
import {createOpenSet} from './open-set.js';
import {kernelOpening, type NamespaceOpening} from './opened-namespace.js';
import {readNamespaces} from './read-namespaces.js';

/** Without samples (the view is paused, or the interval is long), unused namespaces are released after this many milliseconds. */
const idleMilliseconds = 5000;

export type NamespacesOptions = {
	readonly following: Following;
	/** Inode of the namespace that this program is in. */
	readonly ownInode: number | undefined;
	readonly hasBoundInactive: boolean;
	/** Kernel version, major times 100 plus minor; 0 if unknown. */
	readonly kernel?: number;
	/** Which privilege would show what is hidden, as a sentence. */
	readonly privilege: string;
	readonly opening?: NamespaceOpening;
	/** Calls `callback` after some milliseconds, without keeping the process alive. Returns a function that cancels it. Replaced in tests. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

/**
Opens the existing namespaces and follows changes.

@throws SourceError if none can be read.
*/
export const createNamespacesSource = (
	table: SocketTable,
	{
		following, ownInode, hasBoundInactive, kernel = 0, privilege, opening = kernelOpening, later = unreferencedTimer,
	}: NamespacesOptions,
): SocketReader => {
	let notifyLoss = (): void => undefined;
	let cancel = (): void => undefined;
	const set = createOpenSet(table, {
		ownInode,
		hasBoundInactive,
		kernel,
		opening,
		onLoss() {
			notifyLoss();
		},
	});

	const watchIdle = (): void => {
		cancel();
		cancel = later(() => {
			set.release(following.list(), true);
			watchIdle();
		}, idleMilliseconds);
	};

	const openFirst = (): void => {
		const found = lookFirst(following, privilege);
		const [problem] = set.follow(found);
		if (set.opened.size > 0) {
			return;
		}

		const isRefused = found.length > 0 && set.refused() > 0;
		throw new SourceError(problem ?? (isRefused ? `cannot enter the network namespace ${escapeText(found[0].name)}: ${privilege}` : following.absence));
	};

	openFirst();
	watchIdle();
	return {
		async sample(_table, request) {
			cancel();
			const found = following.list();
			const failures = set.follow(found);
			set.release(found, false);
			set.dropRows(request);
			const {complete, problems} = await readNamespaces(set.opened.values(), request);
			watchIdle();
			return {complete, problems: [...(found.length === 0 ? [following.absence] : []), ...failures, ...problems], droppedEventCount: set.lost()};
		},
		refresh(slots, request) {
			for (const {reader} of set.opened.values()) {
				reader.refresh(slots, request);
			}
		},
		diagSocket(slot) {
			const entry = set.withNumber(table.core.namespace[slot]);
			return entry !== undefined && set.opened.get(entry.found.inode) === entry ? entry.reader.socket : undefined;
		},
		examine: slot => set.withNumber(table.core.namespace[slot])?.reader.examine(slot),
		namespaces: {
			of: number => set.withNumber(number)?.found,
			interfaceName: (index, number) => set.withNumber(number)?.interfaceName(index),
			localPorts: number => set.withNumber(number)?.localPorts(),
			hidden: () => set.refused() + following.hidden(),
		},
		onLoss(callback) {
			notifyLoss = callback;
		},
		close() {
			cancel();
			set.close();
		},
	};
};

/** Looks up the namespaces for the first time. Even following a path to one may need privileges. */
const lookFirst = (following: Following, privilege: string): readonly FoundNamespace[] => {
	try {
		return following.list();
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'EACCES' || code === 'EPERM') {
			throw new SourceError(`cannot enter the network namespace: ${privilege}`);
		}

		throw code === undefined ? error : new SourceError(`cannot read the network namespace (${message})`);
	}
};
