/**
The output of `ss` → rows, as it comes in.

A row is Netid, State, Recv-Q, Send-Q, local and peer endpoint, the processes, and details: words in any number, which `details.ts` reads. Versions
differ in padding, and some run columns together (`tcpESTAB`, `LISTEN0`), so a row is read by what must stand around its parts, not by columns.
Names of UNIX sockets and processes are whatever a program chose; a name that imitates a row can only lie about its own socket.
*/
import {Protocol, protocols} from '../../table/columns/protocols.js';
import {State, stateByName} from '../../table/columns/states.js';
import {endOfUsers, needsMore} from './users.js';

/** A row in its parts. Texts are as they were printed, a character for each byte. */
export type Row = {
	/** Number of the protocol in the table. */
	readonly protocol: number;
	readonly state: number;
	readonly recvQ: number;
	readonly sendQ: number;
	/** Of UNIX sockets without the inode. */
	readonly local: string;
	readonly peer: string;
	/** Inodes of both endpoints of a UNIX socket; 0 for others, which have theirs among the details. */
	readonly inode: number;
	readonly peerInode: number;
	/** The process column from its `((`; empty where there is none. */
	readonly users: string;
	/** What follows the processes. */
	readonly details: string;
};

/** What became of a row: `foreign` is one that made no sense. */
export type Outcome = 'merged' | 'foreign';

export type RowReader = {
	/** Takes the next piece of the output, decoded as Latin-1: a character for each byte. Pieces may end anywhere. */
	readonly write: (text: string) => void;
	/** The output has ended. Where it was cut off, what follows the last newline is half a line, and no row. */
	readonly end: (isCutOff?: boolean) => void;
	/** How many lines so far made no sense, and the first of them. */
	readonly skipped: () => {readonly count: number; readonly first: string};
};

/** A row longer than this is none: `ss` cuts each of its ten columns at 64 KiB. */
export const longestRow = 1 << 20;

/** Characters of a line that made no sense which are kept. */
const mostShown = 200;

/** Lines that the name of a UNIX socket may be spread over: 108 bytes hold as many newlines. */
const mostLines = 108;

/** Raw sockets are called by the protocol that they carry, as far as `ss` has a name for it. An association of SCTP is below its endpoint, without Netid. */
const netids: ReadonlyMap<string, number> = new Map([
	...protocols.map(({name}): [string, number] => [name, Protocol[name]]).filter(([name]) => name !== 'udplite' && name !== 'smc'),
	['icmp6', Protocol.raw],
	['???', Protocol.raw],
	['`-', Protocol.sctp],
]);

/** Number of the protocol that a Netid stands for; undefined when it is none of `ss`. */
export const protocolOfNetid = (netid: string): number | undefined => netids.get(netid);

