/** What the system tells of network namespaces: through /proc, and through the names that `ip netns` and others give them under /run. */
import fs from 'node:fs';
import {createProcFiles} from '../owners/proc-files.js';
import type {NamespaceProc} from './process-namespaces.js';

/** Where `ip netns` mounts the namespaces that it names. One is usually a link to the other. */
export const nameDirectories: readonly string[] = ['/run/netns', '/var/run/netns'];

/** Processes and the network namespaces that they are in. */
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
		// Each network namespace has its own file "dev", with its own inode.
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
The inode of the namespace at a path; undefined when there is none.

@throws Error of Node.js with the code EACCES where that is not for us to know.
*/
export const inodeAt = (path: string): number | undefined => {
	const stats = fs.statSync(path, {throwIfNoEntry: false});
	return stats !== undefined && stats.dev === namespaceDevice() ? stats.ino : undefined;
};

let device: number | undefined;

/** All namespaces are files of one file system, nsfs. A file under /run/netns on which nothing is mounted (any more) is of another. */
const namespaceDevice = (): number | undefined => {
	device ??= fs.statSync('/proc/self/ns/net', {throwIfNoEntry: false})?.dev;
	return device;
};

/** The network namespaces that have names, by inode. Of several names the first counts. */
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

/** The cgroup of a process and its name (comm), as far as they can be read. */
export const readProcess = (pid: number): {readonly cgroup: string; readonly name: string} => ({
	cgroup: cgroupIn(readOr(`/proc/${pid}/cgroup`)),
	name: readOr(`/proc/${pid}/comm`).trimEnd(),
});

/** Lines of `number:controllers:path`; that of version 2 has the number 0, and without it the first names the container as well as any. */
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
