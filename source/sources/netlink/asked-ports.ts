import {compileBytecode} from '../../netlink/bytecode.js';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import {findSlot} from '../../netlink/inet-parser.js';
import {allStates, boundInactiveStates, dumpRequest} from '../../netlink/inet-request.js';
import {absentIn, type NumericArray} from '../../table/columns/columns.js';
import {protocols} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {bothFamilies} from './restriction.js';

/** Matches sockets whose local port was chosen by a program. */
const portAskedProgram = compileBytecode({kind: 'not', term: {kind: 'autobound'}});

/**
Records for the sockets of a protocol whether a program chose their local port, while that column is wanted: only the kernel's filter can tell. Recorded values
stay, because the kernel forgets this in TIME-WAIT.

@param socket In the table's current namespace.
@param protocol Number of an IP protocol.
*/
export const noteAskedPorts = (table: SocketTable, socket: DiagSocket, protocol: number): void => {
	const portAsked = table.optional('portAsked');
	if (portAsked === undefined) {
		return;
	}

	const {ipProtocol} = protocols[protocol];
	let isComplete = true;
	for (const family of bothFamilies) {
		const sequence = socket.nextSequence();
		const request = dumpRequest({
			family, ipProtocol, states: allStates | boundInactiveStates, extensions: 0, bytecode: portAskedProgram,
		}, sequence);
		const {errno} = socket.dump(request, sequence, start => {
			const slot = findSlot(table, socket.views, start);
			if (slot !== -1) {
				portAsked[slot] = 1;
			}
		});
		isComplete &&= errno === 0;
	}

	if (isComplete) {
		recordOthers(table, portAsked, protocol);
	}
};

/**
Records 0 for the other sockets of the protocol in this namespace, if nothing is known yet. A socket that the dump has missed gets its 1 from the next one.
*/
const recordOthers = (table: SocketTable, portAsked: NumericArray, protocol: number): void => {
	const {core, used, namespace} = table;
	const unknown = absentIn('portAsked');
	for (let slot = 0; slot < used; slot++) {
		if (portAsked[slot] === unknown && core.protocol[slot] === protocol && core.namespace[slot] === namespace && table.isUsed(slot)) {
			portAsked[slot] = 0;
		}
	}
};
