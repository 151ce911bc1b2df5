/**
Finds the network namespaces that processes are in. /proc must be read for each process, so all processes are read once, and later only those that may have changed:
new ones, one of each namespace, and a slice of the others in turn. A setns(2) call is therefore noticed after one round at the latest.
*/
import type {Proc} from '../owners/proc.js';

/** In how many refreshes a new process is read, because it enters its namespace after its start (`unshare`, `ip netns exec`, every container runtime). */
const recentRefreshes = 8;

/** How many of the other processes each refresh reads. */
const slice = 64;

/** Access to /proc. */
export type NamespaceProc = Pick<Proc, 'version' | 'pids'> & {
	/** Inode of a process's network namespace; undefined if the process is gone. */
	readonly inodeOf: (pid: number) => number | 'denied' | undefined;
	/** A number, not the inode, that all processes of a network namespace share and that is readable without privileges; undefined if the process is gone. */
	readonly tokenOf: (pid: number) => number | undefined;
};

export type ProcessNamespaces = {
	/** Reads /proc again. */
	readonly refresh: () => void;
	/** The lowest pid in each network namespace, by inode. */
	readonly processes: ReadonlyMap<number, number>;
	/** How many more network namespaces exist whose inode cannot be read without more privileges. */
	readonly hidden: number;
};

/** A process: the refresh that found it, and the inode of its namespace, or if that is denied, 0 and the token. */
type Known = {readonly foundIn: number; inode: number; token: number};

export const createProcessNamespaces = (proc: NamespaceProc): ProcessNamespaces => {
	const known = new Map<number, Known>();
	let processes: ReadonlyMap<number, number> = new Map();
	let hidden = 0;
	let refreshes = 0;
	let version = '';
	/** Iterates over all processes, again and again. */
	let round = known.keys();

	/** Processes found by the first refresh do not count as recent. */
	const isRecent = ({foundIn}: Known): boolean => foundIn > 1 && refreshes - foundIn < recentRefreshes;

	const read = (pid: number): void => {
		const process = known.get(pid);
		// A denied read is expensive, and it is denied again if the process is still in the same namespace.
		if (process !== undefined && process.token !== 0 && !isRecent(process) && proc.tokenOf(pid) === process.token) {
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

	/** Updates the list of processes. */
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
			if (process.foundIn === refreshes || isRecent(process)) {
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

		// Some processes of a known namespace may be denied.
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
