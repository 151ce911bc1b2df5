import {
	coreColumns,
	Life,
	textColumns,
	type ColumnName,
	type CoreColumn,
} from './columns/columns.js';
import type {Mark} from './mark.js';
import {SocketTable} from './socket-table.js';

/** What happened to a socket; the column `event`. */
export const Event = {opened: 1, changed: 2, closed: 3} as const;

/** By number. */
export const eventNames = ['', 'opened', 'changed', 'closed'] as const;

export type EventName = Exclude<(typeof eventNames)[number], ''>;

const copied = (Object.keys(coreColumns) as CoreColumn[]).filter(name => name !== 'id');

const texts: ReadonlySet<ColumnName> = new Set(textColumns);

const lanesOf = (name: ColumnName): number => name === 'localAddress' || name === 'peerAddress' ? 16 : 1;

/** What an entry says beyond what the socket was. */
export type EntryFacts = {
	/** A value of `Event`. */
	readonly event: number;
	/** Milliseconds since 1970. */
	readonly time: number;
	/** For a socket that changed: the state that it had. */
	readonly previousState?: number;
	/** A number of `endNames`. */
	readonly reason?: number;
};

/**
The entries of the journal, in the columns of a table of sockets: a slot holds a socket as it was when something happened to it. So fields, filters and orders
work on entries as they do on sockets. With as many entries as there may be, the newest takes the slot of the oldest.

The id of an entry rises with its time. 160 bytes an entry.
*/
export class JournalTable extends SocketTable {
	/** By slot. */
	readonly event: Uint8Array;
	readonly time: Float64Array;
	override readonly recordedAt: Float64Array;
	readonly previousState: Uint8Array;
	/** Numbers of `endNames`. */
	readonly ended: Uint8Array;
	/** Id of the row that the socket has, or had, in the table that the entry was taken from. */
	readonly socket: Uint32Array;
	/** Entries that are kept. */
	readonly length: number;
	#entries = 0;
	#mark: Mark | undefined;

	/** @param length Entries that are kept. */
	constructor(length: number) {
		super();
		this.length = length;
		this.event = new Uint8Array(length);
		this.time = new Float64Array(length);
		this.recordedAt = new Float64Array(length);
		this.previousState = new Uint8Array(length);
		this.ended = new Uint8Array(length);
		this.socket = new Uint32Array(length);
	}

	/** Entries so far, those that are forgotten included. */
	get entries(): number {
		return this.#entries;
	}

	override get mark(): Mark | undefined {
		return this.#mark;
	}

	/** What is noted from now on is new. Entries do not change, so that is all that a mark tells. */
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

	/**
	Adds an entry about the socket in a slot of another table.

	@returns Its slot here.
	*/
	append(source: SocketTable, slot: number, {event, time, previousState = 0, reason: end = 0}: EntryFacts): number {
		if (this.#entries >= this.length) {
			this.freeSlot(this.#entries % this.length);
		}

		const own = this.takeSlot();
		this.copy(copied, source, slot, own);
		this.copy(this.wanted, source, slot, own);

		const {core} = this;
		core.life[own] |= Life.used;
		this.#entries++;
		// Whoever looks while a sample is being noted keeps what was found then no longer than until the next entry.
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

	/** Copies columns of the socket in a slot of another table to the entry in a slot of this one. */
	copy(names: Iterable<ColumnName>, source: SocketTable, slot: number, own: number): void {
		for (const name of names) {
			this.#copy(name, source, slot, own);
		}
	}

	/** The entries about ends: their ids, by the id of the socket. */
	ends(): ReadonlyMap<number, number> {
		const {id} = this.core;
		const ends = new Map<number, number>();
		for (let slot = 0; slot < this.used; slot++) {
			if (this.event[slot] === Event.closed) {
				ends.set(this.socket[slot], id[slot]);
			}
		}

		return ends;
	}

	/** The slot of an entry by its id; of one that is forgotten, the slot of the entry that took its place. */
	slotOf(id: number): number {
		return (id - 1) % this.length;
	}

	/** Texts have numbers of their own here. */
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
