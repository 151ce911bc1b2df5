/**
One row of `ss` → `Row`.

A row is Netid, State, Recv-Q, Send-Q, local and peer endpoint, the processes, and then words in any number. Versions differ in padding, and some run
columns together (`tcpESTAB`, `LISTEN0`), so the fixed part is read from the left by what may stand there, not by columns.
*/
import {parseAddress} from '../../addresses/address.js';
import type {FamilyNumber} from '../../addresses/family.js';
import {Protocol} from '../../table/protocols.js';
import {State, stateByName} from '../../table/states.js';
import {clearRow, createRow, type Row} from './row.js';
import {
	blank,
	codeAt,
	colon,
	endOfDigits,
	endOfWord,
	readNumber,
	skipBlanks,
} from './scan.js';
import {endOfUsers, needsMore} from './users.js';
import {hashStep, type Words} from './words.js';

/** The row is none of a socket of IP, or not one at all. */
export const foreign = -2;

export type RowReader = {
	readonly row: Row;
	/**
	Reads the row between two positions of the text into `row`. A process's name may hold newlines: then the row ends later than it seemed.
	`isWhole` is whether the text is all there is.

	@returns Where the row ends, or `foreign`, or `needsMore` when the text must be longer to tell.
	*/
	readonly read: (text: string, start: number, end: number, isWhole: boolean) => number;
};

export type RowReaderOptions = {
	readonly words: Words;
	/** What `*` stands for where nothing else tells: the dual-stack wildcard `::` since 4.14. */
	readonly wildcardFamily: FamilyNumber;
	/** Where the row that goes on at a position ends, or -1 when the text does not tell yet. */
	readonly endOfRow: (text: string, at: number, isWhole: boolean) => number;
};

/** Raw sockets are called by the protocol that they carry, as far as `ss` has a name for it. */
const otherNetids = [
	['raw', Protocol.raw], ['icmp6', Protocol.raw], ['???', Protocol.raw], ['mptcp', Protocol.mptcp], ['sctp', Protocol.sctp], ['dccp', Protocol.dccp],
] as const;

const associationMark = '`- ';

const minus = 0x2D;
const percent = 0x25;
const asterisk = 0x2A;
const openingBracket = 0x5B;
const closingBracket = 0x5D;

/** `ss` prints them signed: the kernel's 0xffffffff is -1. */
const readQueue = (text: string, at: number): number => codeAt(text, at) === minus ? -readNumber(text, at + 1) : readNumber(text, at);

const endOfQueue = (text: string, at: number): number => endOfDigits(text, codeAt(text, at) === minus ? at + 1 : at);

const underscore = 0x5F;

const isStateLetter = (code: number): boolean => (code >= 0x41 && code <= 0x5A) || code === minus || code === underscore;

/** Position after the state's name: capitals, hyphens and underscores, and the number in FIN-WAIT-1. Recv-Q may follow without a blank. */
const endOfState = (text: string, at: number): number => {
	const start = at;
	while (isStateLetter(codeAt(text, at))) {
		at++;
	}

	return text.startsWith('FIN-WAIT-', start) && at === start + 9 ? at + 1 : at;
};

