/** Fills a table of sockets from the state of a frame, so that it is as it was when the frame was written. */
import type {OwnerSink} from '../../owners/owner.js';
import {
	Life,
	Trait,
	type ColumnName,
	type NumericArray,
} from '../../table/columns/columns.js';
import {protocolNames, type ProtocolName} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {relativeColumns} from '../frames/columns.js';
import {readOwnersText} from '../frames/owner-texts.js';
import type {FrameState, StateColumn} from '../frames/state.js';

/** Columns with times of the recorder's clock. */
const clockColumns: ReadonlySet<string> = new Set<ColumnName>(['openedAt', 'stateSince']);

/** Columns that are set row by row. */
const ownColumns: ReadonlySet<string> = new Set<ColumnName>(['cookieLow', 'cookieHigh', 'namespace', 'protocol', 'state', 'life', 'closedAt', 'id']);

/** How a frame is put into a table. */
export type Filling = {
	readonly protocols: ReadonlySet<ProtocolName>;
	/** Milliseconds that the table's clock is ahead of the recorder's. */
	readonly clockOffset: number;
	/** What is added to the numbers of rows, so that those of another run of the recorder are others. */
	readonly idOffset: number;
};

export type TableFiller = (state: FrameState, filling: Filling) => void;

const columnOf = (state: FrameState, name: ColumnName): NumericArray => state.column(name) ?? new Uint8Array(0);

/** The columns of a state that decide what becomes of a row. */
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
@param table Between `begin` and `end` whenever the filler is called.
@param owners Where lists of owners go.
@returns Makes the table's living sockets those of a state. Sockets whose rows are there as closed are closed with their last counters; those of which the frame says
nothing are dropped.
*/
export const createTableFiller = (table: SocketTable, owners: OwnerSink): TableFiller => (state, {protocols, clockOffset, idOffset}) => {
	const keys = keysOf(state);
	const wanted = new Set(protocolNames.flatMap((name, number) => protocols.has(name) ? [number] : []));
	const isFirst = table.sample === 1;
	const writers = state.columns
		.filter(({name}) => !ownColumns.has(name) && table.column(name as ColumnName) !== undefined)
		.map(column => createWriter(table, state, column, {clockOffset, ownersOf: createOwnerNumbers(owners)}));

	/** Takes a row in: its slot in the table. */
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
			// The table takes the FIN off once more.
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

	/** Whether a row of a closed socket was closed since the frame before; what closed earlier has been reported. */
	const isRecent = (from: number): boolean => {
		table.enter(keys.namespace[from]);
		const known = table.find(keys.cookieLow[from], keys.cookieHigh[from]);
		return (known !== -1 && table.core.id[known] === keys.id[from] + idOffset) || (!isFirst && keys.closedAt[from] + clockOffset > table.previousSampleAt);
	};

	const living: number[] = [];
	const closed: number[] = [];
	for (const from of state.slots()) {
		if (wanted.has(keys.protocol[from])) {
			if ((keys.life[from] & Life.closed) === 0) {
				living.push(from);
			} else if (isRecent(from)) {
				closed.push(from);
			}
		}
	}

	// A socket that is closed leaves its identity to another.
	for (const from of closed) {
		const slot = observe(from);
		for (const write of writers) {
			write([from], [slot]);
		}

		close(from, slot);
	}

	const slots = living.map(from => observe(from));
	// Columns grow while rows are taken in, and not any more.
	for (const write of writers) {
		write(living, slots);
	}

	const {life, seenIn} = table.core;
	const seen = new Uint8Array(table.used);
	for (const [index, slot] of slots.entries()) {
		life[slot] = keys.life[living[index]];
		seen[slot] = 1;
		// What is wrong with the socket is in the frame; the table is not to judge again.
		seenIn[slot] = 0;
	}

	for (let slot = 0; slot < table.used; slot++) {
		if ((life[slot] & (Life.used | Life.closed)) === Life.used && seen[slot] === 0) {
			table.close(slot);
			life[slot] |= Life.dropped;
		}
	}
};

/** Numbers of lists of owners by their texts. */
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

/** What turns the number of a frame into that of a table; undefined where they are the same. */
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
		const direction = relativeColumns.get(name) ?? 1;
		const none = direction === 1 ? 0 : 0xFF_FF_FF_FF;
		return value => Number.isNaN(value) ? none : Math.max(0, Math.round((value - state.now) * direction));
	}

	return clockColumns.has(name) ? value => value + clockOffset : undefined;
};
