/** The network namespaces that are open: each with sockets of its own, which hold it. */
import type {FamilyTable} from '../../netlink/family-table.js';
import type {FoundNamespace} from '../../namespaces/follow.js';
import {createNumbers} from '../../namespaces/numbers.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SampleRequest} from '../source.js';
import {NamespaceFailures} from './namespace-failures.js';
import {openNamespaceReader, type NamespaceOpening, type OpenedNamespace} from './opened-namespace.js';

/** In so many samples a namespace is read although nothing holds it any more. */
const samplesAfterwards = 2;

/** The number of a namespace that was let go is given to another after so many milliseconds, when no row has it any more. */
const numberRest = 60_000;

/** When this process may open no more files, so many namespaces are left out beyond those that do not fit: each takes three descriptors. */
const spared = 12;

/** The table's column of them has 16 bits. */
const mostNumbers = 0xFF_FF;

export type OpenSetOptions = {
	/** Inode of the namespace that this program is in. */
	readonly ownInode: number | undefined;
	readonly hasBoundInactive: boolean;
	/** Version of the kernel, major times 100 plus minor; 0 where it is not known. */
	readonly kernel: number;
	readonly opening: NamespaceOpening;
	/** Called when events of closed sockets were dropped. */
	readonly onLoss: () => void;
};

export type OpenSet = {
	/** Those that are open, by inode. */
	readonly opened: ReadonlyMap<number, OpenedNamespace>;
	/** The namespace with a number in the table, also when it was let go. */
	readonly withNumber: (number: number) => OpenedNamespace | undefined;
	/** Opens those of the namespaces that are not open yet, as many as may be. Returns sentences about what failed. */
	readonly follow: (found: readonly FoundNamespace[]) => readonly string[];
	/** Lets go those that were not found, which nothing holds any more: after a few samples, or at once. */
	readonly release: (found: readonly FoundNamespace[], isAtOnce: boolean) => void;
	/** Merges the last events of those that were let go, and closes their rows as `dropped`. To be called between `begin` and `end` of the table. */
	readonly dropRows: (request: SampleRequest) => void;
	/** How many may not be entered. */
	readonly refused: () => number;
	/** Events of closed sockets that were dropped so far. */
	readonly lost: () => number;
	readonly close: () => void;
};

export const createOpenSet = (table: SocketTable, {ownInode, hasBoundInactive, kernel, opening, onLoss}: OpenSetOptions): OpenSet => {
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
	/** Events dropped in namespaces that were let go. */
	let lostBefore = 0;
	/** So many can be open at a time, as far as is known. */
	let most = Infinity;

	/** Opens a namespace; returns the error code of what failed. */
	const open = (found: FoundNamespace, failures: NamespaceFailures): string | undefined => {
		const number = numbers.take(table.now);
		if (number === undefined) {
			failures.add(found.name, 'conntop can tell no more of them apart');
			return undefined;
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
				onLoss,
			});
		} catch (error) {
			return noteFailure(error, found, failures);
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

	const noteFailure = (error: unknown, {inode, name}: FoundNamespace, failures: NamespaceFailures): string => {
		const {code, message} = error as NodeJS.ErrnoException;
		switch (code) {
			case undefined: {
				throw error;
			}

			case 'EPERM':
			case 'EACCES': {
				refused.add(inode);
				break;
			}

			// It went while we were about to enter it.
			case 'ENOENT':
			case 'ESRCH': {
				break;
			}

			// All that are left out for that are one sentence.
			case 'EMFILE':
			case 'ENFILE': {
				break;
			}

			default: {
				failures.add(name, message);
			}
		}

		return code;
	};

	/** This process may open no more files. What was just opened is closed again in part, so that /proc can still be read. */
	const makeRoom = (justOpened: FoundNamespace[]): void => {
		for (const {inode} of justOpened.splice(-spared)) {
			const entry = opened.get(inode);
			opened.delete(inode);
			entry?.close();
			if (entry !== undefined) {
				numbers.giveBack(entry.reader.namespace, -Infinity);
			}
		}

		most = opened.size;
	};

	/** Opens what is new; returns what failed. */
	const follow = (found: readonly FoundNamespace[]): readonly string[] => {
		const failures = new NamespaceFailures();
		const justOpened: FoundNamespace[] = [];
		for (const namespace of found.toSorted((a, b) => Number(b.inode === ownInode) - Number(a.inode === ownInode))) {
			const entry = opened.get(namespace.inode);
			if (entry !== undefined) {
				entry.found = namespace;
				entry.unheld = 0;
			} else if (!refused.has(namespace.inode) && opened.size < most) {
				const code = open(namespace, failures);
				if (code === 'EMFILE' || code === 'ENFILE') {
					makeRoom(justOpened);
				} else if (opened.has(namespace.inode)) {
					justOpened.push(namespace);
				}
			}
		}

		const inodes = new Set(found.map(({inode}) => inode));
		for (const inode of refused) {
			if (!inodes.has(inode)) {
				refused.delete(inode);
			}
		}

		const left = most === Infinity ? 0 : found.filter(({inode}) => !opened.has(inode) && !refused.has(inode)).length;
		return [...(left === 0 ? [] : [leftOutSentence(left)]), ...failures.sentences((which, reason) => `${which} cannot be read (${reason})`)];
	};

	const release = (found: readonly FoundNamespace[], isAtOnce: boolean): void => {
		const held = new Set(found.map(({inode}) => inode));
		for (const [inode, entry] of opened) {
			if (!held.has(inode) && (isAtOnce || entry.unheld++ >= samplesAfterwards)) {
				entry.reader.takeNews();
				lostBefore += entry.reader.lost() ?? 0;
				entry.close();
				opened.delete(inode);
				dropped.add(entry);
			}
		}
	};

	const dropRows = (request: SampleRequest): void => {
		for (const {reader} of dropped) {
			reader.mergeLast(request);
			table.dropNamespace(reader.namespace);
			numbers.giveBack(reader.namespace, table.now);
		}

		dropped.clear();
	};

	return {
		opened,
		withNumber: number => byNumber.get(number),
		follow,
		release,
		dropRows,
		refused: () => refused.size,
		lost: () => opened.values().reduce((sum, {reader}) => sum + (reader.lost() ?? 0), lostBefore),
		close() {
			for (const {close} of opened.values()) {
				close();
			}

			opened.clear();
		},
	};
};

const leftOutSentence = (count: number): string => count === 1
	? '1 network namespace is not read: this process may open no more files (ulimit -n)'
	: `${count} network namespaces are not read: this process may open no more files (ulimit -n)`;
