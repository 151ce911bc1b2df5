/**
The kernel's own tables over netlink, of one network namespace that was named or of all. Each has sockets of its own, opened inside and kept, and costs a
walk of the kernel's tables in each sample.

Our sockets hold the namespace in which they were opened: it would outlive its last process. So a namespace that no process is in and that has no name any
more is let go. It is read twice more before, so that its sockets are seen to close, and the last news of ends are merged by the sample that follows.
*/
import {unreferencedTimer} from '../../netlink/destroy-feed.js';
import {releaseMemory} from '../../system/release-memory.js';
import type {Following, FoundNamespace} from '../../namespaces/follow.js';
import type {SocketTable} from '../../table/socket-table.js';
import {escapeText} from '../../text/escape.js';
import {SourceError, type SocketReader} from '../source.js';
import {createOpenSet} from './open-set.js';
import {kernelOpening, type NamespaceOpening} from './opened-namespace.js';
import {readNamespaces} from './read-namespaces.js';

/** Without a sample (the view is paused, or the interval is long), what nothing holds is let go after so many milliseconds. */
const idleMilliseconds = 5000;

export type NamespacesOptions = {
	readonly following: Following;
	/** Inode of the namespace that this program is in. */
	readonly ownInode: number | undefined;
	readonly hasBoundInactive: boolean;
	/** Version of the kernel, major times 100 plus minor; 0 where it is not known. */
	readonly kernel?: number;
	/** Which privilege shows what is hidden, as a sentence. */
	readonly privilege: string;
	readonly opening?: NamespaceOpening;
	/** Calls back after so many milliseconds, without keeping the process alive; returns how to give it up. Passed in by tests. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

/**
Opens the namespaces that there are and follows them.

@throws SourceError where not one can be read.
*/
export const createNamespacesSource = (
	table: SocketTable,
	{
		following, ownInode, hasBoundInactive, kernel = 0, privilege, opening = kernelOpening, later = unreferencedTimer,
	}: NamespacesOptions,
): SocketReader => {
	let tellLoss = (): void => undefined;
	let giveUp = (): void => undefined;
	const set = createOpenSet(table, {
		ownInode,
		hasBoundInactive,
		kernel,
		opening,
		onLoss() {
			tellLoss();
		},
	});

	const watchIdle = (): void => {
		giveUp();
		giveUp = later(() => {
			set.release(following.look(), true);
			watchIdle();
		}, idleMilliseconds);
	};

	const openFirst = (): void => {
		const found = firstLook(following, privilege);
		const [problem] = set.follow(found);
		if (set.opened.size > 0) {
			return;
		}

		const isRefused = found.length > 0 && set.refused() > 0;
		throw new SourceError(problem ?? (isRefused ? `the network namespace ${escapeText(found[0].name)} may not be entered: ${privilege}` : following.absence));
	};

	openFirst();
	watchIdle();
	return {
		async sample(_table, request) {
			giveUp();
			const found = following.look();
			const failures = set.follow(found);
			set.release(found, false);
			set.dropRows(request);
			const {complete, problems} = await readNamespaces(set.opened.values(), request);
			watchIdle();
			return {complete, problems: [...(found.length === 0 ? [following.absence] : []), ...failures, ...problems], lostNews: set.lost()};
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
			tellLoss = callback;
		},
		releaseMemory,
		close() {
			giveUp();
			set.close();
		},
	};
};

/** Even to know what a path leads to may need privileges. */
const firstLook = (following: Following, privilege: string): readonly FoundNamespace[] => {
	try {
		return following.look();
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		if (code === 'EACCES' || code === 'EPERM') {
			throw new SourceError(`the network namespace may not be entered: ${privilege}`);
		}

		throw code === undefined ? error : new SourceError(`the network namespace cannot be read (${message})`);
	}
};
