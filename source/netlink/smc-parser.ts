/**
SMC sockets: `struct smc_diag_req`, `struct smc_diag_msg` and SMC_DIAG_* (`linux/smc_diag.h`, Linux 4.11). Their endpoints are those of the TCP connection that they
began with.
*/
import type {OptionalColumn} from '../table/columns/columns.js';
import {Family} from '../addresses/family.js';
import {Protocol} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import {
	createColumnWriter,
	familyRequest,
	walkAttributes,
	wholeScopes,
	type FamilyReader,
	type FamilyTable,
} from './family-table.js';
import {highWord, lowWord, type Views} from './framing.js';

/** AF_SMC. */
const smcFamily = 43;
const messageLength = 64;

const Attribute = {
	connection: 1, link: 2, dmb: 4, fallback: 5,
} as const;

/** Bits of `diag_ext`. The connection is always requested, because its cursors give the queues. */
const Extension = {connection: 1, link: 2, dmb: 8} as const;

/** `diag_mode` SMC_DIAG_MODE_FALLBACK_TCP. */
const fallbackMode = 1;

/** TCP's states for those of SMC (`enum smc_state` in the kernel's net/smc/smc.h). */
const states: Readonly<Record<number, number>> = {
	1: State.established,
	2: State.unconnected,
	7: State.unconnected,
	10: State.listen,
	// PEERCLOSEWAIT: this side has closed, the peer has not.
	20: State.finWait1,
	21: State.finWait2,
	// APPCLOSEWAIT, APPFINCLOSEWAIT: the peer has closed.
	22: State.closeWait,
	23: State.closeWait,
	24: State.lastAck,
	// PEERFINCLOSEWAIT, PEERABORTWAIT, PROCESSABORT
	25: State.closing,
	26: State.closing,
	27: State.closing,
};

/** Offsets in `struct smc_diag_conninfo`. */
const Connection = {
	token: 0, sendBuffer: 4, receiveBuffer: 8, peerReceiveBuffer: 12, received: 16, consumed: 40, prepared: 52, confirmed: 68, length: 76,
} as const;

/** Offsets in `struct smc_diag_lgrinfo`, whose texts are NUL-terminated. */
const Link = {
	id: 0, device: 1, port: 65, gid: 66, peerGid: 106, role: 146, length: 147,
} as const;

/** `enum smc_lgr_role` in the kernel's net/smc/smc_core.h. */
const roles: readonly string[] = ['client', 'server'];

const dmbLength = 40;

const names = ['smc'] as const;

