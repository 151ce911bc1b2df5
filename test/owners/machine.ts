import {Descriptor, type Proc, type Visit} from '../../source/owners/proc.js';
import type {Owner} from '../../source/owners/owner.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import type {Changes, SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

type FakeProcess = {
	name: string;
	readonly uid: number;
	readonly startTime: number;
	readonly isKernelThread: boolean;
	isDenied: boolean;
	/** Whether its descriptors may be listed, but not what is behind them (cap_dac_read_search alone). */
	hidesLinks: boolean;
	/** Descriptor → inode; 0 for what is no socket. */
	readonly fds: Map<number, number>;
	/** No descriptor below is free. */
	full: number;
	/** The descriptors in order, while they do not change. */
	sorted: number[] | undefined;
};

type FakeSocket = {readonly uid: number; readonly port: number; state: number; readonly isKernel: boolean; isClosed: boolean};

const scopes = [{protocol: Protocol.tcp, family: Family.inet, states: 0xFF_FF}];

/** A scripted machine: processes and sockets, seen through /proc (which counts its calls and may be slow) and through samples. */
export const createMachine = ({tellsCounts = true}: {tellsCounts?: boolean} = {}) => {
	const processes = new Map<number, FakeProcess>();
	const sockets = new Map<number, FakeSocket>();
	let nextInode = 1000;
	let ticks = 0;
	let beginnings = 0;
	const state = {
		/** Calls to /proc that read something. */
		calls: 0,
		/** Milliseconds, moved by each call. */
		time: 0,
		millisecondsPerCall: 0,
		/** The state in which sockets stay when they are closed, until they `expire`; undefined when they are gone at once. */
		closedState: undefined as number | undefined,
		/** Whether /proc is there. */
		isMounted: true,
		/** Processes that do not even appear in the list, as with hidepid=2. */
		invisible: new Set<number>(),
	};

	const call = (): void => {
		state.calls++;
		state.time += state.millisecondsPerCall;
	};

	const get = (pid: number): FakeProcess => {
		const process = processes.get(pid);
		if (process === undefined) {
			throw new Error(`no process ${pid}`);
		}

		return process;
	};

	const isVisible = (pid: number): boolean => state.isMounted && processes.has(pid) && !state.invisible.has(pid);

	const spawn = (pid: number, name: string, options: Partial<Pick<FakeProcess, 'uid' | 'isDenied' | 'isKernelThread' | 'full'>> = {}): number => {
		processes.set(pid, {
			name, uid: 0, startTime: ++ticks, isDenied: false, hidesLinks: false, isKernelThread: false, fds: new Map(), full: 0, sorted: undefined, ...options,
		});
		beginnings++;
		return pid;
	};

	const place = (pid: number, inode: number, from = 0): number => {
		const process = get(pid);
		let fd = Math.max(process.full, from);
		while (process.fds.has(fd)) {
			fd++;
		}

		process.fds.set(fd, inode);
		process.full = from === 0 ? fd + 1 : process.full;
		process.sorted = undefined;
		return fd;
	};

	const remove = (process: FakeProcess, fd: number): void => {
		process.fds.delete(fd);
		process.full = Math.min(process.full, fd);
		process.sorted = undefined;
	};

	const sortedFds = (process: FakeProcess): readonly number[] => {
		process.sorted ??= Array.from(process.fds, ([fd]) => fd).toSorted((a, b) => a - b);
		return process.sorted;
	};

	/** What becomes of sockets that nobody holds any more: they are gone, or in TIME-WAIT. */
	const removeUnheld = (): void => {
		const held = new Set(Array.from(processes, ([, {fds}]) => Array.from(fds, ([, inode]) => inode)).flat());
		for (const [inode, socket] of sockets) {
			if (!held.has(inode) && !socket.isKernel && !socket.isClosed) {
				if (state.closedState === undefined) {
					sockets.delete(inode);
				} else {
					socket.state = state.closedState;
					socket.isClosed = true;
				}
			}
		}
	};

	const visit = (pid: number): Visit | undefined => {
		call();
		if (!isVisible(pid)) {
			return undefined;
		}

		const process = get(pid);
		const isAlive = () => processes.get(pid) === process;
		return {
			uid: process.uid,
			count: tellsCounts ? process.fds.size : 0,
			isDenied: process.isDenied,
			identity: {
				name: process.name, startTime: process.startTime, parent: 1, isKernelThread: process.isKernelThread, isZombie: false,
			},
			list(from, into) {
				call();
				// Small chunks, so that walks have several.
				const fds = isAlive() ? sortedFds(process) : [];
				const start = fds.findIndex(fd => fd >= from);
				const chunk = start === -1 ? [] : fds.slice(start, start + 100);
				into.set(chunk);
				return chunk.length;
			},
			socketAt(fd) {
				call();
				if (process.hidesLinks) {
					return Descriptor.denied;
				}

				return isAlive() ? process.fds.get(fd) ?? Descriptor.none : Descriptor.none;
			},
			close() {}, // eslint-disable-line @typescript-eslint/no-empty-function -- Nothing is open.
		};
	};

	const proc: Proc = {
		pulse: () => state.isMounted ? `${processes.size} ${beginnings}` : '',
		pids() {
			call();
			return state.isMounted ? Array.from(processes, ([pid]) => pid).filter(pid => isVisible(pid)) : undefined;
		},
		glance(pid) {
			call();
			return isVisible(pid) ? {uid: get(pid).uid, count: tellsCounts ? get(pid).fds.size : 0} : undefined;
		},
		visit,
	};

	return {
		state,
		proc,
		now: () => state.time,
		spawn,
		/** Opens a socket at the lowest free descriptor that is not below `from`; answers with its inode. */
		open(pid: number, {port = 80, socketState = State.established, from = 0}: {port?: number; socketState?: number; from?: number} = {}): number {
			const inode = nextInode++;
			sockets.set(inode, {
				uid: get(pid).uid, port, state: socketState, isKernel: false, isClosed: false,
			});
			place(pid, inode, from);
			return inode;
		},
		/** A socket that no process holds. */
		openInKernel(): number {
			const inode = nextInode++;
			sockets.set(inode, {
				uid: 0, port: 80, state: State.established, isKernel: true, isClosed: false,
			});
			return inode;
		},
		openFile: (pid: number): number => place(pid, Descriptor.other),
		close(pid: number, fd: number): void {
			remove(get(pid), fd);
			removeUnheld();
		},
		fork(parent: number, child: number, options: {isDenied?: boolean} = {}): void {
			const {name, uid, fds, full} = get(parent);
			spawn(child, name, {uid, full, ...options});
			for (const [fd, inode] of fds) {
				get(child).fds.set(fd, inode);
			}
		},
		/** Another program; descriptors with close-on-exec go. */
		exec(pid: number, name: string, closed: readonly number[] = []): void {
			get(pid).name = name;
			for (const fd of closed) {
				remove(get(pid), fd);
			}

			removeUnheld();
		},
		exit(pid: number): void {
			processes.delete(pid);
			removeUnheld();
		},
		/** SCM_RIGHTS, pidfd_getfd or dup. */
		pass: (from: number, fd: number, to: number): number => place(to, get(from).fds.get(fd) ?? Descriptor.other),
		pids: (): number[] => Array.from(processes, ([pid]) => pid),
		fds: (pid: number): number[] => [...sortedFds(get(pid))],
		hideLinks(pid: number): void {
			get(pid).hidesLinks = true;
		},
		/** Sockets that are not closed. */
		inodes: (): number[] => [...sockets].filter(([, socket]) => !socket.isClosed).map(([inode]) => inode),
		/** Closed sockets go at last. */
		expire(): void {
			for (const [inode, socket] of sockets) {
				if (socket.isClosed) {
					sockets.delete(inode);
				}
			}
		},
		/** Who holds a socket, of the processes that may be looked into. */
		holders: (inode: number): Owner[] => [...processes]
			.filter(([, process]) => !process.isDenied)
			.flatMap(([pid, {name, fds}]) => [...fds].filter(([, behind]) => behind === inode).map(([fd]) => ({pid, name, fd})))
			.toSorted((a, b) => a.pid === b.pid ? a.fd - b.fd : a.pid - b.pid),
		isAnyDenied: (): boolean => [...processes].some(([, process]) => process.isDenied && !process.isKernelThread),
		sample(table: SocketTable): Changes {
			table.begin(table.now + 1000);
			for (const [inode, socket] of sockets) {
				const slot = table.observe(inode, 0);
				table.setState(slot, Protocol.tcp, socket.state);
				const {core} = table;
				core.family[slot] = Family.inet;
				core.inode[slot] = inode;
				core.uid[slot] = socket.uid;
				core.localPort[slot] = socket.port;
			}

			// Exact look-ups settle what is gone.
			for (const slot of table.unseen(scopes[0])) {
				table.close(slot);
			}

			return table.end(scopes);
		},
	};
};

export type Machine = ReturnType<typeof createMachine>;

/** Owners as people know them, without what tells processes of one number apart. */
export const withoutStart = (owners: readonly Owner[]): readonly Owner[] => owners.map(({startTime: _, ...owner}) => owner);
