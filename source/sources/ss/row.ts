/**
One row of `ss`, taken apart. There is one such object for a whole sample, written anew for each row, so that a sample makes no object per socket.
*/
import {optionalColumns, type OptionalColumn} from '../../table/columns.js';

/** What `ss -i` and `ss -m` tell: the optional columns, and the counters and times that are always kept. A lane is the position of one of them. */
export type Lane = OptionalColumn | 'rtt' | 'bytesSent' | 'bytesReceived';

const laneNames: readonly Lane[] = ['rtt', 'bytesSent', 'bytesReceived', ...(Object.keys(optionalColumns) as OptionalColumn[])];

const laneOf: ReadonlyMap<Lane, number> = new Map(laneNames.map((name, lane) => [name, lane]));

/** The position of a lane. */
export const lane = (name: Lane): number => laneOf.get(name) ?? 0;

/** Positions of the text; a start of -1 when it is not told. */
export type Span = {start: number; end: number};

export type Row = {
	protocol: number;
	family: number;
	state: number;
	readonly localAddress: Uint8Array;
	readonly peerAddress: Uint8Array;
	localPort: number;
	peerPort: number;
	/** Empty when there is none. */
	interfaceName: string;
	/** Of that name, 0 for none. Not the reader's to know: merging sets it. */
	interfaceIndex: number;
	recvQ: number;
	sendQ: number;
	/** Between these positions of the text stands the process column; -1 where there is none. */
	usersStart: number;
	usersEnd: number;
	timer: number;
	timerExpires: number;
	timerRetransmits: number;
	/** NaN when not told. */
	uid: number;
	/** 0 when there is none or it is not told. */
	inode: number;
	/** Low and high half of `sk:`; zeroes when not told. */
	readonly cookie: Uint32Array;
	/** `sk:` was read: what follows is no identity any more. */
	hasCookie: boolean;
	/** The mark of the open directions (`<->`), which only netlink gives, and only for full sockets. */
	hasShutdown: boolean;
	/** Some of `ss -i` was there. */
	hasInfo: boolean;
	/** NaN when not told, which is so when it is 0. */
	mark: number;
	/** Where the texts stand among the details. */
	readonly cgroup: Span;
	readonly congestion: Span;
	readonly ulp: Span;
	readonly locals: Span;
	readonly peers: Span;
	/** Where the list of `inet-sockopt:` ends; 0 where there is none. */
	socketOptionsEnd: number;
	/** By lane; NaN when not told. */
	readonly values: Float64Array;
};

export const createRow = (): Row => ({
	protocol: 0,
	family: 0,
	state: 0,
	localAddress: new Uint8Array(16),
	peerAddress: new Uint8Array(16),
	localPort: 0,
	peerPort: 0,
	interfaceName: '',
	interfaceIndex: 0,
	recvQ: 0,
	sendQ: 0,
	usersStart: -1,
	usersEnd: -1,
	timer: 0,
	timerExpires: 0,
	timerRetransmits: 0,
	uid: NaN,
	inode: 0,
	cookie: new Uint32Array(2),
	hasCookie: false,
	hasShutdown: false,
	hasInfo: false,
	mark: NaN,
	cgroup: {start: -1, end: -1},
	congestion: {start: -1, end: -1},
	ulp: {start: -1, end: -1},
	locals: {start: -1, end: -1},
	peers: {start: -1, end: -1},
	socketOptionsEnd: 0,
	values: new Float64Array(laneNames.length),
});

/** Makes everything but the addresses, ports, protocol, state and queues unknown, which every row has. */
export const clearRow = (row: Row): void => {
	row.interfaceName = '';
	row.interfaceIndex = 0;
	row.usersStart = -1;
	row.usersEnd = -1;
	row.timer = 0;
	row.timerExpires = 0;
	row.timerRetransmits = 0;
	row.uid = NaN;
	row.inode = 0;
	row.cookie.fill(0);
	row.hasCookie = false;
	row.mark = NaN;
	row.cgroup.start = -1;
	clearDetails(row);
};

/** Makes unknown what stands after the identity: `ss -i` and `ss -m`. */
export const clearDetails = (row: Row): void => {
	row.hasShutdown = false;
	row.hasInfo = false;
	row.congestion.start = -1;
	row.ulp.start = -1;
	row.locals.start = -1;
	row.peers.start = -1;
	row.socketOptionsEnd = 0;
	row.values.fill(NaN);
};
