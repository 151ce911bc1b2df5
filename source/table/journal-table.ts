import {
	coreColumns,
	Life,
	textColumns,
	type ColumnName,
	type CoreColumn,
} from './columns/columns.js';
import {createConnections} from './connections.js';
import type {Mark} from './mark.js';
import {SocketTable} from './socket-table.js';

/** What happened to a socket: the values of the column `event`. */
export const Event = {opened: 1, changed: 2, closed: 3} as const;

/** By number. */
export const eventNames = ['', 'opened', 'changed', 'closed'] as const;

export type EventName = Exclude<(typeof eventNames)[number], ''>;

const copied = (Object.keys(coreColumns) as CoreColumn[]).filter(name => name !== 'id');

const texts: ReadonlySet<ColumnName> = new Set(textColumns);

const lanesOf = (name: ColumnName): number => name === 'localAddress' || name === 'peerAddress' ? 16 : 1;

/** What an entry holds besides the columns of the socket. */
export type EntryFacts = {
	/** A value of `Event`. */
	readonly event: number;
	/** Milliseconds since 1970. */
	readonly time: number;
	/** The previous state, if the state changed. */
	readonly previousState?: number;
	/** A number of `closeReasons`. */
	readonly reason?: number;
};

/**
The entries of the journal, stored like a table of sockets: a slot holds a socket as it was when an event happened. So fields, filters and orders work on
entries as they do on sockets. When the journal is full, the newest entry takes the slot of the oldest.

The ids of entries increase with time. An entry takes 160 bytes.
*/
export class JournalTable extends SocketTable {
	/** By slot. */
	event: Uint8Array;
	time: Float64Array;
	override recordedAt: Float64Array;
	previousState: Uint8Array;
	/** Numbers of `closeReasons`. */
	ended: Uint8Array;
	/** Id of the row that the socket has, or had, in the table of sockets. */
	socket: Uint32Array;
	/** Entries that are kept. */
	length: number;
	/** Entries about the same event at both ends of a connection. Listeners are known in the table of sockets. */
	override readonly connections = createConnections(this, {
		listeners: () => this.#sockets?.connections,
		isAlike: (slot, other) => this.event[slot] === this.event[other],
	});

	readonly #sockets: SocketTable | undefined;
	#entries = 0;
	/** Id of the entry before the one that is in slot 0. */
	#before = 0;
	/** Id of the last entry that was forgotten for its age. */
	#forgotten = 0;
	#mark: Mark | undefined;

	/**
	@param length Number of entries that are kept.
	@param sockets The table of the sockets that the entries are about, if there is one.
	*/
	constructor(length: number, sockets?: SocketTable) {
		super();
		this.length = length;
		this.#sockets = sockets;
		this.event = new Uint8Array(length);
		this.time = new Float64Array(length);
		this.recordedAt = new Float64Array(length);
		this.previousState = new Uint8Array(length);
		this.ended = new Uint8Array(length);
		this.socket = new Uint32Array(length);
	}

	/** Number of entries so far, including those that were overwritten. */
	get entries(): number {
		return this.#entries;
	}

	override get mark(): Mark | undefined {
		return this.#mark;
	}

	/** Makes the entries recorded from now on new. Entries never change, so a mark has no other effect. */
	override setMark(): void {
		const last = this.#entries;
		this.#mark = {
			at: this.now,
			isOpenedSince: slot => this.core.id[slot] > last,
			isClosedSince: () => false,
			sentSince: () => NaN,
			receivedSince: () => NaN,
		};
	}

	override clearMark(): void {
		this.#mark = undefined;
	}

	/** Id of the oldest entry; if there is none, the id of the next one. */
	get first(): number {
		return Math.max(this.#forgotten, this.#entries - this.length, this.#before) + 1;
	}

	/** Forgets entries from before a time, in milliseconds since 1970. */
	forgetBefore(time: number): void {
		for (let id = this.first; id <= this.#entries && this.time[this.slotOf(id)] < time; id++) {
			// It stays in its slot until another entry takes that, in its turn.
			this.core.life[this.slotOf(id)] = 0;
			this.#forgotten = id;
			this.sample++;
		}
	}

	/** Keeps another number of entries, of those there are the newest. */
	resize(length: number): void {
		if (length === this.length) {
			return;
		}

		const first = Math.max(this.first, this.#entries - length + 1);
		const slots = Array.from({length: this.#entries - first + 1}, (_, index) => this.slotOf(first + index));
		this.keepOnly(slots);
		this.event = picked(new Uint8Array(length), this.event, slots);
		this.time = picked(new Float64Array(length), this.time, slots);
		this.recordedAt = picked(new Float64Array(length), this.recordedAt, slots);
		this.previousState = picked(new Uint8Array(length), this.previousState, slots);
		this.ended = picked(new Uint8Array(length), this.ended, slots);
		this.socket = picked(new Uint32Array(length), this.socket, slots);
		this.length = length;
		this.#before = first - 1;
		this.sample++;
	}

	/**
	Adds an entry about the socket in a slot of another table.

	@returns The slot of the entry.
	*/
	append(source: SocketTable, slot: number, {event, time, previousState = 0, reason: end = 0}: EntryFacts): number {
		if (this.#entries - this.#before >= this.length) {
			this.freeSlot(this.slotOf(this.#entries + 1));
		}

		const own = this.takeSlot();
		this.copy(copied, source, slot, own);
		this.copy(this.optionalNames, source, slot, own);

		const {core} = this;
		core.life[own] |= Life.used;
		this.#entries++;
		// Results that were computed while a sample is being recorded must not be reused after the next entry.
		this.sample++;
		core.id[own] = this.#entries;
		this.event[own] = event;
		this.time[own] = time;
		this.recordedAt[own] = this.now;
		this.previousState[own] = previousState;
		this.ended[own] = end;
		this.socket[own] = source.core.id[slot];
		return own;
	}

	/** Copies columns of a socket in another table to an entry. */
	copy(names: Iterable<ColumnName>, source: SocketTable, slot: number, own: number): void {
		for (const name of names) {
			this.#copy(name, source, slot, own);
		}
	}

	/** The entries about closes: their ids, by id of the socket. */
	closes(): ReadonlyMap<number, number> {
		const {id} = this.core;
		const closes = new Map<number, number>();
		for (let slot = 0; slot < this.used; slot++) {
			if (this.event[slot] === Event.closed && id[slot] >= this.first) {
				closes.set(this.socket[slot], id[slot]);
			}
		}

		return closes;
	}

	/** The slot of an entry by its id. If the entry was overwritten, this is the slot of the entry that replaced it. */
	slotOf(id: number): number {
		return (id - 1 - this.#before) % this.length;
	}

	/** Copies one column. Texts have their own numbers in each table. */
	#copy(name: ColumnName, source: SocketTable, slot: number, own: number): void {
		const from = source.column(name);
		const to = this.column(name);
		if (from === undefined || to === undefined) {
			return;
		}

		if (texts.has(name)) {
			to[own] = from[slot] === 0 ? 0 : this.texts.intern(source.texts.of(from[slot]));
			return;
		}

		const lanes = lanesOf(name);
		for (let lane = 0; lane < lanes; lane++) {
			to[own * lanes + lane] = from[slot * lanes + lane];
		}
	}
}

/** The values of these slots, in this order. */
const picked = <Values extends Uint8Array | Uint32Array | Float64Array>(to: Values, from: Values, slots: readonly number[]): Values => {
	for (const [index, slot] of slots.entries()) {
		to[index] = from[slot];
	}

	return to;
};
