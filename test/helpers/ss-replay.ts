/** Runs the `ss` source with recorded outputs, and describes the result. */
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import {createSsSource} from '../../source/sources/ss/source.js';
import type {RunSs} from '../../source/sources/ss/runner.js';
import type {SampleReport, SocketReader} from '../../source/sources/source.js';
import type {Owner} from '../../source/owners/owner.js';
import {
	absentIn,
	absent,
	optionalColumns,
	type OptionalColumn,
} from '../../source/table/columns/columns.js';
import {protocolNames, type ProtocolName} from '../../source/table/columns/protocols.js';
import {healthColumns} from '../../source/table/health/columns.js';
import type {Changes} from '../../source/table/changes.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {stateName} from '../../source/table/columns/states.js';
import {formatAddress, formatEndpoint} from '../../source/addresses/address.js';

export const allColumns = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

/** The content of a fixture without its first line, which has the arguments; one character per byte. */
export const readFixture = (name: string): string => {
	const text = fs.readFileSync(new URL(`../fixtures/ss/${name}.txt`, import.meta.url), 'latin1');
	return text.slice(text.indexOf('\n') + 1);
};

/** A fake `ss` that prints one text after another, in pieces of a given length. */
export const replayRun = (versionText: string, outputs: readonly string[], pieceLength = 65_536): RunSs => {
	let next = 0;
	return async ([argument], onText) => {
		const text = argument === '-V' ? versionText : outputs[next++];
		for (let start = 0; start < text.length; start += pieceLength) {
			onText(text.slice(start, start + pieceLength));
		}

		return {isMissing: false};
	};
};

export type ReplayOptions = {
	readonly version?: string;
	readonly kernelRelease?: string;
	readonly columns?: ReadonlySet<OptionalColumn>;
	readonly protocols?: readonly ProtocolName[];
	readonly pieceLength?: number;
	readonly run?: RunSs;
};

export type Replay = {
	readonly source: SocketReader;
	readonly table: SocketTable;
	/** Takes the next sample, one second after the previous one. */
	readonly sample: () => Promise<{readonly report: SampleReport; readonly changes: Changes}>;
	readonly ownersOf: (slot: number) => readonly Owner[];
	/** The interned lists of owners. */
	readonly interned: () => number;
};

export const interfaceIndex = (name: string): number | undefined => name === 'lo' ? 1 : undefined;

export const replay = async (outputs: readonly string[], {
	version = '6.1.0', kernelRelease = '6.18.44', columns = allColumns, protocols, pieceLength, run = replayRun(`ss utility, iproute2-${version}\n`, outputs, pieceLength),
}: ReplayOptions = {}): Promise<Replay> => {
	const lists: Array<readonly Owner[]> = [[]];
	const table = new SocketTable();
	table.setOptionalColumns(columns);
	const source = await createSsSource({
		run,
		kernelRelease,
		interfaceIndex,
		owners: {
			intern(owners) {
				lists.push(owners);
				return lists.length - 1;
			},
		},
	});
	let now = 0;
	return {
		source,
		table,
		async sample() {
			now += 1000;
			table.begin(now);
			const report = await source.sample(table, {columns, ...(protocols !== undefined && {protocols: new Set(protocols)})});
			return {report, changes: table.end(report.complete)};
		},
		ownersOf: slot => lists[table.core.owners[slot]],
		interned: () => lists.length - 1,
	};
};

/** The slots of open sockets, in the order in which they were opened. */
export const slotsOf = (table: SocketTable): number[] =>
	Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot) && !table.isClosed(slot));

const endpoint = (table: SocketTable, slot: number, side: 'local' | 'peer'): string => {
	const {core} = table;
	const address = formatAddress(core[`${side}Address`], slot * 16, core.family[slot]);
	const index = side === 'local' ? core.interfaceIndex[slot] : 0;
	return formatEndpoint(address, core[`${side}Port`][slot], index === 0 ? undefined : String(index));
};

const known = (value: number, absentValue = NaN): string => Object.is(value, absentValue) ? '-' : String(value);

/** Describes a socket in one line: what `ss` prints, uid, inode, cookie, timer, RTT, payload sent and received, owners; `-` for unknown values. */
export const describe = ({table, ownersOf}: Pick<Replay, 'table' | 'ownersOf'>, slot: number): string => {
	const {core} = table;
	return [
		protocolNames[core.protocol[slot]],
		stateName(core.state[slot]),
		core.recvQ[slot],
		core.sendQ[slot],
		endpoint(table, slot, 'local'),
		endpoint(table, slot, 'peer'),
		known(core.uid[slot], absent.u32),
		known(core.inode[slot], 0),
		((BigInt(core.cookieHigh[slot]) << 32n) | BigInt(core.cookieLow[slot])).toString(16),
		core.timer[slot],
		known(core.rtt[slot], absent.u32),
		known(core.bytesSent[slot]),
		known(core.bytesReceived[slot]),
		...ownersOf(slot).map(({name, pid, fd}) => `${name}/${pid}/${fd ?? '-'}`),
	].join(' ');
};

const madeByTable: ReadonlySet<OptionalColumn> = new Set(healthColumns);

/** The optional columns of a socket that have values. */
export const optionalOf = (table: SocketTable, slot: number): Partial<Record<OptionalColumn, number>> => {
	const values: Partial<Record<OptionalColumn, number>> = {};
	for (const column of allColumns) {
		const value = madeByTable.has(column) ? undefined : table.optional(column)?.[slot];
		if (value !== undefined && !Object.is(value, absentIn(column))) {
			values[column] = value;
		}
	}

	return values;
};

/** Finds the slot of the socket with these ports. */
export const slotAt = (table: SocketTable, localPort: number, peerPort = 0): number => {
	const slot = slotsOf(table).find(candidate => table.core.localPort[candidate] === localPort && table.core.peerPort[candidate] === peerPort);
	if (slot === undefined) {
		throw new Error(`no socket has the ports ${localPort} and ${peerPort}`);
	}

	return slot;
};

/** Converts a text to one character per byte. */
export const toBytes = (text: string): string => Buffer.from(text).toString('latin1');
