/**
SMC sockets: `struct smc_diag_req` and `struct smc_diag_msg` (`linux/smc_diag.h`, Linux 4.11). They have the ends of the TCP connection that they began with.
*/
import {Family, Protocol} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/states.js';
import {
	familyRequest,
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import type {Views} from './framing.js';

/** AF_SMC. */
const smcFamily = 43;
const messageLength = 64;

/** SMC's own states (`enum smc_state` in the kernel's net/smc/smc.h) in the words of TCP. */
const states: Readonly<Record<number, number>> = {
	1: State.established,
	2: State.unconnected,
	7: State.unconnected,
	10: State.listen,
	// PEERCLOSEWAIT: this end has closed, the other has not.
	20: State.finWait1,
	21: State.finWait2,
	// APPCLOSEWAIT, APPFINCLOSEWAIT: the other end has closed.
	22: State.closeWait,
	23: State.closeWait,
	24: State.lastAck,
	// PEERFINCLOSEWAIT, PEERABORTWAIT, PROCESSABORT
	25: State.closing,
	26: State.closing,
	27: State.closing,
};

const names = ['smc'] as const;

const createSmcReader = (table: SocketTable, {bytes, words}: Views): FamilyReader => ({
	prepare: protocols => [{scopes: wholeScopes(protocols, names, [Family.inet, Family.inet6]), request: familyRequest(52, {family: smcFamily})}],
	parse(start, end) {
		if (end - start < messageLength) {
			return -1;
		}

		const word = start >> 2;
		const slot = table.observe(words[word + 11], words[word + 12]);
		table.setState(slot, Protocol.smc, states[bytes[start + 1]] ?? State.unknown);
		const {core} = table;
		// The family is not told. Only IPv6 fills more than the first word.
		const isInet6 = [3, 4, 5, 7, 8, 9].some(index => words[word + index] !== 0);
		core.family[slot] = isInet6 ? Family.inet6 : Family.inet;
		core.localPort[slot] = (bytes[start + 4] << 8) | bytes[start + 5];
		core.peerPort[slot] = (bytes[start + 6] << 8) | bytes[start + 7];
		core.localAddress.set(bytes.subarray(start + 8, start + 24), slot * 16);
		core.peerAddress.set(bytes.subarray(start + 24, start + 40), slot * 16);
		core.interfaceIndex[slot] = words[word + 10];
		core.uid[slot] = words[word + 13];
		core.inode[slot] = words[word + 14];
		const mode = table.optional('smcMode');
		if (mode !== undefined) {
			mode[slot] = bytes[start + 2];
		}

		const shutdown = table.optional('shutdown');
		if (shutdown !== undefined) {
			shutdown[slot] = bytes[start + 3];
		}

		return slot;
	},
});

export const smcTable: FamilyTable = {what: 'SMC sockets', protocols: names, open: createSmcReader};
