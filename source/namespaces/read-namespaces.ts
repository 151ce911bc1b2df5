/** Reads network namespaces from /proc, and their names, which `ip netns` and others create under /run. */
import fs from 'node:fs';
import {createProcFiles} from '../owners/proc-files.js';
import type {NamespaceProc} from './process-namespaces.js';

/** Where `ip netns` mounts named namespaces. One is usually a link to the other. */
export const nameDirectories: readonly string[] = ['/run/netns', '/var/run/netns'];

/** Creates access to /proc for `createProcessNamespaces`. */
export const createNamespaceProc = (): NamespaceProc => {
	const {version, pids} = createProcFiles();
	return {
		version,
		pids,
		inodeOf(pid) {
			try {
				return fs.statSync(`/proc/${pid}/ns/net`, {throwIfNoEntry: false})?.ino;
			} catch (error) {
				return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '') ? 'denied' : undefined;
			}
		},
		// Each network namespace has its own "dev" file with its own inode.
		tokenOf(pid) {
			try {
				return fs.statSync(`/proc/${pid}/net/dev`, {throwIfNoEntry: false})?.ino;
			} catch {
				return undefined;
			}
		},
	};
};

/** A network namespace that has a name. */
export type NamedNamespace = {readonly name: string; readonly path: string};

/**
Returns the inode of the namespace at a path; undefined if there is none.

@throws An error of Node.js with the code EACCES if the path is not readable.
*/
export const inodeAt = (path: string): number | undefined => {
	const stats = fs.statSync(path, {throwIfNoEntry: false});
	return stats !== undefined && stats.dev === namespaceDevice() ? stats.ino : undefined;
};

let device: number | undefined;

/** The device of nsfs, the file system of all namespaces. A file under /run/netns on which nothing is mounted (any more) is on another device. */
const namespaceDevice = (): number | undefined => {
	device ??= fs.statSync('/proc/self/ns/net', {throwIfNoEntry: false})?.dev;
	return device;
};

/** Reads the named network namespaces, by inode. The first of several names wins. */
export const readNamed = (directories: readonly string[] = nameDirectories): ReadonlyMap<number, NamedNamespace> => {
	const named = new Map<number, NamedNamespace>();
	for (const directory of directories) {
		for (const name of namesIn(directory)) {
			const path = `${directory}/${name}`;
			const inode = inodeOrNone(path);
			if (inode !== undefined && !named.has(inode)) {
				named.set(inode, {name, path});
			}
		}
	}

	return named;
};

const namesIn = (directory: string): readonly string[] => {
	try {
		return fs.readdirSync(directory).toSorted();
	} catch {
		return [];
	}
};

const inodeOrNone = (path: string): number | undefined => {
	try {
		return inodeAt(path);
	} catch {
		return undefined;
	}
};

/** Reads the cgroup and the name (comm) of a process. What cannot be read is `/` or empty. */
export const readProcess = (pid: number): {readonly cgroup: string; readonly name: string} => ({
	cgroup: cgroupIn(readOr(`/proc/${pid}/cgroup`)),
	name: readOr(`/proc/${pid}/comm`).trimEnd(),
});

/** Parses lines of `number:controllers:path`. Takes the path of cgroup v2, which has the number 0, else the first path other than `/`, which names the container, too. */
const cgroupIn = (text: string): string => {
	const paths = new Map(text.split('\n').filter(line => line.includes('::') || line.includes(':/')).map(line => {
		const [number, , ...path] = line.split(':');
		return [number, path.join(':')] as const;
	}));
	const unified = paths.get('0') ?? '/';
	return unified === '/' ? paths.values().find(path => path !== '/') ?? '/' : unified;
};

const readOr = (path: string): string => {
	try {
		return fs.readFileSync(path, 'utf8');
	} catch {
		return '';
	}
};
