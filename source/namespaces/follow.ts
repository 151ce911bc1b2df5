/** Follows network namespaces as they appear and disappear: which ones to read now, and their names. */
import {labelCgroup} from '../names/cgroup-labels.js';
import type {NetworkNamespaceIdentity} from './identity.js';
import type {ProcessNamespaces} from './process-namespaces.js';
import type {NamedNamespace} from './read-namespaces.js';

/** A network namespace that can be opened. Its name is that of `ip netns`, else that of the container, else that of a process in it. */
export type FoundNamespace = NetworkNamespaceIdentity & {
	/** The path to open. */
	readonly path: string;
};

export type Following = {
	/** Lists the namespaces that exist now. */
	readonly list: () => readonly FoundNamespace[];
	/** How many more exist that need more privileges. */
	readonly hidden: () => number;
	/** The error sentence if there is none. */
	readonly absence: string;
};

export type FollowingOptions = {
	readonly processes: ProcessNamespaces;
	readonly named: () => ReadonlyMap<number, NamedNamespace>;
	/** Reads the cgroup and the name of a process. */
	readonly readProcess: (pid: number) => {readonly cgroup: string; readonly name: string};
};

/** Names a network namespace after a process in it: after its container, else `pid N (name)`. */
export const nameAfter = (pid: number, readProcess: FollowingOptions['readProcess']): string => {
	const {cgroup, name} = readProcess(pid);
	return labelCgroup(cgroup).container ?? `pid ${pid}${name === '' ? '' : ` (${name})`}`;
};

const pathOf = (pid: number): string => `/proc/${pid}/ns/net`;

/** Follows all network namespaces that a process is in or that have a name. */
export const followAll = ({processes, named, readProcess}: FollowingOptions): Following => {
	/** Names of namespaces after their processes, by inode. */
	let processNames = new Map<number, ProcessName>();

	const nameOf = (inode: number, pid: number): ProcessName => {
		const known = processNames.get(inode);
		const same = known?.pid === pid ? known : undefined;
		return same !== undefined && same.reads >= maximumReads ? same : {pid, name: nameAfter(pid, readProcess), reads: (same?.reads ?? 0) + 1};
	};

	return {
		list() {
			processes.refresh();
			const names = named();
			const found: FoundNamespace[] = [];
			const newNames = new Map<number, ProcessName>();
			for (const [inode, pid] of processes.processes) {
				let name = names.get(inode)?.name;
				if (name === undefined) {
					const entry = nameOf(inode, pid);
					newNames.set(inode, entry);
					({name} = entry);
				}

				found.push({inode, path: pathOf(pid), name});
			}

			processNames = newNames;
			const withoutProcess = [...names].filter(([inode]) => !processes.processes.has(inode)).map(([inode, {name, path}]) => ({inode, path, name}));
			return [...found, ...withoutProcess];
		},
		hidden: () => processes.hidden,
		absence: 'no network namespace can be found (is /proc mounted?)',
	};
};

type ProcessName = {readonly pid: number; readonly name: string; readonly reads: number};

/** How often the name of a process is read. Soon after it creates a namespace, a process executes another program, and its container is set up. */
const maximumReads = 8;

/** A network namespace that the user chose: its name and path. */
export type NamespaceTarget = {readonly name: string; readonly path: string};

export type FollowOneOptions = Pick<FollowingOptions, 'processes'> & {
	/** Returns the inode of the namespace at a path; undefined if there is none. */
	readonly inodeAt: (path: string) => number | undefined;
};

/** The path of a process's namespace. The pid may be reused. */
const processPath = /^\/proc\/\d+\/ns\/net$/v;

/**
Follows one network namespace: the one at its path, or if the path is gone, the last one there while a process is in it. If a name is given to another namespace, that
one is followed. A pid refers to the namespace that the process was in at first.
*/
export const followOne = (target: NamespaceTarget, {processes, inodeAt}: FollowOneOptions): Following => {
	const {name, path} = target;
	let last = 0;
	return {
		list() {
			const inode = inodeAt(path);
			const isAnother = last !== 0 && inode !== last && processPath.test(path);
			if (inode !== undefined && !isAnother) {
				last = inode;
				return [{inode, name, path}];
			}

			processes.refresh();
			const pid = processes.processes.get(last);
			return pid === undefined ? [] : [{inode: last, name, path: pathOf(pid)}];
		},
		hidden: () => 0,
		absence: `the network namespace ${name} is gone`,
	};
};
