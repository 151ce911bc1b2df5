/**
The kernel's own tables over netlink, of one network namespace that was named or of all. Each has sockets of its own, opened inside and kept, and costs a
walk of the kernel's tables in each sample.

Our sockets hold the namespace in which they were opened: it would outlive its last process. So a namespace that no process is in and that has no name any
more is let go. It is read twice more before, so that its sockets are seen to close, and the last news of ends are merged by the sample that follows.
*/
import {unreferencedTimer} from '../netlink/destroy-feed.js';
import type {FamilyTable} from '../netlink/family-table.js';
import {releaseMemory} from '../system/release-memory.js';
import type {Following, FoundNamespace} from '../namespaces/follow.js';
import {createNumbers} from '../namespaces/numbers.js';
import type {SocketTable} from '../table/socket-table.js';
import {escapeText} from '../text/escape.js';
import {
	kernelOpening,
	openNamespaceReader,
	type NamespaceOpening,
	type OpenedNamespace,
} from './opened-namespace.js';
import {readNamespaces} from './read-namespaces.js';
import {SourceError, type SampleRequest, type SocketReader} from './source.js';

/** In so many samples a namespace is read although nothing holds it any more. */
const samplesAfterwards = 2;

/** Without a sample (the view is paused, or the interval is long), what nothing holds is let go after so many milliseconds. */
const idleMilliseconds = 5000;

/** The number of a namespace that was let go is given to another after so many milliseconds, when no row has it any more. */
const numberRest = 60_000;

/** The table's column of them has 16 bits. */
const mostNumbers = 0xFF_FF;

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
	/** By inode. */
	const opened = new Map<number, OpenedNamespace>();
	/** Inodes of those that may not be entered. */
	const refused = new Set<number>();
	/** By number; those that were let go stay, because rows of them linger. */
	const byNumber = new Map<number, OpenedNamespace>();
	const numbers = createNumbers(mostNumbers, numberRest);
	const lacking = new Set<FamilyTable>();
	/** Those that were let go since the last sample. */
	const dropped = new Set<OpenedNamespace>();
	/** News lost in namespaces that were let go. */
	let lostBefore = 0;
	let tellLoss = (): void => undefined;
	let giveUp = (): void => undefined;

	/** Opens a namespace. Returns a sentence when that failed. */
	const open = (found: FoundNamespace): string | undefined => {
		const number = numbers.take(table.now);
		if (number === undefined) {
			return 'there are more network namespaces than conntop can tell apart';
		}

		let entry: OpenedNamespace | undefined;
		try {
			entry = openNamespaceReader(table, found, {
				isOwn: found.inode === ownInode,
				namespace: number,
				opening,
				hasBoundInactive,
				kernel,
				lacking,
				onLoss() {
					tellLoss();
				},
			});
		} catch (error) {
			return problemOf(error, found);
		} finally {
			if (entry === undefined) {
				numbers.giveBack(number, -Infinity);
			} else {
				opened.set(found.inode, entry);
				byNumber.set(number, entry);
			}
		}

		return undefined;
	};

	const problemOf = (error: unknown, {inode, name}: FoundNamespace): string | undefined => {
		const {code, message} = error as NodeJS.ErrnoException;
		switch (code) {
			case undefined: {
				throw error;
			}

			case 'EPERM':
			case 'EACCES': {
				refused.add(inode);
				return undefined;
			}

			// It went while we were about to enter it.
			case 'ENOENT':
			case 'ESRCH': {
				return undefined;
			}

			default: {
				return `the network namespace ${escapeText(name)} cannot be read (${message})`;
			}
		}
	};

	/** Opens what is new; returns what failed. */
	const follow = (found: readonly FoundNamespace[]): readonly string[] => {
		const problems: string[] = [];
		for (const namespace of found) {
			const entry = opened.get(namespace.inode);
			if (entry !== undefined) {
				entry.found = namespace;
				entry.unheld = 0;
			} else if (!refused.has(namespace.inode)) {
				const problem = open(namespace);
				problems.push(...(problem === undefined ? [] : [problem]));
			}
		}

		const inodes = new Set(found.map(({inode}) => inode));
		for (const inode of refused) {
			if (!inodes.has(inode)) {
				refused.delete(inode);
			}
		}

		return problems;
	};

	/** Lets go what nothing holds any more: after a few samples, or at once. */
	const release = (found: readonly FoundNamespace[], isAtOnce: boolean): void => {
		const held = new Set(found.map(({inode}) => inode));
		for (const [inode, entry] of opened) {
			if (!held.has(inode) && (isAtOnce || entry.unheld++ >= samplesAfterwards)) {
				entry.reader.takeNews();
				lostBefore += entry.reader.lost();
				entry.close();
				opened.delete(inode);
				dropped.add(entry);
			}
		}
	};

	const watchIdle = (): void => {
		giveUp();
		giveUp = later(() => {
			release(following.look(), true);
			watchIdle();
		}, idleMilliseconds);
	};

	const dropRows = (request: SampleRequest): void => {
		for (const {reader} of dropped) {
			reader.mergeLast(request);
			table.dropNamespace(reader.namespace);
			numbers.giveBack(reader.namespace, table.now);
		}

		dropped.clear();
	};

	const openFirst = (): void => {
		const found = firstLook(following, privilege);
		const [problem] = follow(found);
		if (opened.size > 0) {
			return;
		}

		const isRefused = found.length > 0 && refused.size > 0;
		throw new SourceError(problem ?? (isRefused ? `the network namespace ${escapeText(found[0].name)} may not be entered: ${privilege}` : following.absence));
	};

	openFirst();
	watchIdle();
	return {
		async sample(_table, request) {
			giveUp();
			const found = following.look();
			const failures = follow(found);
			release(found, false);
			dropRows(request);
			const {complete, problems} = await readNamespaces(opened.values(), request);
			watchIdle();
			let lostNews = lostBefore;
			for (const {reader} of opened.values()) {
				lostNews += reader.lost();
			}

			return {complete, problems: [...(found.length === 0 ? [following.absence] : []), ...failures, ...problems], lostNews};
		},
		refresh(slots, request) {
			for (const {reader} of opened.values()) {
				reader.refresh(slots, request);
			}
		},
		diagSocket(slot) {
			const entry = byNumber.get(table.core.namespace[slot]);
			return entry !== undefined && opened.get(entry.found.inode) === entry ? entry.reader.socket : undefined;
		},
		examine: slot => byNumber.get(table.core.namespace[slot])?.reader.examine(slot),
		namespaces: {
			of: number => byNumber.get(number)?.found,
			interfaceName: (index, number) => byNumber.get(number)?.interfaceName(index),
			localPorts: number => byNumber.get(number)?.localPorts(),
			hidden: () => refused.size + following.hidden(),
		},
		onLoss(callback) {
			tellLoss = callback;
		},
		releaseMemory,
		close() {
			giveUp();
			for (const {close} of opened.values()) {
				close();
			}

			opened.clear();
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
