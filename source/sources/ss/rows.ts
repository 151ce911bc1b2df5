/**
Splits the output of `ss` into rows, as it comes in.

A row is Netid, State, Recv-Q, Send-Q, local and peer endpoint, the processes, and details: any number of words, which `details.ts` parses. Versions differ in
padding, and some run columns together (`tcpESTAB`, `LISTEN0`), so rows are parsed by what must surround each part, not by column positions. Programs choose the
names of UNIX sockets and processes; a name that imitates a row can only give false information about its own socket.
*/
import {Protocol, protocols} from '../../table/columns/protocols.js';
import {State, stateByName} from '../../table/columns/states.js';
import {endOfUsers, needsMore} from './users.js';

/** A row, split up. Texts are as printed, one character per byte. */
export type Row = {
	/** Number of the protocol in the table. */
	readonly protocol: number;
	readonly state: number;
	readonly recvQ: number;
	readonly sendQ: number;
	/** For UNIX sockets, without the inode. */
	readonly local: string;
	readonly peer: string;
	/** Inodes of both endpoints of a UNIX socket; 0 for others, whose inodes are in the details. */
	readonly inode: number;
	readonly peerInode: number;
	/** The process column, starting at `((`; empty if missing. */
	readonly users: string;
	/** The text after the processes. */
	readonly details: string;
};

/** What became of a row: `invalid` if it could not be parsed. */
export type Outcome = 'merged' | 'invalid';

export type RowReader = {
	/** Takes the next piece of the output, decoded as Latin-1: one character per byte. Pieces may end anywhere. */
	readonly write: (text: string) => void;
	/** Ends the output. If it was cut off, what follows the last newline is an incomplete line and is discarded. */
	readonly end: (isCutOff?: boolean) => void;
	/** How many lines could not be parsed so far, and the first of them. */
	readonly skipped: () => {readonly count: number; readonly first: string};
};

/** The maximum length of a row: `ss` truncates each of its ten columns at 64 KiB. */
export const maxRowLength = 1 << 20;

/** Maximum length of the line that `skipped` returns. */
const maxShown = 200;

/** Maximum number of lines that the name of a UNIX socket may span: its 108 bytes may all be newlines. */
const maxLines = 108;

/** Raw sockets have the name of the protocol that they carry, if `ss` knows one. An SCTP association is printed below its endpoint, without Netid. */
const netids: ReadonlyMap<string, number> = new Map([
	...protocols.map(({name}): [string, number] => [name, Protocol[name]]).filter(([name]) => name !== 'udplite' && name !== 'smc'),
	['icmp6', Protocol.raw],
	['???', Protocol.raw],
	['`-', Protocol.sctp],
]);

/** Number of the protocol for a Netid; undefined if `ss` has no such Netid. */
export const protocolOfNetid = (netid: string): number | undefined => netids.get(netid);

