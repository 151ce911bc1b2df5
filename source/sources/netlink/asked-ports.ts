import {compileBytecode} from '../../netlink/bytecode.js';
import type {DiagSocket} from '../../netlink/diag-socket.js';
import {findSlot} from '../../netlink/inet-parser.js';
import {allStates, boundInactiveStates, dumpRequest} from '../../netlink/inet-request.js';
import {absentIn, type NumericArray} from '../../table/columns/columns.js';
import {protocols} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {bothFamilies} from './restriction.js';

/** Lets those sockets pass whose local port a program asked for. */
const portAskedProgram = compileBytecode({kind: 'not', term: {kind: 'autobound'}});

/**
Notes for the sockets of a protocol whether a program asked for their local port, while that column is wanted: only the kernel's filter knows. What was noted once
stays, because the kernel forgets it in TIME-WAIT.

@param table
@param socket In the namespace that the table is about.
@param protocol Number of a protocol over IP.
*/
export const noteAskedPorts = (table: SocketTable, socket: DiagSocket, protocol: number): void => {
	const asked = table.optional('portAsked');
	if (asked === undefined) {
		return;
	}

	const {ipProtocol} = protocols[protocol];
	let isWhole = true;
	for (const family of bothFamilies) {
		const sequence = socket.nextSequence();
		const request = dumpRequest({
			family, ipProtocol, states: allStates | boundInactiveStates, extensions: 0, bytecode: portAskedProgram,
		}, sequence);
		const {errno} = socket.dump(request, sequence, start => {
			const slot = findSlot(table, socket.views, start);
			if (slot !== -1) {
				asked[slot] = 1;
			}
		});
		isWhole &&= errno === 0;
	}

	if (isWhole) {
		noteOthers(table, asked, protocol);
	}
};

/** The other sockets of the protocol in this namespace, as far as nothing is known of them. One that the dump has missed gets its 1 from the next. */
const noteOthers = (table: SocketTable, asked: NumericArray, protocol: number): void => {
	const {core, used, namespace} = table;
	const unknown = absentIn('portAsked');
	for (let slot = 0; slot < used; slot++) {
		if (asked[slot] === unknown && core.protocol[slot] === protocol && core.namespace[slot] === namespace && table.isUsed(slot)) {
			asked[slot] = 0;
		}
	}
};
