/**
Protocols other than TCP and UDP with inet_diag: raw sockets (Linux 4.10), UDP-Lite (until 7.0), MPTCP (5.9), SCTP (4.7) and DCCP (until 6.15).
*/
import {constants} from 'node:os';
import {Family} from '../addresses/family.js';
import {Protocol, protocols as records, type ProtocolName} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {wholeScopes, type FamilyReader, type FamilyTable} from './family-table.js';
import type {Views} from './framing.js';
import {extensionsFor} from './inet-extensions.js';
import {createInetParser} from './inet-parser.js';
import {dumpRequest} from './inet-request.js';

/** SCTP lists endpoints and associations depending on the requested states. Its states have numbers of their own. */
const everyState = 0xFF_FF_FF_FF;

const inetTable = (name: ProtocolName, what: string, refusals?: readonly number[]): FamilyTable => ({
	what,
	protocols: [name],
	...(refusals !== undefined && {refusals}),
	open(table: SocketTable, views: Views, kernel): FamilyReader {
		const parser = createInetParser(table, views, kernel);
		const {ipProtocol} = records[Protocol[name]];
		return {
			prepare(protocols, columns) {
				parser.prepare(Protocol[name], columns);
				const extensions = extensionsFor(columns);
				return [Family.inet, Family.inet6].map(family => ({
					scopes: wholeScopes(protocols, [name], [family]),
					request: sequence => dumpRequest({
						family, ipProtocol, states: everyState, extensions,
					}, sequence),
				}));
			},
			parse: parser.parse,
		};
	},
});

export const inetTables: readonly FamilyTable[] = [
	inetTable('raw', 'raw sockets'),
	inetTable('mptcp', 'MPTCP sockets'),
	inetTable('udplite', 'UDP-Lite sockets'),
	inetTable('sctp', 'SCTP sockets'),
	// Newer kernels reject the protocol number.
	inetTable('dccp', 'DCCP sockets', [constants.errno.EINVAL]),
];