const fixedPart = /(?<netid>[a-z]+(?:_[a-z]+)?6?|\?\?\?| *`-) *(?<state>FIN-WAIT-\d|[A-Z][\-A-Z_]*) *(?<recvQ>-?\d+) +(?<sendQ>-?\d+) +/vy;

const endpoints = /(?<local>\S+)(?: +(?<peer>\S+))?/vy;

const beforeUsers = / *users:(?=\(\()/vy;

/** What may follow the endpoints of a UNIX socket. */
const afterEndpoints = String.raw`(?=\s*(?:$|users:\(\(|skmem:|<->|-->|<--|---|ino:|sk[:=]|uid:|ver:))`;
const unixEndpoints = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+\* (?<peerInode>\d+)${afterEndpoints}`, 'v');
/** From /proc, and in old versions, the peer may have a name. */
const unixEndpointsWithPeer = new RegExp(String.raw`^(?<local>[\s\S]*?) (?<inode>\d+)\s+(?<peer>\S[^\n]*?) (?<peerInode>\d+)${afterEndpoints}`, 'v');

/**
Finds the end of the row that contains a position: its newline, or, if the details are on lines of their own that start with a tab, the newline after these.
`needsMore` if the text is too short to tell.

@param isComplete Whether no more text follows.
*/
const endOfRow = (text: string, at: number, isComplete: boolean): number => {
	for (;;) {
		const newline = text.indexOf('\n', at);
		if (newline === -1 || newline + 1 === text.length) {
			return isComplete ? text.length - (newline === -1 ? 0 : 1) : needsMore;
		}

		if (text[newline + 1] !== '\t') {
			return newline;
		}

		at = newline + 1;
	}
};

type Endpoints = Pick<Row, 'local' | 'peer' | 'inode' | 'peerInode'> & {
	/** Where the endpoints end, and where the row ends as far as known. */
	readonly end: number;
	readonly rowEnd: number;
};

/** Parses the endpoints of a UNIX socket. If a name contains newlines, the row ends later than it seemed. */
const readUnixEndpoints = (text: string, start: number, rowEnd: number, isComplete: boolean): typeof needsMore | Endpoints | undefined => {
	for (let line = 0; line < maxLines; line++) {
		const part = text.slice(start, rowEnd);
		const match = unixEndpoints.exec(part) ?? unixEndpointsWithPeer.exec(part);
		if (match?.groups !== undefined) {
			const {local, peer = '*', inode, peerInode} = match.groups;
			return {
				local, peer, inode: Number(inode), peerInode: Number(peerInode), end: start + match[0].length, rowEnd,
			};
		}

		if (rowEnd >= text.length) {
			return isComplete ? undefined : needsMore;
		}

		const next = rowEnd + 1;
		rowEnd = endOfRow(text, next, isComplete);
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

/** Parses the row that starts at a position, and finds its end. The row is undefined if the text is not one. `needsMore` if the text is too short to tell. */
const readRow = (text: string, start: number, isComplete: boolean): typeof needsMore | {readonly row: Row | undefined; readonly end: number} => {
	const end = endOfRow(text, start, isComplete);
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
	const found = protocols[protocol].domain === 'unix' ? readUnixEndpoints(text, endpointsStart, end, isComplete) : readEndpoints(text, endpointsStart, end);
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
		at = endOfUsers(text, usersStart, isComplete);
		if (at === needsMore) {
			return needsMore;
		}

		users = text.slice(usersStart, at);
		// The name of a process may contain newlines, too.
		rowEnd = at > rowEnd ? endOfRow(text, at, isComplete) : rowEnd;
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

/** Parses a text as one row, which may end with a newline; undefined if it is not a row. */
export const parseRow = (text: string): Row | undefined => {
	const found = readRow(text, 0, true);
	return found === needsMore || found.end < text.trimEnd().length ? undefined : found.row;
};

/** Creates a reader that passes each row to `onRow`. */
export const createRowReader = (onRow: (row: Row) => Outcome): RowReader => {
	let rest = '';
	let skipped = 0;
	let firstSkipped = '';
	const skip = (line: string): void => {
		firstSkipped = skipped === 0 ? line : firstSkipped;
		skipped++;
	};

	/** Whether the current position is inside a row that is too long. */
	let isDiscarding = false;

	const read = (text: string, isComplete: boolean): void => {
		let start = 0;
		while (start < text.length) {
			if (text[start] === '\n') {
				start++;
				continue;
			}

			const found = isDiscarding ? {row: undefined, end: endOfRow(text, start, isComplete)} : readRow(text, start, isComplete);
			if (found === needsMore || found.end === needsMore) {
				break;
			}

			const outcome = found.row === undefined ? 'invalid' : onRow(found.row);
			if (!isDiscarding && outcome === 'invalid') {
				skip(text.slice(start, Math.min(found.end, start + maxShown)));
			}

			isDiscarding = false;
			start = found.end + 1;
		}

		rest = text.slice(start);
		if (rest.length <= maxRowLength) {
			return;
		}

		if (!isDiscarding) {
			skip(rest.slice(0, maxShown));
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
