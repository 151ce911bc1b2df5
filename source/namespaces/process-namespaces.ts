/**
Which network namespaces there are because processes are in them. /proc tells it one process at a time, so that all are read once, and then only those that
may have changed: new ones, one of each namespace, and a slice of the others in turn. What a process does by setns(2) is seen a round later at the latest.
*/
import type {Proc} from '../owners/proc.js';

/** A process enters its namespace after it began (`unshare`, `ip netns exec`, every container runtime): it is read in so many refreshes. */
const youth = 8;

/** Processes that are read in turn, in each refresh. */
const slice = 64;

/** What the search asks of /proc. */
export type NamespaceProc = Pick<Proc, 'version' | 'pids'> & {
	/** Inode of the network namespace that a process is in; undefined when the process is gone. */
	readonly inodeOf: (pid: number) => number | 'denied' | undefined;
	/** A number that the processes of one network namespace share and nobody is denied; undefined when the process is gone. It is not the inode. */
	readonly tokenOf: (pid: number) => number | undefined;
};

export type ProcessNamespaces = {
	/** Looks again. */
	readonly refresh: () => void;
	/** Inodes of the network namespaces that processes are in, and of each the process with the lowest number. */
	readonly processes: ReadonlyMap<number, number>;
	/** Network namespaces that there are beyond those: privileges hide which they are. */
	readonly hidden: number;
};

/** A process: the refresh that found it; inode of its namespace, 0 where that is denied; then its token. */
type Known = {readonly foundIn: number; inode: number; token: number};

export const createProcessNamespaces = (proc: NamespaceProc): ProcessNamespaces => {
	const known = new Map<number, Known>();
	let processes: ReadonlyMap<number, number> = new Map();
	let hidden = 0;
	let refreshes = 0;
	let version = '';
	/** Goes through all processes, round after round. */
	let round = known.keys();

	/** Those that the first refresh found are as old as they may be. */
	const isYoung = ({foundIn}: Known): boolean => foundIn > 1 && refreshes - foundIn < youth;

	const read = (pid: number): void => {
		const process = known.get(pid);
		// To be denied again would be dear, and who was denied once and has stayed where it was is denied again.
		if (process !== undefined && process.token !== 0 && !isYoung(process) && proc.tokenOf(pid) === process.token) {
			return;
		}

		const inode = proc.inodeOf(pid);
		const token = inode === 'denied' ? proc.tokenOf(pid) : 0;
		if (process === undefined || inode === undefined || token === undefined) {
			known.delete(pid);
			return;
		}

		process.inode = inode === 'denied' ? 0 : inode;
		process.token = token;
	};

	/** Takes in which processes began and ended. */
	const list = (): void => {
		const newVersion = proc.version();
		if (newVersion !== '' && newVersion === version) {
			return;
		}

		version = newVersion;
		const pids = new Set(proc.pids());
		for (const pid of known.keys()) {
			if (!pids.has(pid)) {
				known.delete(pid);
			}
		}

		for (const pid of pids) {
			if (!known.has(pid)) {
				known.set(pid, {foundIn: refreshes, inode: 0, token: 0});
			}
		}
	};

	const due = (): ReadonlySet<number> => {
		const pids = new Set(processes.values());
		for (const [pid, process] of known) {
			if (process.foundIn === refreshes || isYoung(process)) {
				pids.add(pid);
			}
		}

		for (let count = 0; count < slice; count++) {
			const {value, done} = round.next();
			if (done) {
				round = known.keys();
				break;
			}

			pids.add(value);
		}

		return pids;
	};

	const gather = (): void => {
		const lowest = new Map<number, number>();
		const tokens = new Set<number>();
		for (const [pid, {inode, token}] of known) {
			if (inode !== 0) {
				lowest.set(inode, Math.min(pid, lowest.get(inode) ?? pid));
			} else if (token !== 0) {
				tokens.add(token);
			}
		}

		// Of a namespace that is known, some processes may be denied and others not.
		if (tokens.size > 0) {
			for (const pid of lowest.values()) {
				tokens.delete(proc.tokenOf(pid) ?? 0);
			}
		}

		processes = lowest;
		hidden = tokens.size;
	};

	return {
		refresh() {
			refreshes++;
			list();
			for (const pid of due()) {
				read(pid);
			}

			gather();
		},
		get processes() {
			return processes;
		},
		get hidden() {
			return hidden;
		},
	};
};
