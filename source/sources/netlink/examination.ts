/**
Reads one socket with all the details the kernel has. A sample fills the wanted columns of all sockets; this fills all columns of one socket, in a table of its
own, so that samples and their rates are not affected.
*/
import {unixTable} from '../../netlink/unix-parser.js';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import {extensionsFor} from '../../netlink/inet-extensions.js';
import {lookUpSockets} from '../../netlink/inet-lookup.js';
import {createInetParser, findSlot} from '../../netlink/inet-parser.js';
import {dumpRequest} from '../../netlink/inet-request.js';
import type {KernelVersion} from '../../netlink/inet-layout.js';
import {SystemCallError} from '../../system/system-calls.js';
import {
	Protocol,
	protocolNames,
	protocols,
	protocolTables,
} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import type {Examination} from '../source.js';
import {allColumns, createOwnTable, observeAgain} from '../own-table.js';
import type {OnDestroyEvent} from './destroyed-sockets.js';

export type ExaminationOptions = {
	readonly socket: DiagSocket;
	readonly kernel: KernelVersion;
	readonly onEvent: OnDestroyEvent | undefined;
	/** Whether the netlink socket is closed for good. */
	readonly isOver: () => boolean;
};

const extensions = extensionsFor(allColumns);

const inetProtocols: ReadonlySet<number> = new Set([Protocol.tcp, Protocol.udp]);

const unixProtocols: ReadonlySet<number> = new Set(protocolTables.unix.map(name => Protocol[name]));

/**
Starts examining a socket. TCP, UDP and UNIX sockets can be looked up exactly; the kernel lists others only as a whole.

@param samples The table that the samples fill.
@param slot The socket in that table.
@returns Undefined for other protocols.
*/
export const openExamination = (
	samples: SocketTable, slot: number, {socket, kernel, onEvent, isOver}: ExaminationOptions,
): Examination | undefined => {
	const protocol = samples.core.protocol[slot];
	if (!inetProtocols.has(protocol) && !unixProtocols.has(protocol)) {
		return undefined;
	}

	const id = samples.core.id[slot];
	const table = createOwnTable();
	const own = observeAgain(samples, slot, table, samples.now);
	const lookUp = inetProtocols.has(protocol) ? createInetLookup(samples, table, slot, {socket, kernel}) : createUnixLookup(table, own, socket);
	const isOpen = (): boolean => samples.core.id[slot] === id && !samples.isClosed(slot) && !isOver();
	const stop = onEvent?.((ended, views, start, end) => {
		if (!(ended === slot && samples.core.id[slot] === id)) {
			return;
		}

		const parser = createInetParser(table, views, kernel);
		parser.prepare(protocol, allColumns);
		parser.parseAttributes(own, start, end);
	});

	return {
		table,
		slot: own,
		read(now) {
			if (!isOpen()) {
				return;
			}

			observeAgain(samples, slot, table, now);
			try {
				lookUp();
			} catch (error) {
				// The samples report what is wrong with netlink, and try again.
				if (!(error instanceof SystemCallError)) {
					throw error;
				}
			}

			table.end([]);
		},
		close() {
			stop?.();
		},
	};
};

const createInetLookup = (
	samples: SocketTable, table: SocketTable, slot: number, {socket, kernel}: Pick<ExaminationOptions, 'socket' | 'kernel'>,
) => {
	const parser = createInetParser(table, socket.views, kernel);
	const protocol = samples.core.protocol[slot];
	return (): void => {
		parser.prepare(protocol, allColumns);
		let isFound = false;
		lookUpSockets(socket, samples, {slots: [slot], extensions}, (_slot, result) => {
			if (!('start' in result)) {
				return;
			}

			isFound = true;
			parser.parse(result.start, result.end);
		});
		const {family, state, localPort} = samples.core;
		if (isFound || (protocol === Protocol.tcp && state[slot] !== State.listen)) {
			return;
		}

		// The kernel cannot look up single members of a SO_REUSEPORT group: list those in this state on the port.
		const sequence = socket.nextSequence();
		const request = dumpRequest({
			family: family[slot], ipProtocol: protocols[protocol].ipProtocol, states: 1 << state[slot], extensions, localPort: localPort[slot],
		}, sequence);
		socket.dump(request, sequence, (start, end) => {
			if (findSlot(table, socket.views, start) !== -1) {
				parser.parse(start, end);
			}
		});
	};
};

const createUnixLookup = (table: SocketTable, own: number, socket: DiagSocket) => {
	const {prepare, lookup, parse} = unixTable.open(table, socket.views);
	prepare(new Set([protocolNames[table.core.protocol[own]]]), allColumns);
	return (): void => {
		if (lookup === undefined || table.core.inode[own] === 0) {
			return;
		}

		const sequence = socket.nextSequence();
		const request = new Uint8Array(lookup.length);
		lookup.write(request, own, sequence);
		socket.lookUp(request, {first: sequence, count: 1}, (_index, result) => {
			if ('start' in result) {
				parse(result.start, result.end);
			}
		});
	};
};
