/**
Where a process comes from: its ancestors, and the cgroup that it runs in. Read when somebody looks at one socket, for those who hold it.
*/
import type {Owner} from './owner.js';
import {shownName, type ReadProcess, type ReadResult} from './process-details.js';

export type Ancestor = {
	readonly pid: number;
	/** What people call it, as it is: escape it before it reaches a terminal. */
	readonly name: string;
};

export type ProcessBackground = {
	/** Parent, its parent, and so on to the first process that can be seen. */
	readonly ancestors: readonly Ancestor[];
	/** Arguments with blanks between them, as they are. */
	readonly commandLine?: string;
	/** Effective user. */
	readonly uid?: number;
	/** Path of the cgroup. */
	readonly cgroup?: string;
};

export type BackgroundOptions = {
	readonly read: ReadProcess;
	/** Path of the cgroup of a process; undefined where it cannot be read. */
	readonly readCgroup: (pid: number) => string | undefined;
	/** A clock in milliseconds. */
	readonly now: () => number;
};

/** Parents die and command lines change, so that what is known grows old. Milliseconds. */
const freshness = 2000;

/** Processes that are remembered; at more, all are forgotten. */
const mostRemembered = 1000;

/** No machine nests processes deeper than people can read; and a chain that is read while it changes must end. */
const mostAncestors = 64;

/**
Tells the backgrounds of processes. What was learnt of one stays known when it has ended. A process that has got the number of another is told from it by its
start, and by its name; a parent began before its child.
*/
export const createProcessBackgrounds = ({read, readCgroup, now}: BackgroundOptions): ((owner: Owner) => ProcessBackground | undefined) => {
	const known = new Map<string, {readonly background: ProcessBackground | undefined; readonly readAt: number}>();

	const ancestorsOf = (child: ReadResult): readonly Ancestor[] => {
		const ancestors: Ancestor[] = [];
		for (let {parent: pid = 0, startTime} = child; pid > 0 && ancestors.length < mostAncestors;) {
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
		const before = known.get(key);
		const moment = now();
		if (before !== undefined && moment - before.readAt < freshness) {
			return before.background;
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
			: before?.background;
		if (known.size >= mostRemembered) {
			known.clear();
		}

		known.set(key, {background, readAt: moment});
		return background;
	};
};

/**
The path of the cgroup in /proc/PID/cgroup (cgroups(7)): that of version 2, or else that of systemd's own hierarchy.

@returns Undefined where there is neither.
*/
export const parseCgroup = (text: string): string | undefined => {
	const paths = new Map(text.split('\n').filter(line => line !== '').map(line => {
		const [hierarchy = '', controllers = '', ...path] = line.split(':');
		return [hierarchy === '0' ? '' : controllers, path.join(':')] as const;
	}));
	const path = paths.get('') ?? paths.get('name=systemd');
	return path === '' ? undefined : path;
};
