/**
Paths of cgroups by their ids. The id that a socket carries is the inode number of the cgroup's directory (`cgroup_id` in `include/linux/cgroup.h`),
so one walk of the cgroup2 mount names them all.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';

export type CgroupNames = {
	/** Path of a cgroup below the mount, as it is; undefined for one that is gone or that this namespace does not see. */
	readonly path: (id: number) => string | undefined;
};

/** A directory of the cgroup2 mount. */
export type CgroupDirectory = {readonly id: number; readonly path: string};

type Options = {
	/** Lists all directories of the mount, the mount itself as `/`. */
	readonly walk?: () => Iterable<CgroupDirectory>;
	/** A clock in milliseconds. */
	readonly now?: () => number;
};

/** Milliseconds between two walks. */
const walkInterval = 1000;

/** Names that are kept after their cgroups, and ids known to have none: more than these are forgotten, the oldest first. */
const mostKept = 20_000;

/** The root of the hierarchy, seen from the host; also what kernels with cgroup v1 alone tell. */
const rootId = 1;

const forgetOldest = (kept: {readonly size: number; readonly keys: () => Iterable<number>; readonly delete: (id: number) => boolean}): void => {
	for (const id of kept.keys()) {
		if (kept.size <= mostKept) {
			return;
		}

		kept.delete(id);
	}
};

/**
Names cgroups, with a walk when an id is new and at most one each second. A cgroup is older than its sockets, so an id that a walk did not find is
gone for good and costs no other walk; a name that was found once is kept when its cgroup goes.
*/
export const createCgroupNames = ({walk = walkCgroups, now = () => performance.now()}: Options = {}): CgroupNames => {
	const paths = new Map<number, string>([[rootId, '/']]);
	const missing = new Set<number>();
	let walkedAt = -Infinity;

	const refresh = (): void => {
		walkedAt = now();
		for (const {id, path} of walk()) {
			// Anew at the end: what is still there is the last to be forgotten.
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

/** Where cgroup2 is mounted: alone, or beside version 1. */
const mounts = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];

/** Directories in one walk; more are left out, so that a runaway hierarchy does not stop the program. */
const mostDirectories = 100_000;

const separator = Buffer.from('/');

/**
Lists the directories of the cgroup2 mount. Names are bytes on disk and text here; where they are not UTF-8, the text has replacement characters.
What cannot be read is left out.

@param roots Where cgroup2 may be mounted; the first place where it is counts.
@yields {CgroupDirectory} A parent before its children.
*/
export const walkCgroups = function * (roots: readonly string[] = mounts): Generator<CgroupDirectory> {
	const mount = roots.find(candidate => fs.existsSync(`${candidate}/cgroup.controllers`));
	if (mount === undefined) {
		return;
	}

	const root = Buffer.from(mount);
	const waiting = [root];
	let count = 0;
	for (let directory = waiting.pop(); directory !== undefined && count < mostDirectories; directory = waiting.pop()) {
		count++;
		try {
			const {ino} = fs.statSync(directory);
			yield {id: ino, path: directory.length === root.length ? '/' : directory.toString('utf8', root.length)};
			for (const entry of fs.readdirSync(directory, {withFileTypes: true, encoding: 'buffer'})) {
				if (entry.isDirectory()) {
					waiting.push(Buffer.concat([directory, separator, entry.name]));
				}
			}
		} catch {
			// Gone in the middle of the walk, or not for us.
		}
	}
};
