/**
The background of a process: its ancestors, command line, user and cgroup. Read on demand, for the owners of an inspected socket.
*/
import type {Owner} from './owner.js';
import {shownName, type ReadProcess, type ReadResult} from './process-details.js';

export type Ancestor = {
	readonly pid: number;
	/** Name to show, not escaped. */
	readonly name: string;
};

export type ProcessBackground = {
	/** The parent, its parent, and so on, up to the first visible process. */
	readonly ancestors: readonly Ancestor[];
	/** Arguments separated by blanks, not escaped. */
	readonly commandLine?: string;
	/** Effective user id. */
	readonly uid?: number;
	/** Path of the cgroup. */
	readonly cgroup?: string;
};

export type BackgroundOptions = {
	readonly read: ReadProcess;
	/** Returns the path of a process's cgroup; undefined if it cannot be read. */
	readonly readCgroup: (pid: number) => string | undefined;
	/** A clock in milliseconds. */
	readonly now: () => number;
};

/** Milliseconds before a process is read again, because parents end and command lines change. */
const maximumAge = 2000;

/** Limit of cached processes. When it is reached, the cache is cleared. */
const maximumCached = 1000;

/** Limit of ancestors, because a chain that changes while it is read might not end. */
const maximumAncestors = 64;

/**
Looks up the backgrounds of processes. The background of a process stays known after its end. Start time and name distinguish it from later processes with the same
pid. A parent must have started before its child.
*/
export const createProcessBackgrounds = ({read, readCgroup, now}: BackgroundOptions): ((owner: Owner) => ProcessBackground | undefined) => {
	const known = new Map<string, {readonly background: ProcessBackground | undefined; readonly readAt: number}>();

	const ancestorsOf = (child: ReadResult): readonly Ancestor[] => {
		const ancestors: Ancestor[] = [];
		for (let {parent: pid = 0, startTime} = child; pid > 0 && ancestors.length < maximumAncestors;) {
			const process = read(pid);
			if (process === undefined || process.startTime > startTime) {
				break;
			}

			ancestors.push({pid, name: shownName({pid, name: process.name}, () => process)});
			({parent: pid = 0, startTime} = process);
		}

		return ancestors;
	};

	return ({pid, name, startTime}) => {
		const key = `${pid} ${startTime} ${name}`;
		const cached = known.get(key);
		const time = now();
		if (cached !== undefined && time - cached.readAt < maximumAge) {
			return cached.background;
		}

		const process = read(pid);
		const isSame = process?.name === name && (startTime === undefined || process.startTime === startTime);
		const cgroup = isSame ? readCgroup(pid) : undefined;
		const background = isSame
			? {
				ancestors: ancestorsOf(process),
				...(process.commandLine !== undefined && {commandLine: process.commandLine}),
				...(process.uid !== undefined && {uid: process.uid}),
				...(cgroup !== undefined && {cgroup}),
			}
			: cached?.background;
		if (known.size >= maximumCached) {
			known.clear();
		}

		known.set(key, {background, readAt: time});
		return background;
	};
};

/**
Parses the cgroup's path in /proc/PID/cgroup (cgroups(7)): that of version 2, else that of systemd's own hierarchy.

@returns Undefined if there is neither.
*/
export const parseCgroup = (text: string): string | undefined => {
	const paths = new Map(text.split('\n').filter(line => line !== '').map(line => {
		const [hierarchy = '', controllers = '', ...path] = line.split(':');
		return [hierarchy === '0' ? '' : controllers, path.join(':')] as const;
	}));
	const path = paths.get('') ?? paths.get('name=systemd');
	return path === '' ? undefined : path;
};