export const createRowReader = ({words, wildcardFamily, endOfRow}: RowReaderOptions): RowReader => {
	const row = createRow();
	/** What an endpoint leaves besides its address. */
	let port = 0;
	let interfaceName = '';

	/**
	Reads `address[%interface]:port` between two positions.

	@returns The family, 0 for the wildcard `*`, or -1 when it is no endpoint.
	*/
	const readEndpoint = (text: string, start: number, end: number, address: Uint8Array): number => {
		let portStart = end;
		while (portStart > start && codeAt(text, portStart - 1) !== colon) {
			portStart--;
		}

		if (portStart <= start + 1) {
			return -1;
		}

		if (codeAt(text, portStart) === asterisk && portStart + 1 === end) {
			port = 0;
		} else {
			port = readNumber(text, portStart);
			if (!(port <= 0xFF_FF) || endOfDigits(text, portStart) !== end) {
				return -1;
			}
		}

		let addressEnd = portStart - 1;
		interfaceName = '';
		for (let at = start; at < addressEnd; at++) {
			if (codeAt(text, at) === percent) {
				interfaceName = text.slice(at + 1, addressEnd);
				addressEnd = at;
			}
		}

		address.fill(0);
		if (codeAt(text, start) === asterisk && addressEnd === start + 1) {
			return 0;
		}

		// Brackets came with 4.13.
		const hasBrackets = codeAt(text, start) === openingBracket && codeAt(text, addressEnd - 1) === closingBracket;
		return parseAddress(hasBrackets ? text.slice(start + 1, addressEnd - 1) : text.slice(start, addressEnd), address, 0) ?? -1;
	};

	/** Reads the Netid into the row; returns the position behind, or `foreign`. */
	const readNetid = (text: string, start: number, end: number): number => {
		if (text.startsWith('tcp', start)) {
			row.protocol = Protocol.tcp;
			return start + 3;
		}

		if (text.startsWith('udp', start)) {
			row.protocol = Protocol.udp;
			return start + 3;
		}

		for (const [netid, protocol] of otherNetids) {
			if (text.startsWith(netid, start)) {
				row.protocol = protocol;
				return start + netid.length;
			}
		}

		// An association of SCTP stands below its endpoint and has no Netid.
		const at = skipBlanks(text, start, end);
		if (!text.startsWith(associationMark, at)) {
			return foreign;
		}

		row.protocol = Protocol.sctp;
		return at + associationMark.length;
	};

	/** Reads from Netid to the peer's endpoint; returns the position behind, or `foreign`. */
	const readFixedPart = (text: string, start: number, end: number): number => {
		const netidEnd = readNetid(text, start, end);
		if (netidEnd === foreign) {
			return foreign;
		}

		const stateStart = skipBlanks(text, netidEnd, end);
		const stateEnd = endOfState(text, stateStart);
		const recvStart = skipBlanks(text, stateEnd, end);
		const recvEnd = endOfQueue(text, recvStart);
		const sendStart = skipBlanks(text, recvEnd, end);
		const sendEnd = endOfQueue(text, sendStart);
		const localStart = skipBlanks(text, sendEnd, end);
		const localEnd = endOfWord(text, localStart, end);
		const peerStart = skipBlanks(text, localEnd, end);
		const peerEnd = endOfWord(text, peerStart, end);
		if (stateEnd === stateStart || sendStart === recvEnd || localStart === sendEnd || peerEnd === peerStart) {
			return foreign;
		}

		row.state = stateByName(text.slice(stateStart, stateEnd)) ?? State.unknown;
		row.recvQ = readQueue(text, recvStart);
		row.sendQ = readQueue(text, sendStart);
		const localFamily = readEndpoint(text, localStart, localEnd, row.localAddress);
		row.localPort = port;
		row.interfaceName = interfaceName;
		const peerFamily = readEndpoint(text, peerStart, peerEnd, row.peerAddress);
		row.peerPort = port;
		const isMixed = localFamily > 0 && peerFamily > 0 && localFamily !== peerFamily;
		if (isMixed || localFamily === -1 || peerFamily === -1 || Number.isNaN(row.recvQ + row.sendQ)) {
			return foreign;
		}

		const family = localFamily === 0 ? peerFamily : localFamily;
		row.family = family === 0 ? wildcardFamily : family;
		return peerEnd;
	};

	/** Reads the words between two positions. Padding is only stepped over. */
	const readWords = (text: string, at: number, end: number): void => {
		while (at < end) {
			let code = codeAt(text, at);
			if (code <= blank) {
				at++;
				continue;
			}

			const start = at;
			let hash = 0;
			while (code > blank && code !== colon) {
				hash = hashStep(hash, code);
				code = ++at < end ? codeAt(text, at) : blank;
			}

			if (code !== colon && words.bare !== undefined) {
				words.bare(row, text, start, at);
			}

			const word = words.byHash.get(hash);
			if (word?.key.length === at - start && text.startsWith(word.key, start)) {
				word.read(row, text, at + 1, end);
			}

			at = endOfWord(text, at, end);
		}
	};

	return {
		row,
		read(text, start, end, isWhole) {
			clearRow(row);
			let at = readFixedPart(text, start, end);
			if (at === foreign) {
				return foreign;
			}

			const usersStart = skipBlanks(text, at, end);
			if (text.startsWith('users:((', usersStart)) {
				at = endOfUsers(text, usersStart + 6, isWhole);
				if (at === needsMore) {
					return needsMore;
				}

				row.usersStart = usersStart + 6;
				row.usersEnd = at;
				if (at > end) {
					end = endOfRow(text, at, isWhole);
					if (end === -1) {
						return needsMore;
					}
				}
			}

			readWords(text, at, end);
			return end;
		},
	};
};
