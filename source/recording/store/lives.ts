/** Lives: one row per socket, from when it was first seen to its close. */
import {findField} from '../../fields/registry.js';
import type {Field, FieldContext} from '../../fields/model/field.js';
import {Life, type OptionalColumn} from '../../table/columns/columns.js';
import {isCookie} from '../../table/cookie.js';
import {Protocol} from '../../table/columns/protocols.js';

/** A row of the table `life`, with texts instead of their numbers. Times are milliseconds since 1970. */
export type LifeRow = {
	/** Id of the socket in the recorder's table. */
	readonly socket: number;
	readonly opened: number;
	readonly closed?: number;
	/** The socket existed before the recorder started, so it opened at `opened` or earlier. */
	readonly isOlder: boolean;
	/** Short-lived: it opened and closed between two samples, in the interval that ended at `opened`. */
	readonly isShort: boolean;
	readonly cookie?: bigint;
	readonly namespace?: string;
	readonly protocol: string;
	readonly state?: string;
	readonly local?: string;
	readonly localPort?: number;
	readonly peer?: string;
	readonly peerPort?: number;
	readonly process?: string;
	readonly pid?: number;
	/** Number of other processes that held it. */
	readonly otherOwners: number;
	readonly user?: string;
	readonly uid?: number;
	/** Path. */
	readonly cgroup?: string;
	readonly unit?: string;
	readonly container?: string;
	/** Payload bytes. */
	readonly sent?: number;
	readonly received?: number;
	/** Microseconds. */
	readonly rtt?: number;
	readonly retransmits?: number;
	readonly reason?: string;
};

const field = (id: string): Field => {
	const found = findField(id);
	if (found === undefined) {
		throw new Error(`There is no field ${id}`);
	}

	return found;
};

const textFields = {
	namespace: field('namespace'),
	protocol: field('protocol'),
	state: field('state'),
	local: field('localAddress'),
	peer: field('peerAddress'),
	process: field('comm'),
	user: field('user'),
	cgroup: field('cgroup'),
	unit: field('unit'),
	container: field('container'),
	reason: field('ended'),
} as const;

const numberFields = {
	localPort: field('localPort'),
	peerPort: field('peerPort'),
	pid: field('pid'),
	uid: field('uid'),
	sent: field('bytesSent'),
	received: field('bytesReceived'),
	retransmits: field('totalRetransmits'),
} as const;

/** The optional columns that lives need. */
export const lifeColumns: readonly OptionalColumn[] = [
	...new Set([...Object.values(textFields), ...Object.values(numberFields)].flatMap(({columns = []}) => columns)),
];

const absentRtt = 0xFF_FF_FF_FF;

/** Reads the values of the fields; texts are the same as the fields show. */
const read = (context: FieldContext, slot: number) => {
	const texts = Object.entries(textFields).map(([name, {read: readField}]) => [name, readField(context, slot)] as const);
	const numbers = Object.entries(numberFields).map(([name, {read: readField}]) => [name, readField(context, slot)] as const);
	return Object.fromEntries([...texts, ...numbers].filter(([, value]) => value !== undefined)) as
		Partial<Record<keyof typeof textFields, string> & Record<keyof typeof numberFields, number>>;
};

/**
Reads the life of the socket in a slot.

@param context Of the table, or of the journal for an entry about a close.
@param socket Id of the socket in the table.
@param wallAt Converts milliseconds of the table's clock to milliseconds since 1970.
*/
export const readLife = (context: FieldContext, slot: number, socket: number, wallAt: (moment: number) => number): LifeRow => {
	const {core} = context.table;
	const flags = core.life[slot];
	const isClosed = (flags & Life.closed) !== 0;
	const owners = new Set(context.owners.of(core.owners[slot]).map(({pid}) => pid));
	const rtt = core.rtt[slot];
	const {protocol = '', ...values} = read(context, slot);
	return {
		...values,
		protocol,
		socket,
		opened: wallAt(core.openedAt[slot] - core.ageBefore[slot]),
		...(isClosed && {closed: wallAt(core.closedAt[slot])}),
		isOlder: (flags & Life.initial) !== 0,
		isShort: (flags & Life.shortLived) !== 0,
		...(isCookie(core.cookieHigh[slot]) && {cookie: (BigInt(core.cookieHigh[slot]) << 32n) | BigInt(core.cookieLow[slot])}),
		otherOwners: Math.max(0, owners.size - 1),
		...(rtt !== absentRtt && core.protocol[slot] === Protocol.tcp && {rtt}),
	};
};
