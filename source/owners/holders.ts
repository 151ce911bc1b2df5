import {CookieIndex} from '../table/cookie-index.js';
import {resized} from '../table/columns/resized.js';

const initialCapacity = 256;

/**
Maps the inode of a socket to all descriptors that refer to it. A holding is one such descriptor of one process, with a number above 0. The holdings of an inode
are a linked list. A holding is five numbers, not an object, because there may be a million.
*/
export type Holders = {
	/** The first holding of a socket, or 0. */
	readonly first: (inode: number) => number;
	/** The next holding of the same socket, or 0. */
	readonly next: (holding: number) => number;
	readonly inode: (holding: number) => number;
	readonly process: (holding: number) => number;
	readonly fd: (holding: number) => number;
	/** Whether other descriptors refer to the same socket. */
	readonly isShared: (holding: number) => boolean;
	readonly add: (inode: number, process: number, fd: number) => number;
	readonly remove: (holding: number) => void;
	/** How many holdings exist. */
	readonly size: number;
	/** How many holdings were ever created: it grows when a search finds something. */
	readonly made: number;
};

export const createHolders = (): Holders => {
	let capacity = initialCapacity;
	let inodes = new Uint32Array(capacity);
	let processes = new Uint32Array(capacity);
	let fds = new Uint32Array(capacity);
	let nexts = new Uint32Array(capacity);
	let previouses = new Uint32Array(capacity);
	/** The first holding of each inode. An inode is both halves of its key: it has only 32 bits, and a column of zeroes would take memory. */
	const firsts = new CookieIndex();
	const free: number[] = [];
	let used = 1;
	let made = 0;

	const grow = (): void => {
		capacity *= 2;
		inodes = resized(inodes, new Uint32Array(capacity));
		processes = resized(processes, new Uint32Array(capacity));
		fds = resized(fds, new Uint32Array(capacity));
		nexts = resized(nexts, new Uint32Array(capacity));
		previouses = resized(previouses, new Uint32Array(capacity));
	};

	const first = (inode: number): number => Math.max(0, firsts.find(inode, inode, inodes, inodes));

	return {
		first,
		next: holding => nexts[holding],
		inode: holding => inodes[holding],
		process: holding => processes[holding],
		fd: holding => fds[holding],
		isShared: holding => nexts[holding] !== 0 || previouses[holding] !== 0,
		add(inode, process, fd) {
			made++;
			const holding = free.pop() ?? used++;
			if (holding >= capacity) {
				grow();
			}

			inodes[holding] = inode;
			processes[holding] = process;
			fds[holding] = fd;
			const head = first(inode);
			if (head === 0) {
				firsts.add(holding, inodes, inodes);
				nexts[holding] = 0;
				previouses[holding] = 0;
				return holding;
			}

			const second = nexts[head];
			nexts[holding] = second;
			previouses[holding] = head;
			nexts[head] = holding;
			if (second !== 0) {
				previouses[second] = holding;
			}

			return holding;
		},
		remove(holding) {
			const next = nexts[holding];
			const previous = previouses[holding];
			if (next !== 0) {
				previouses[next] = previous;
			}

			if (previous === 0) {
				firsts.remove(holding, inodes, inodes);
				if (next !== 0) {
					firsts.add(next, inodes, inodes);
				}
			} else {
				nexts[previous] = next;
			}

			free.push(holding);
		},
		get size() {
			return used - 1 - free.length;
		},
		get made() {
			return made;
		},
	};
};
