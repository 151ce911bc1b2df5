/** Acts only on targets that were locked when the user chose the action. */
import type {FieldContext} from '../fields/model/field.js';
import type {DiagSocket} from '../netlink/diag-socket.js';
import {SystemCallError} from '../system/system-calls.js';
import {findSlots} from '../table/find-slots.js';
import {Protocol} from '../table/columns/protocols.js';
import type {
	Acted,
	ActRequest,
	Outcome,
	TargetProcess,
	Targets,
	TargetSocket,
	SignalName,
} from '../contract/acting.js';
import {closeSocket, type CloseResult} from './close-socket.js';
import {
	readStartTime,
	signalOwner,
	type IdentifiedProcess,
	type SignalResult,
} from './signal-owner.js';
import {describeProcesses, describeSocket} from './targets.js';

/** How many locks are kept. Only the last one is on the screen. */
const maximumLocks = 4;

export type ActingOptions = {
	readonly context: FieldContext;
	/** The netlink socket in the network namespace of a slot. It must not be used during a dump. */
	readonly diagSocket: (slot: number) => DiagSocket | undefined;
	/** Called with the id of each connection that was closed. */
	readonly noteDestroyed: (id: number) => void;
	/** Boot time of the machine in milliseconds since 1970. */
	readonly bootedAt: () => number;
	/** The parts of the system; passed in by tests. */
	readonly startTimeOf?: (pid: number) => number | undefined;
	readonly signal?: (process: IdentifiedProcess, signal: SignalName) => SignalResult;
	readonly close?: (socket: DiagSocket, slot: number) => CloseResult;
};

export type Acting = {
	/** Locks the sockets with these ids and the processes that hold them. */
	readonly lock: (number: number, ids: readonly number[]) => Targets;
	/** Acts on locked targets. Call it only between samples. */
	readonly act: (request: ActRequest) => Acted;
};

type Lock = {
	readonly sockets: ReadonlyArray<TargetSocket & {readonly cookieLow: number; readonly cookieHigh: number}>;
	readonly processes: readonly TargetProcess[];
};

export const createActing = ({
	context, diagSocket, noteDestroyed, bootedAt, startTimeOf = readStartTime, signal = signalOwner, close = (socket, slot) => closeSocket(socket, context.table, slot),
}: ActingOptions): Acting => {
	const locks = new Map<number, Lock>();

	/** Closes one socket. Its row may be gone, but ids are never reused. */
	const closeOne = ({id, cookieLow, cookieHigh}: Lock['sockets'][number]): CloseResult => {
		const slot = findSlots(context.table, [id]).at(0);
		const {core} = context.table;
		if (slot === undefined || core.cookieLow[slot] !== cookieLow || core.cookieHigh[slot] !== cookieHigh) {
			return {isClosed: false, message: 'the socket is gone already'};
		}

		const socket = diagSocket(slot);
		if (socket === undefined) {
			return {isClosed: false, message: 'its network namespace is gone'};
		}

		try {
			const result = close(socket, slot);
			if (result.isClosed && core.protocol[slot] === Protocol.tcp) {
				noteDestroyed(id);
			}

			return result;
		} catch (error) {
			if (error instanceof SystemCallError) {
				return {isClosed: false, message: `netlink failed (${error.message})`};
			}

			throw error;
		}
	};

	const closeAll = (sockets: Lock['sockets']): readonly Outcome[] => sockets.map(socket => {
		const {isClosed, message} = closeOne(socket);
		return {target: `${socket.protocol} ${socket.local} → ${socket.peer}`, isDone: isClosed, message};
	});

	const signalAll = (processes: readonly TargetProcess[], name: SignalName): readonly Outcome[] => processes.map(process => {
		const {isSent, message} = signal(process, name);
		return {target: `${process.name}/${process.pid}`, isDone: isSent, message};
	});

	return {
		lock(number, ids) {
			const slots = findSlots(context.table, ids);
			const {core} = context.table;
			const sockets = slots.map(slot => ({...describeSocket(context, slot), cookieLow: core.cookieLow[slot], cookieHigh: core.cookieHigh[slot]}));
			const processes = describeProcesses(context, slots, startTimeOf, bootedAt());
			locks.set(number, {sockets, processes});
			for (const old of locks.keys()) {
				if (locks.size > maximumLocks) {
					locks.delete(old);
				}
			}

			const holders = (slot: number): number => new Set(context.owners.of(core.owners[slot]).map(({pid}) => pid)).size;
			return {
				number,
				sockets: sockets.map(({cookieLow: _low, cookieHigh: _high, ...socket}) => socket),
				processes,
				gone: new Set(ids).size - slots.length,
				isShared: slots.some(slot => holders(slot) > 1),
			};
		},
		act(request) {
			const {number} = request;
			const lock = locks.get(number);
			locks.delete(number);
			if (lock === undefined) {
				return {number, outcomes: []};
			}

			return {
				number,
				outcomes: request.action === 'close'
					? closeAll(lock.sockets)
					: signalAll(lock.processes.filter(({pid}) => request.pids.includes(pid)), request.signal),
			};
		},
	};
};
