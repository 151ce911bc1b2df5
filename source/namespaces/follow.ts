/** Network namespaces that come and go: which of them are to be read now, and what they are called. */
import {labelCgroup} from '../names/cgroup-labels.js';
import type {NetworkNamespaceIdentity} from './identity.js';
import type {ProcessNamespaces} from './process-namespaces.js';
import type {NamedNamespace} from './read-namespaces.js';

/** A network namespace that can be opened. It is called what `ip netns` calls it, else after the container, else after a process in it. */
export type FoundNamespace = NetworkNamespaceIdentity & {
	/** Where it can be opened. */
	readonly path: string;
};

export type Following = {
	/** Looks which there are now. */
	readonly look: () => readonly FoundNamespace[];
	/** How many more there are that privileges hide. */
	readonly hidden: () => number;
	/** A sentence for when there is none. */
	readonly absence: string;
};

export type FollowingOptions = {
	readonly processes: ProcessNamespaces;
	readonly named: () => ReadonlyMap<number, NamedNamespace>;
	/** The cgroup of a process and its name. */
	readonly readProcess: (pid: number) => {readonly cgroup: string; readonly name: string};
};

/** What a network namespace without a name of its own is called after a process in it. */
export const nameAfter = (pid: number, readProcess: FollowingOptions['readProcess']): string => {
	const {cgroup, name} = readProcess(pid);
	return labelCgroup(cgroup).container ?? `pid ${pid}${name === '' ? '' : ` (${name})`}`;
};

const pathOf = (pid: number): string => `/proc/${pid}/ns/net`;

/** Follows all network namespaces that a process is in or that have a name. */
export const followAll = ({processes, named, readProcess}: FollowingOptions): Following => {
	/** What namespaces were called after their processes, and in how many looks. */
	let after = new Map<number, NameAfter>();

	const nameOf = (inode: number, pid: number): NameAfter => {
		const known = after.get(inode);
		const same = known?.pid === pid ? known : undefined;
		return same !== undefined && same.looks >= settling ? same : {pid, name: nameAfter(pid, readProcess), looks: (same?.looks ?? 0) + 1};
	};

	return {
		look() {
			processes.refresh();
			const names = named();
			const found: FoundNamespace[] = [];
			const newAfter = new Map<number, NameAfter>();
			for (const [inode, pid] of processes.processes) {
				let name = names.get(inode)?.name;
				if (name === undefined) {
					const entry = nameOf(inode, pid);
					newAfter.set(inode, entry);
					({name} = entry);
				}

				found.push({inode, path: pathOf(pid), name});
			}

			after = newAfter;
			const uninhabited = [...names].filter(([inode]) => !processes.processes.has(inode)).map(([inode, {name, path}]) => ({inode, path, name}));
			return [...found, ...uninhabited];
		},
		hidden: () => processes.hidden,
		absence: 'no network namespace can be found (is /proc mounted?)',
	};
};

type NameAfter = {readonly pid: number; readonly name: string; readonly looks: number};

/** A process that has made a namespace soon becomes another program, and its container is made around it: it is asked for its name in so many looks. */
const settling = 8;

/** The network namespace that a person named: what it is called, and a path that leads to it. */
export type NamespaceTarget = {readonly name: string; readonly path: string};

export type FollowOneOptions = Pick<FollowingOptions, 'processes'> & {
	/** The inode of the namespace at a path; undefined when there is none. */
	readonly inodeAt: (path: string) => number | undefined;
};

/** A path that leads to the namespace of a process, whose number another process gets one day. */
const processPath = /^\/proc\/\d+\/ns\/net$/v;

/**
Follows one network namespace: what its path leads to, and when that is nothing any more, what it led to, as long as a process is in there. A name may be given to
another namespace, which is then meant; the number of a process means the namespace that it was in at first.
*/
export const followOne = (target: NamespaceTarget, {processes, inodeAt}: FollowOneOptions): Following => {
	const {name, path} = target;
	let last = 0;
	return {
		look() {
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
