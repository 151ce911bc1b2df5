/**
Paths of cgroups by id. The id that the kernel reports for a socket is the inode number of the cgroup's directory (`cgroup_id` in `include/linux/cgroup.h`), so one
walk of the cgroup2 mount finds all paths.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';

export type CgroupNames = {
	/** Path of a cgroup below the mount, not escaped. Undefined if the cgroup is gone or not visible in this namespace. */
	readonly path: (id: number) => string | undefined;
};

/** A directory of the cgroup2 mount. */
export type CgroupDirectory = {readonly id: number; readonly path: string};

type Options = {
	/** Lists all directories of the mount. The mount itself is `/`. */
	readonly walk?: () => Iterable<CgroupDirectory>;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/** Milliseconds between two walks. */
const walkInterval = 1000;

/** Limit of known paths, including those of removed cgroups, and of ids known to have none. The oldest are dropped first. */
const maximumKept = 20_000;

/** The root of the hierarchy, seen from the host. Kernels that have only cgroup v1 report this id for all sockets. */
const rootId = 1;

const forgetOldest = (kept: {readonly size: number; readonly keys: () => Iterable<number>; readonly delete: (id: number) => boolean}): void => {
	for (const id of kept.keys()) {
		if (kept.size <= maximumKept) {
			return;
		}

		kept.delete(id);
	}
};

/**
Looks up paths of cgroups. A new id causes a walk, at most one per second. A cgroup exists before its sockets, so an id that a walk does not find is gone for
good and causes no other walk. A path stays known after its cgroup is removed.
*/
export const createCgroupNames = ({walk = walkCgroups, now = () => performance.now()}: Options = {}): CgroupNames => {
	const paths = new Map<number, string>([[rootId, '/']]);
	const missing = new Set<number>();
	let walkedAt = -Infinity;

	const refresh = (): void => {
		walkedAt = now();
		for (const {id, path} of walk()) {
			// Insert it again at the end, so that existing cgroups are dropped last.
			paths.delete(id);
			paths.set(id, path);
		}

		forgetOldest(paths);
	};

	return {
		path(id) {
			const known = paths.get(id);
			if (known !== undefined || missing.has(id) || now() - walkedAt < walkInterval) {
				return known;
			}

			refresh();
			const found = paths.get(id);
			if (found === undefined) {
				missing.add(id);
				forgetOldest(missing);
			}

			return found;
		},
	};
};

/** Where cgroup2 is mounted: on its own, or beside version 1. */
const mounts = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];

/** Limit of directories in one walk, so that an excessive hierarchy does not block the program. */
const maximumDirectories = 100_000;

const separator = Buffer.from('/');

/**
Lists the directories of the cgroup2 mount. In names that are not UTF-8, invalid bytes become replacement characters. Directories that cannot be read are
skipped.

@param roots Possible mount points of cgroup2; the first one where it is mounted is used.
@yields {CgroupDirectory} Parents before their children.
*/
export const walkCgroups = function * (roots: readonly string[] = mounts): Generator<CgroupDirectory> {
	const mount = roots.find(candidate => fs.existsSync(`${candidate}/cgroup.controllers`));
	if (mount === undefined) {
		return;
	}

	const root = Buffer.from(mount);
	const queue = [root];
	let count = 0;
	for (let directory = queue.pop(); directory !== undefined && count < maximumDirectories; directory = queue.pop()) {
		count++;
		try {
			const {ino} = fs.statSync(directory);
			yield {id: ino, path: directory.length === root.length ? '/' : directory.toString('utf8', root.length)};
			for (const entry of fs.readdirSync(directory, {withFileTypes: true, encoding: 'buffer'})) {
				if (entry.isDirectory()) {
					queue.push(Buffer.concat([directory, separator, entry.name]));
				}
			}
		} catch {
			// Removed during the walk, or not readable.
		}
	}
};