const fixedPart = /(?<netid>[a-z]+(?:_[a-z]+)?6?|\?\?\?| *`-) *(?<state>FIN-WAIT-\d|[A-Z][\-A-Z_]*) *(?<recvQ>-?\d+) +(?<sendQ>-?\d+) +/vy;

const endpoints = /(?<local>\S+)(?: +(?<peer>\S+))?/vy;

const beforeUsers = / *users:(?=\(\()/vy;

/** What may follow the endpoints of a UNIX socket. */
const afterEndpoints = String.raw`(?=\s*(?:$|users:\(\(|skmem:|<->|-->|<--|---|ino:|sk[:=]|uid:|ver:))`;
const unixEndpoints = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+\* (?<peerInode>\d+)${afterEndpoints}`, 'v');
/** From /proc, and in old versions, the peer may have its name. */
const unixEndpointsWithPeer = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+(?<peer>\S[^\n]*?) (?<peerInode>\d+)${afterEndpoints}`, 'v');

/**
Where the row that a position is in ends: at its newline, or, where the details are on lines of their own that start with a tab, at the newline of
these. `needsMore` when the text is too short to say.
*/
const endOfRow = (text: string, at: number, isWhole: boolean): number => {
	for (;;) {
		const newline = text.indexOf('\n', at);
		if (newline === -1 || newline + 1 === text.length) {
			return isWhole ? text.length - (newline === -1 ? 0 : 1) : needsMore;
		}

		if (text[newline + 1] !== '\t') {
			return newline;
		}

		at = newline + 1;
	}
};

type Endpoints = Pick<Row, 'local' | 'peer' | 'inode' | 'peerInode'> & {
	/** Where the endpoints end, and the row as far as is known. */
	readonly end: number;
	readonly rowEnd: number;
};

/** The endpoints of a UNIX socket. A name may hold newlines: then the row ends later than it seemed. */
const readUnixEndpoints = (text: string, start: number, rowEnd: number, isWhole: boolean): typeof needsMore | Endpoints | undefined => {
	for (let line = 0; line < mostLines; line++) {
		const part = text.slice(start, rowEnd);
		const match = unixEndpoints.exec(part) ?? unixEndpointsWithPeer.exec(part);
		if (match?.groups !== undefined) {
			const {local, peer = '*', inode, peerInode} = match.groups;
			return {
				local, peer, inode: Number(inode), peerInode: Number(peerInode), end: start + match[0].length, rowEnd,
			};
		}

		if (rowEnd >= text.length) {
			return isWhole ? undefined : needsMore;
		}

		const next = rowEnd + 1;
		rowEnd = endOfRow(text, next, isWhole);
		if (rowEnd === needsMore) {
			return needsMore;
		}

		fixedPart.lastIndex = next;
		if (fixedPart.test(text)) {
			return undefined;
		}
	}

	return undefined;
};

const readEndpoints = (text: string, start: number, rowEnd: number): Endpoints | undefined => {
	endpoints.lastIndex = start;
	const groups = endpoints.exec(text)?.groups;
	return groups && {
		local: groups.local, peer: groups.peer ?? '*', inode: 0, peerInode: 0, end: endpoints.lastIndex, rowEnd,
	};
};

/** The row that starts at a position, undefined when it is none, and where it ends; `needsMore` when the text is too short to say. */
const readRow = (text: string, start: number, isWhole: boolean): typeof needsMore | {readonly row: Row | undefined; readonly end: number} => {
	const end = endOfRow(text, start, isWhole);
	if (end === needsMore) {
		return needsMore;
	}

	fixedPart.lastIndex = start;
	const groups = fixedPart.exec(text)?.groups;
	const protocol = groups && protocolOfNetid(groups.netid.trimStart());
	if (groups === undefined || protocol === undefined) {
		return {row: undefined, end};
	}

	const endpointsStart = fixedPart.lastIndex;
	const found = protocols[protocol].domain === 'unix' ? readUnixEndpoints(text, endpointsStart, end, isWhole) : readEndpoints(text, endpointsStart, end);
	if (found === needsMore) {
		return needsMore;
	}

	if (found === undefined) {
		return {row: undefined, end};
	}

	let {end: at, rowEnd} = found;
	let users = '';
	beforeUsers.lastIndex = at;
	if (beforeUsers.test(text)) {
		const usersStart = beforeUsers.lastIndex;
		at = endOfUsers(text, usersStart, isWhole);
		if (at === needsMore) {
			return needsMore;
		}

		users = text.slice(usersStart, at);
		// A process's name may hold newlines, too.
		rowEnd = at > rowEnd ? endOfRow(text, at, isWhole) : rowEnd;
		if (rowEnd === needsMore) {
			return needsMore;
		}
	}

	const {local, peer, inode, peerInode} = found;
	return {
		row: {
			protocol,
			state: stateByName(groups.state) ?? State.unknown,
			recvQ: Number(groups.recvQ),
			sendQ: Number(groups.sendQ),
			local,
			peer,
			inode,
			peerInode,
			users,
			details: text.slice(at, rowEnd),
		},
		end: rowEnd,
	};
};

/** The row that a text is, which may end with a newline; undefined when it is none. */
export const parseRow = (text: string): Row | undefined => {
	const found = readRow(text, 0, true);
	return found === needsMore || found.end < text.trimEnd().length ? undefined : found.row;
};

/** Reads rows and hands each to `onRow`. */
export const createRowReader = (onRow: (row: Row) => Outcome): RowReader => {
	let rest = '';
	let skipped = 0;
	let firstSkipped = '';
	const skip = (line: string): void => {
		firstSkipped = skipped === 0 ? line : firstSkipped;
		skipped++;
	};

	/** Inside of a row that is too long to be one. */
	let isDiscarding = false;

	const read = (text: string, isWhole: boolean): void => {
		let start = 0;
		while (start < text.length) {
			if (text[start] === '\n') {
				start++;
				continue;
			}

			const found = isDiscarding ? {row: undefined, end: endOfRow(text, start, isWhole)} : readRow(text, start, isWhole);
			if (found === needsMore || found.end === needsMore) {
				break;
			}

			const outcome = found.row === undefined ? 'foreign' : onRow(found.row);
			if (!isDiscarding && outcome === 'foreign') {
				skip(text.slice(start, Math.min(found.end, start + mostShown)));
			}

			isDiscarding = false;
			start = found.end + 1;
		}

		rest = text.slice(start);
		if (rest.length <= longestRow) {
			return;
		}

		if (!isDiscarding) {
			skip(rest.slice(0, mostShown));
		}

		rest = '';
		isDiscarding = true;
	};

	return {
		write(text) {
			read(rest + text, false);
		},
		end(isCutOff = false) {
			read(isCutOff ? rest.slice(0, rest.lastIndexOf('\n') + 1) : rest, true);
			rest = '';
		},
		skipped: () => ({count: skipped, first: firstSkipped}),
	};
};
