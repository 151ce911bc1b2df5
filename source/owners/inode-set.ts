const filterBits = 2 ** 15;

/** A set of inodes that is asked about every socket of the table, and has few members: a bitmap answers most questions. */
export type InodeSet = {
	readonly add: (inode: number) => void;
	readonly has: (inode: number) => boolean;
	readonly clear: () => void;
	readonly size: number;
};

export const createInodeSet = (): InodeSet => {
	const members = new Set<number>();
	const filter = new Uint32Array(filterBits / 32);
	return {
		add(inode) {
			members.add(inode);
			filter[(inode % filterBits) >>> 5] |= 1 << (inode & 31);
		},
		has: inode => ((filter[(inode % filterBits) >>> 5] >>> (inode & 31)) & 1) !== 0 && members.has(inode),
		clear() {
			members.clear();
			filter.fill(0);
		},
		get size() {
			return members.size;
		},
	};
};
