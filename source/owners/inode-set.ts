const filterBits = 2 ** 15;

/** A set of few inodes, checked for every socket of the table. A bitmap answers most checks. */
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
