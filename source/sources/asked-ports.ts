import {compileBytecode} from '../netlink/bytecode.js';
import type {DiagSocket} from '../netlink/diag-socket.js';
import {findSlot} from '../netlink/inet-parser.js';
import {allStates, boundInactiveStates, dumpRequest} from '../netlink/inet-request.js';
import {protocols} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {bothFamilies} from './restriction.js';

/** Lets those sockets pass whose local port a program asked for. */
const portAskedProgram = compileBytecode({kind: 'not', term: {kind: 'autobound'}});

/**
Notes the sockets of a protocol whose local port a program asked for, while that column is wanted: the kernel tells by its filter alone.

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
	for (const family of bothFamilies) {
		const sequence = socket.nextSequence();
		const request = dumpRequest({
			family, ipProtocol, states: allStates | boundInactiveStates, extensions: 0, bytecode: portAskedProgram,
		}, sequence);
		socket.dump(request, sequence, start => {
			const slot = findSlot(table, socket.views, start);
			if (slot !== -1) {
				asked[slot] = 1;
			}
		});
	}
};
