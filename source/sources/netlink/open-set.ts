/** The set of open network namespaces. Each has sockets of its own, which keep it alive. */
import type {FamilyTable} from '../../netlink/family-table.js';
import type {FoundNamespace} from '../../namespaces/follow.js';
import {createNumbers} from '../../namespaces/numbers.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SampleRequest} from '../source.js';
import {NamespaceFailures} from './namespace-failures.js';
import {openNamespaceReader, type NamespaceOpening, type OpenedNamespace} from './opened-namespace.js';

/** A namespace is read in this many samples after its last user is gone. */
const samplesAfterwards = 2;

/** The number of a released namespace is reused after this many milliseconds, when no row has it any more. */
const numberReuseDelay = 60_000;

/** When this process cannot open more files, this many open namespaces are closed again, so that some descriptors are free. A namespace takes three. */
const reserve = 12;

/** The largest number that fits the table's 16-bit column. */
const maximumNumber = 0xFF_FF;

export type OpenSetOptions = {
	/** Inode of the namespace that this program is in. */
	readonly ownInode: number | undefined;
	readonly hasBoundInactive: boolean;
	/** Kernel version, major times 100 plus minor; 0 if unknown. */
	readonly kernel: number;
	readonly opening: NamespaceOpening;
	/** Called when destroy events were dropped. */
	readonly onLoss: () => void;
};

export type OpenSet = {
	/** The open namespaces, by inode. */
	readonly opened: ReadonlyMap<number, OpenedNamespace>;
	/** The namespace with this number in the table, even if it was released. */
	readonly withNumber: (number: number) => OpenedNamespace | undefined;
	/** Opens the namespaces that are not open yet, as many as possible. Returns sentences about what failed. */
	readonly follow: (found: readonly FoundNamespace[]) => readonly string[];
	/** Releases the namespaces that were not found, so nothing else uses them: after a few samples, or at once. */
	readonly release: (found: readonly FoundNamespace[], isAtOnce: boolean) => void;
	/** Merges the last events of released namespaces, and closes their rows as `dropped`. Call it between `begin` and `end` of the table. */
	readonly dropRows: (request: SampleRequest) => void;
	/** Number of namespaces that could not be entered for lack of privileges. */
	readonly refused: () => number;
	/** Number of destroy events that were dropped so far. */
	readonly lost: () => number;
	readonly close: () => void;
};

export const createOpenSet = (table: SocketTable, {ownInode, hasBoundInactive, kernel, opening, onLoss}: OpenSetOptions): OpenSet => {
	/** By inode. */
	const opened = new Map<number, OpenedNamespace>();
	/** Inodes of namespaces that could not be entered for lack of privileges. */
	const refused = new Set<number>();
	/** By number. Released ones stay, because their rows linger. */
	const byNumber = new Map<number, OpenedNamespace>();
	const numbers = createNumbers(maximumNumber, numberReuseDelay);
	const lacking = new Set<FamilyTable>();
	/** Namespaces released since the last sample. */
	const dropped = new Set<OpenedNamespace>();
	/** Events dropped in namespaces that were released. */
	let lostBefore = 0;
	/** How many can be open at a time, as far as known. */
	let limit = Infinity;

	/** Opens a namespace. Returns the error code if it fails. */
	const open = (found: FoundNamespace, failures: NamespaceFailures): string | undefined => {
		const number = numbers.take(table.now);
		if (number === undefined) {
			failures.add(found.name, 'conntop has no more numbers for them');
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

			// The namespace went away before we could enter it.
			case 'ENOENT':
			case 'ESRCH': {
				break;
			}

			// All namespaces left out for this reason are reported in one sentence.
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

	/** This process cannot open more files: closes some of the namespaces that were just opened, so that /proc can still be read. */
	const makeRoom = (justOpened: FoundNamespace[]): void => {
		for (const {inode} of justOpened.splice(-reserve)) {
			const entry = opened.get(inode);
			opened.delete(inode);
			entry?.close();
			if (entry !== undefined) {
				numbers.giveBack(entry.reader.namespace, -Infinity);
			}
		}

		limit = opened.size;
	};

	/** Opens new namespaces; returns what failed. */
	const follow = (found: readonly FoundNamespace[]): readonly string[] => {
		const failures = new NamespaceFailures();
		const justOpened: FoundNamespace[] = [];
		for (const namespace of found.toSorted((a, b) => Number(b.inode === ownInode) - Number(a.inode === ownInode))) {
			const entry = opened.get(namespace.inode);
			if (entry !== undefined) {
				entry.found = namespace;
				entry.samplesUnused = 0;
			} else if (!refused.has(namespace.inode) && opened.size < limit) {
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

		const leftOut = limit === Infinity ? 0 : found.filter(({inode}) => !opened.has(inode) && !refused.has(inode)).length;
		return [...(leftOut === 0 ? [] : [leftOutSentence(leftOut)]), ...failures.sentences((which, reason) => `cannot read ${which} (${reason})`)];
	};

	const release = (found: readonly FoundNamespace[], isAtOnce: boolean): void => {
		const used = new Set(found.map(({inode}) => inode));
		for (const [inode, entry] of opened) {
			if (!used.has(inode) && (isAtOnce || entry.samplesUnused++ >= samplesAfterwards)) {
				entry.reader.drain();
				lostBefore += entry.reader.lost();
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
		lost: () => opened.values().reduce((sum, {reader}) => sum + reader.lost(), lostBefore),
		close() {
			for (const {close} of opened.values()) {
				close();
			}

			opened.clear();
		},
	};
};

const leftOutSentence = (count: number): string => count === 1
	? '1 network namespace is not read: this process cannot open more files (ulimit -n)'
	: `${count} network namespaces are not read: this process cannot open more files (ulimit -n)`;
