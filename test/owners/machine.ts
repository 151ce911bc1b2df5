import {Descriptor, type Proc, type OpenProcess} from '../../source/owners/proc.js';
import type {Owner} from '../../source/owners/owner.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import type {Changes} from '../../source/table/changes.js';
import type {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

type FakeProcess = {
	name: string;
	readonly uid: number;
	readonly startTime: number;
	readonly isKernelThread: boolean;
	isDenied: boolean;
	/** Whether its descriptors can be listed, but their links not read (only cap_dac_read_search). */
	hidesLinks: boolean;
	/** Descriptor → inode; 0 if it is not a socket. */
	readonly fds: Map<number, number>;
	/** No descriptor below this one is free. */
	full: number;
	/** The descriptors in ascending order, cached until they change. */
	sorted: number[] | undefined;
};

type FakeSocket = {readonly uid: number; readonly port: number; state: number; readonly isKernel: boolean; isClosed: boolean};

const scopes = [{protocol: Protocol.tcp, family: Family.inet, states: 0xFF_FF}];

/** A fake machine with processes and sockets, seen through /proc (which counts its calls and may be slow) and through samples. */
export const createMachine = ({hasCounts = true}: {hasCounts?: boolean} = {}) => {
	const processes = new Map<number, FakeProcess>();
	const sockets = new Map<number, FakeSocket>();
	let nextInode = 1000;
	let ticks = 0;
	let starts = 0;
	const state = {
		/** Calls to /proc that read something. */
		calls: 0,
		/** Descriptors that were listed. */
		listed: 0,
		/** Milliseconds; each call advances it. */
		time: 0,
		millisecondsPerCall: 0,
		/** The state that closed sockets keep until they `expire`; undefined if they disappear immediately. */
		closedState: undefined as number | undefined,
		/** Whether /proc exists. */
		isMounted: true,
		/** Processes that are not listed, as with hidepid=2. */
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
		starts++;
		return pid;
	};

	const assign = (pid: number, inode: number, from = 0): number => {
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

	/** Removes the sockets that no process holds any more, or closes them if `closedState` is set. */
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

	const open = (pid: number): OpenProcess | undefined => {
		call();
		if (!isVisible(pid)) {
			return undefined;
		}

		const process = get(pid);
		const isAlive = () => processes.get(pid) === process;
		return {
			uid: process.uid,
			count: hasCounts ? process.fds.size : 0,
			isDenied: process.isDenied,
			identity: {
				name: process.name, startTime: process.startTime, parent: 1, isKernelThread: process.isKernelThread, isZombie: false,
			},
			list(from, into) {
				call();
				// Small chunks, so that a walk needs several.
				const fds = isAlive() ? sortedFds(process) : [];
				const start = fds.findIndex(fd => fd >= from);
				const chunk = start === -1 ? [] : fds.slice(start, start + Math.min(100, into.length));
				into.set(chunk);
				state.listed += chunk.length;
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
		version: () => state.isMounted ? `${processes.size} ${starts}` : '',
		pids() {
			call();
			return state.isMounted ? Array.from(processes, ([pid]) => pid).filter(pid => isVisible(pid)) : undefined;
		},
		stat(pid) {
			call();
			return isVisible(pid) ? {uid: get(pid).uid, count: hasCounts ? get(pid).fds.size : 0} : undefined;
		},
		open,
	};

	return {
		state,
		proc,
		now: () => state.time,
		spawn,
		/** Opens a socket at the lowest free descriptor from `from` on. Returns its inode. */
		open(pid: number, {port = 80, socketState = State.established, from = 0}: {port?: number; socketState?: number; from?: number} = {}): number {
			const inode = nextInode++;
			sockets.set(inode, {
				uid: get(pid).uid, port, state: socketState, isKernel: false, isClosed: false,
			});
			assign(pid, inode, from);
			return inode;
		},
		/** Opens a socket that no process holds. */
		openInKernel(): number {
			const inode = nextInode++;
			sockets.set(inode, {
				uid: 0, port: 80, state: State.established, isKernel: true, isClosed: false,
			});
			return inode;
		},
		openFile: (pid: number): number => assign(pid, Descriptor.other),
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
		/** Executes another program. `closed` are the descriptors with close-on-exec. */
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
		/** Passes a descriptor, as by SCM_RIGHTS, pidfd_getfd or dup. */
		pass: (from: number, fd: number, to: number): number => assign(to, get(from).fds.get(fd) ?? Descriptor.other),
		pids: (): number[] => Array.from(processes, ([pid]) => pid),
		fds: (pid: number): number[] => [...sortedFds(get(pid))],
		hideLinks(pid: number): void {
			get(pid).hidesLinks = true;
		},
		/** Sockets that are not closed. */
		inodes: (): number[] => [...sockets].filter(([, socket]) => !socket.isClosed).map(([inode]) => inode),
		/** Removes closed sockets. */
		expire(): void {
			for (const [inode, socket] of sockets) {
				if (socket.isClosed) {
					sockets.delete(inode);
				}
			}
		},
		/** The readable processes that hold a socket. */
		holders: (inode: number): Owner[] => [...processes]
			.filter(([, process]) => !process.isDenied)
			.flatMap(([pid, {name, fds}]) => [...fds].filter(([, target]) => target === inode).map(([fd]) => ({pid, name, fd})))
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

			// As if exact lookups had failed.
			for (const slot of table.missing(scopes[0])) {
				table.close(slot);
			}

			return table.end(scopes);
		},
	};
};

export type Machine = ReturnType<typeof createMachine>;

/** Owners without the start time of the process. */
export const withoutStart = (owners: readonly Owner[]): readonly Owner[] => owners.map(({startTime: _, ...owner}) => owner);
