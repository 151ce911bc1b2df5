/** Fills a socket table from the state of a frame, so that it equals the recorded table. */
import type {OwnerSink} from '../../owners/owner.js';
import {
	Life,
	Trait,
	type ColumnName,
	type NumericArray,
} from '../../table/columns/columns.js';
import {protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {directionOf} from '../frames/columns.js';
import {readOwnersText} from '../frames/owner-texts.js';
import type {FrameState, StateColumn} from '../frames/state.js';

/** Columns with times of the recorder's clock. */
const clockColumns: ReadonlySet<string> = new Set<ColumnName>(['openedAt', 'stateSince']);

/** Columns that the table sets itself, row by row. */
const ownColumns: ReadonlySet<string> = new Set<ColumnName>(['cookieLow', 'cookieHigh', 'namespace', 'protocol', 'state', 'life', 'closedAt', 'id']);

/** Options of filling a table. */
export type FillOptions = {
	readonly protocols: ReadonlySet<ProtocolName>;
	/** Milliseconds to add to times of the recorder's clock. */
	readonly clockOffset: number;
	/** Number to add to ids of sockets, so that ids of different runs of the recorder differ. */
	readonly idOffset: number;
};

export type TableFiller = (state: FrameState, options: FillOptions) => void;

const columnOf = (state: FrameState, name: ColumnName): NumericArray => state.column(name) ?? new Uint8Array(0);

/** The columns of a state that identify sockets and determine their life. */
const keysOf = (state: FrameState) => ({
	cookieLow: columnOf(state, 'cookieLow'),
	cookieHigh: columnOf(state, 'cookieHigh'),
	namespace: columnOf(state, 'namespace'),
	life: columnOf(state, 'life'),
	protocol: columnOf(state, 'protocol'),
	state: columnOf(state, 'state'),
	id: columnOf(state, 'id'),
	closedAt: columnOf(state, 'closedAt'),
	sent: columnOf(state, 'bytesSent'),
	received: columnOf(state, 'bytesReceived'),
});

/**
@param table The table; it must be between `begin` and `end` when the filler is called.
@param owners Stores the owner lists.
@returns A function that makes the open sockets of the table those of a state. Sockets that the state has as closed are closed with their last counters; sockets that
it does not have are dropped.
*/
export const createTableFiller = (table: SocketTable, owners: OwnerSink): TableFiller => (state, {protocols, clockOffset, idOffset}) => {
	const keys = keysOf(state);
	const included = new Set(protocolNames.flatMap((name, number) => protocols.has(name) ? [number] : []));
	const isFirst = table.sample === 1;
	const writers = state.columns
		.filter(({name}) => !ownColumns.has(name) && table.column(name as ColumnName) !== undefined)
		.map(column => createWriter(table, state, column, {clockOffset, ownersOf: createOwnerNumbers(owners)}));

	/** Adds a row to the table and returns its slot. */
	const observe = (from: number): number => {
		const {core} = table;
		table.enter(keys.namespace[from]);
		const known = table.find(keys.cookieLow[from], keys.cookieHigh[from]);
		if (known !== -1 && core.id[known] !== keys.id[from] + idOffset) {
			table.close(known);
			core.life[known] |= Life.dropped;
		}

		const slot = table.observe(keys.cookieLow[from], keys.cookieHigh[from]);
		table.core.id[slot] = keys.id[from] + idOffset;
		table.setState(slot, keys.protocol[from], keys.state[from]);
		if (!Number.isNaN(keys.sent[from])) {
			// The recorded counter is without the FIN, which the table subtracts again.
			table.setCounters(slot, keys.sent[from], keys.received[from] + ((table.core.traits[slot] & Trait.finReceived) === 0 ? 0 : 1));
		}

		return slot;
	};

	const close = (from: number, slot: number): void => {
		const {core} = table;
		const flags = keys.life[from];
		core.life[slot] = flags & ~Life.closed;
		if ((flags & Life.shortLived) !== 0 && table.openedSoFar.at(-1) === slot) {
			table.closeShortLived(slot);
		} else {
			if ((flags & Life.ended) !== 0) {
				table.noteDestroyed(slot);
			}

			table.close(slot);
		}

		core.closedAt[slot] = keys.closedAt[from] + clockOffset;
	};

	/** Whether a closed socket closed after the previous frame. Earlier closes have already been reported. */
	const isRecent = (from: number): boolean => {
		table.enter(keys.namespace[from]);
		const known = table.find(keys.cookieLow[from], keys.cookieHigh[from]);
		return (known !== -1 && table.core.id[known] === keys.id[from] + idOffset) || (!isFirst && keys.closedAt[from] + clockOffset > table.previousSampleAt);
	};

	const living: number[] = [];
	const closed: number[] = [];
	for (const from of state.slots()) {
		if (included.has(keys.protocol[from])) {
			if ((keys.life[from] & Life.closed) === 0) {
				living.push(from);
			} else if (isRecent(from)) {
				closed.push(from);
			}
		}
	}

	// Closed sockets first: their identity may already belong to another socket.
	for (const from of closed) {
		const slot = observe(from);
		for (const write of writers) {
			write([from], [slot]);
		}

		close(from, slot);
	}

	const slots = living.map(from => observe(from));
	// Write columns after all rows are added, because adding rows may reallocate them.
	for (const write of writers) {
		write(living, slots);
	}

	const {life, seenIn} = table.core;
	const seen = new Uint8Array(table.used);
	for (const [index, slot] of slots.entries()) {
		life[slot] = keys.life[living[index]];
		seen[slot] = 1;
		// The frame has the health problem of the socket, so the table must not evaluate it.
		seenIn[slot] = 0;
	}

	for (let slot = 0; slot < table.used; slot++) {
		if ((life[slot] & (Life.used | Life.closed)) === Life.used && seen[slot] === 0) {
			table.close(slot);
			life[slot] |= Life.dropped;
		}
	}
};

/** Maps texts of owner lists to their numbers in the owner store. */
const createOwnerNumbers = (owners: OwnerSink): ((text: string) => number) => {
	const numbers = new Map<string, number>();
	return text => {
		let number = numbers.get(text);
		if (number === undefined) {
			number = owners.intern(readOwnersText(text));
			numbers.set(text, number);
		}

		return number;
	};
};

type Conversions = {readonly clockOffset: number; readonly ownersOf: (text: string) => number};

/** Copies the values of a column from slots of the state to slots of the table. */
type Writer = (from: readonly number[], to: readonly number[]) => void;

const createWriter = (table: SocketTable, state: FrameState, {name, type, lanes, array}: StateColumn, {clockOffset, ownersOf}: Conversions): Writer => {
	const convert = converterOf(table, state, name, type, {clockOffset, ownersOf});
	return (from, to) => {
		const target = table.column(name as ColumnName);
		if (target === undefined) {
			return;
		}

		const {length} = from;
		if (convert !== undefined) {
			for (let index = 0; index < length; index++) {
				target[to[index]] = convert(array[from[index]]);
			}

			return;
		}

		for (let index = 0; index < length; index++) {
			for (let lane = 0; lane < lanes; lane++) {
				target[to[index] * lanes + lane] = array[from[index] * lanes + lane];
			}
		}
	};
};

/** The function that converts a value of a frame to a value of the table; undefined if they are the same. */
const converterOf = (
	table: SocketTable, state: FrameState, name: string, type: StateColumn['type'], {clockOffset, ownersOf}: Conversions,
): ((value: number) => number) | undefined => {
	if (name === 'owners') {
		return value => value === 0 ? 0 : ownersOf(state.texts.of(value));
	}

	if (type === 'text') {
		return value => value === 0 ? 0 : table.texts.intern(state.texts.of(value));
	}

	if (type === 'moment') {
		const direction = directionOf(name);
		const none = direction === 1 ? 0 : 0xFF_FF_FF_FF;
		return value => Number.isNaN(value) ? none : Math.max(0, Math.round((value - state.now) * direction));
	}

	return clockColumns.has(name) ? value => value + clockOffset : undefined;
};