const createSmcReader = (table: SocketTable, views: Views): FamilyReader => {
	const {bytes, words, halves} = views;
	const set = createColumnWriter(table);
	let slot = -1;

	/** The bytes between two cursors of a ring. A cursor consists of a wrap count (16 bits at offset 2) and a position (32 bits at offset 4). */
	const between = (from: number, to: number, size: number): number => {
		const [start, end] = [words[(from >> 2) + 1], words[(to >> 2) + 1]];
		const hasWrapped = halves[(from >> 1) + 1] !== halves[(to >> 1) + 1];
		return Math.max(0, hasWrapped ? size - start + end : end - start);
	};

	const textAt = (start: number, end: number): string => {
		const nul = bytes.indexOf(0, start);
		// Device names and addresses are ASCII. Any other bytes stay, and are escaped before they are shown.
		return String.fromCodePoint(...bytes.subarray(start, nul === -1 || nul > end ? end : nul));
	};

	const hexAt = (start: number): string => {
		const word = start >> 2;
		return ((BigInt(words[word + highWord]) << 32n) | BigInt(words[word + lowWord])).toString(16);
	};

	const readConnection = (start: number): void => {
		const {core} = table;
		const word = start >> 2;
		const [sendBuffer, receiveBuffer] = [words[word + 1], words[word + 2]];
		core.recvQ[slot] = between(start + Connection.consumed, start + Connection.received, receiveBuffer);
		core.sendQ[slot] = between(start + Connection.confirmed, start + Connection.prepared, sendBuffer);
		set(slot, 'smcToken', words[word]);
		set(slot, 'smcSendBuffer', sendBuffer);
		set(slot, 'smcReceiveBuffer', receiveBuffer);
		set(slot, 'smcPeerReceiveBuffer', words[word + 3]);
	};

	const linkText = (start: number): string => [
		`link:${bytes[start + Link.id]}`,
		`role:${roles[bytes[start + Link.role]] ?? bytes[start + Link.role]}`,
		`device:${textAt(start + Link.device, start + Link.port)}/${bytes[start + Link.port]}`,
		`gid:${textAt(start + Link.gid, start + Link.peerGid)}`,
		`peer_gid:${textAt(start + Link.peerGid, start + Link.role)}`,
	].join(',');

	const dmbText = (start: number): string =>
		`link:${words[start >> 2].toString(16)},gid:${hexAt(start + 16)},peer_gid:${hexAt(start + 8)},token:${hexAt(start + 24)},peer_token:${hexAt(start + 32)}`;

	const readAttribute = (type: number, start: number, end: number): void => {
		const length = end - start;
		if (type === Attribute.connection && length >= Connection.length) {
			readConnection(start);
		} else if (type === Attribute.link && length >= Link.length) {
			set(slot, 'smcLink', table.texts.intern(linkText(start)));
		} else if (type === Attribute.dmb && length >= dmbLength) {
			set(slot, 'smcDmb', table.texts.intern(dmbText(start)));
		}
	};

	/** The kernel sends this attribute for every socket, zeroed if the socket did not fall back. */
	const readFallback = (type: number, start: number, end: number): void => {
		if (!(type === Attribute.fallback && end - start >= 8)) {
			return;
		}

		set(slot, 'smcFallback', words[start >> 2]);
		set(slot, 'smcPeerDiagnosis', words[(start >> 2) + 1]);
	};

	return {
		prepare(protocols, columns) {
			const has = (column: OptionalColumn, extension: number): number => columns.has(column) ? extension : 0;
			return [{
				scopes: wholeScopes(protocols, names, [Family.inet, Family.inet6]),
				request: familyRequest(52, {family: smcFamily, extensions: Extension.connection | has('smcLink', Extension.link) | has('smcDmb', Extension.dmb)}),
			}];
		},
		parse(start, end) {
			if (end - start < messageLength) {
				return -1;
			}

			const word = start >> 2;
			slot = table.observe(words[word + 11], words[word + 12]);
			table.setState(slot, Protocol.smc, states[bytes[start + 1]] ?? State.unknown);
			const {core} = table;
			// The kernel does not report the family. Only an IPv6 address uses more than the first word.
			const isInet6 = [3, 4, 5, 7, 8, 9].some(index => words[word + index] !== 0);
			core.family[slot] = isInet6 ? Family.inet6 : Family.inet;
			core.localPort[slot] = (bytes[start + 4] << 8) | bytes[start + 5];
			core.peerPort[slot] = (bytes[start + 6] << 8) | bytes[start + 7];
			core.localAddress.set(bytes.subarray(start + 8, start + 24), slot * 16);
			core.peerAddress.set(bytes.subarray(start + 24, start + 40), slot * 16);
			core.interfaceIndex[slot] = words[word + 10];
			core.uid[slot] = words[word + 13];
			core.inode[slot] = words[word + 14 + lowWord];
			const mode = bytes[start + 2];
			set(slot, 'smcMode', mode);
			set(slot, 'shutdown', bytes[start + 3]);
			walkAttributes(views, start + messageLength, end, readAttribute);
			if (mode === fallbackMode) {
				walkAttributes(views, start + messageLength, end, readFallback);
			}

			return slot;
		},
	};
};

export const smcTable: FamilyTable = {what: 'SMC sockets', protocols: names, open: createSmcReader};
