/**
Rows of families whose ends are no addresses of IP: UNIX, packet, netlink, VSOCK, XDP, TIPC.

They are few beside those of TCP, and their names are anything that a program chose: the row is read by what must stand around the names. A name that
imitates that can still lie about its own socket.
*/
import {Protocol, protocols, type ProtocolName} from '../../table/protocols.js';
import {State, stateByName} from '../../table/states.js';
import {skipBlanks} from './scan.js';
import {endOfUsers, needsMore} from './users.js';
import {foreign} from './row-reader.js';

/** A row, taken apart. Texts are as they were printed, a character for each byte. */
export type NamedRow = {
	readonly name: ProtocolName;
	readonly state: number;
	readonly recvQ: number;
	readonly sendQ: number;
	/** Without the inode of UNIX sockets. */
	readonly local: string;
	readonly peer: string;
	/** Of UNIX sockets; others have theirs among the details. */
	readonly inode: number;
	readonly peerInode: number;
	/** Between these positions of the text stands the process column; -1 where there is none. */
	readonly usersStart: number;
	readonly usersEnd: number;
	/** What stands behind the processes. */
	readonly details: string;
};

export type NamedRowReader = {
	/** The row that was read last. */
	readonly row: () => NamedRow | undefined;
	/**
	Reads the row between two positions of the text. A name may hold newlines: then the row ends later than it seemed. `isWhole` is whether the text is
	all there is.

	@returns Where the row ends, or `foreign`, or `needsMore` when the text must be longer to tell.
	*/
	readonly read: (text: string, start: number, end: number, isWhole: boolean) => number;
};

/** Lines that a name may be spread over: 108 bytes hold as many newlines, but nobody means that. */
const mostLines = 108;

const namedProtocols: ReadonlySet<string> = new Set(protocols.filter(({domain}) => domain !== 'inet' && domain !== 'smc').map(({name}) => name));

/** Some versions run columns together. */
const fixedPart = /^(?<netid>[a-z]+(?:_[a-z]*)?)\s*(?<state>[A-Z][\-A-Z_]*(?:-\d)?)\s*(?<recvQ>-?\d+)\s+(?<sendQ>-?\d+)\s+/v;

/** What may follow the addresses. */
const afterAddresses = String.raw`(?=\s*(?:$|users:\(\(|skmem:|<->|-->|<--|---|ino:|sk[:=]|uid:|ver:))`;

const unixEnds = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+\* (?<peerInode>\d+)${afterAddresses}`, 'v');
/** From /proc, and in old versions, the other end may have its name. */
const unixEndsWithPeer = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+(?<peer>\S[^\n]*?) (?<peerInode>\d+)${afterAddresses}`, 'v');
const otherEnds = /^(?<local>\S+)(?:\s+(?<peer>\S+))?/v;

type Ends = {readonly local: string; readonly peer: string; readonly inode: number; readonly peerInode: number; readonly length: number};

const readUnixEnds = (text: string): Ends | undefined => {
	const match = unixEnds.exec(text) ?? unixEndsWithPeer.exec(text);
	if (match?.groups === undefined) {
		return undefined;
	}

	const {local, peer = '*', inode, peerInode} = match.groups;
	return {
		local, peer, inode: Number(inode), peerInode: Number(peerInode), length: match[0].length,
	};
};

const readOtherEnds = (text: string): Ends | undefined => {
	const match = otherEnds.exec(text);
	return match?.groups === undefined
		? undefined
		: {
			local: match.groups.local, peer: match.groups.peer ?? '*', inode: 0, peerInode: 0, length: match[0].length,
		};
};

/** @param endOfRow Where the row that goes on at a position ends, or -1 when the text does not tell yet. */
export const createNamedRowReader = (endOfRow: (text: string, at: number, isWhole: boolean) => number): NamedRowReader => {
	let row: NamedRow | undefined;

	/** The ends of a UNIX socket whose name may hold newlines, and where its row ends. */
	const readLines = (text: string, start: number, end: number, isWhole: boolean): number | {readonly ends: Ends; readonly end: number} => {
		for (let line = 0; line < mostLines; line++) {
			const ends = readUnixEnds(text.slice(start, end));
			if (ends !== undefined) {
				return {ends, end};
			}

			if (end >= text.length) {
				return isWhole ? foreign : needsMore;
			}

			const next = end + 1;
			end = endOfRow(text, next, isWhole);
			if (end === -1) {
				return needsMore;
			}

			if (fixedPart.test(text.slice(next, Math.min(end, next + 100)))) {
				return foreign;
			}
		}

		return foreign;
	};

	return {
		row: () => row,
		read(text, start, end, isWhole) {
			const fixed = fixedPart.exec(text.slice(start, Math.min(end, start + 400)));
			if (fixed?.groups === undefined || !namedProtocols.has(fixed.groups.netid)) {
				return foreign;
			}

			const {netid, state, recvQ, sendQ} = fixed.groups;
			const name = netid as ProtocolName;
			const endsStart = start + fixed[0].length;
			const isUnix = protocols[Protocol[name]].domain === 'unix';
			let ends: Ends | undefined;
			if (isUnix) {
				const lines = readLines(text, endsStart, end, isWhole);
				if (typeof lines === 'number') {
					return lines;
				}

				({ends, end} = lines);
			} else {
				ends = readOtherEnds(text.slice(endsStart, end));
			}

			if (ends === undefined) {
				return foreign;
			}

			let at = endsStart + ends.length;
			let usersStart = -1;
			const afterEnds = skipBlanks(text, at, end);
			if (text.startsWith('users:((', afterEnds)) {
				usersStart = afterEnds + 6;
				at = endOfUsers(text, usersStart, isWhole);
				if (at === needsMore) {
					return needsMore;
				}

				if (at > end) {
					end = endOfRow(text, at, isWhole);
					if (end === -1) {
						return needsMore;
					}
				}
			}

			row = {
				name,
				state: stateByName(state) ?? State.unknown,
				recvQ: Number(recvQ),
				sendQ: Number(sendQ),
				local: ends.local,
				peer: ends.peer,
				inode: ends.inode,
				peerInode: ends.peerInode,
				usersStart,
				usersEnd: usersStart === -1 ? -1 : at,
				details: text.slice(at, end),
			};
			return end;
		},
	};
};
