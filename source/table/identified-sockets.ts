/** Which socket is in which slot, and which sockets the current sample has seen. */
import {Life} from './columns/columns.js';
import {SampledColumns} from './columns/sampled-columns.js';
import {Identities} from './identities.js';
import type {Endpoints} from './endpoints.js';
import {createFormerRows, type Successor} from './former-rows.js';

/** The sockets that one walk of the kernel's tables covers. A walk that failed closes nothing. */
export type Scope = {
	readonly protocol: number;
	readonly family: number;
	/** Bit n for state n. Sockets whose last state is not included are not expected. */
	readonly states: number;
	/** Number of the network namespace. Default: 0. */
	readonly namespace?: number;
};

const noFormerRow = (): number => -1;

/** The table as a set of identified sockets: finds the slot of a socket that a sample reads, opens new ones, and lists those that the sample has not seen. */
export class IdentifiedSockets extends SampledColumns {
	/** Slots of the sockets that the current sample has opened so far. */
	protected opened: number[] = [];
	readonly #formerRows = createFormerRows(this);
	readonly #identities = new Identities(this.capacity);
	/** Number of living sockets that the current sample has seen. */
	#seen = 0;
	#nextId = 1;
	/** The missing sockets of the sample with this number, as of the last request. */
	#missingIn = 0;
	#stillMissing: readonly number[] = [];

	/** Memory used by columns and indexes, in bytes. */
	override get bytes(): number {
		return super.bytes + this.#identities.bytes;
	}

	/** The network namespace that `observe` and `find` use; 0 when a sample begins. */
	get namespace(): number {
		return this.#identities.namespace;
	}

	/** Sets the network namespace of the sockets that follow. */
	enter(namespace: number): void {
		this.#identities.enter(namespace);
	}

	/**
	The slot of a socket that a sample has seen; opens it if it is new. The caller then writes the columns that it knows, and calls `setState` and
	`setCounters`.

	@param formerRow Finds the row that a socket with an unknown cookie had under another one, or -1.
	*/
	observe(cookieLow: number, cookieHigh: number, formerRow: () => number = noFormerRow): number {
		let slot = this.#identities.locate(cookieLow, cookieHigh, this.core);
		if (slot === -1) {
			slot = formerRow();
			if (slot === -1) {
				slot = this.#open(cookieLow, cookieHigh);
			} else {
				this.#identities.rename(slot, cookieLow, cookieHigh, this.core);
			}
		}

		if (this.core.seenIn[slot] !== this.sample) {
			this.core.seenIn[slot] = this.sample;
			this.core.life[slot] &= ~Life.missed;
			this.#seen++;
		}

		return slot;
	}

	/** The slot of a living socket of the current namespace by its cookie, or -1. */
	find(cookieLow: number, cookieHigh: number): number {
		return this.#identities.find(cookieLow, cookieHigh, this.core);
	}

	/** Whether the current sample has seen a socket of the current namespace. */
	hasSeen(cookieLow: number, cookieHigh: number): boolean {
		const slot = this.find(cookieLow, cookieHigh);
		return slot !== -1 && this.core.seenIn[slot] === this.sample;
	}

	/** Whether there are rows that `findFormer` can find in this sample. */
	get hasFormer(): boolean {
		return this.#formerRows.count > 0;
	}

	/** The slot of the row that a TCP socket of the current namespace had under another cookie, or -1. */
	findFormer(endpoints: Endpoints, successor: Successor): number {
		return this.#formerRows.find(this.namespace, endpoints, successor);
	}

	/** Gives a living socket another cookie. */
	rename(slot: number, cookieLow: number, cookieHigh: number): void {
		this.#identities.rename(slot, cookieLow, cookieHigh, this.core);
	}

	/** Counts a living socket as seen by the current sample although no dump contained it: the caller has other proof that it lives. */
	markAlive(slot: number): void {
		const {core} = this;
		if ((core.life[slot] & (Life.used | Life.closed)) !== Life.used || core.seenIn[slot] === this.sample) {
			return;
		}

		core.seenIn[slot] = this.sample;
		core.life[slot] &= ~Life.missed;
		this.#seen++;
	}

	/** Slots of the sockets that the current sample has opened so far. */
	get openedSoFar(): readonly number[] {
		return this.opened;
	}

	/** Living sockets of a scope that the current sample has not seen so far. */
	missing({protocol, family, states, namespace = 0}: Scope): number[] {
		if (this.#seen === this.size) {
			return [];
		}

		const {protocol: protocols, family: families, state, namespace: namespaces} = this.core;
		return this.#allMissing().filter(slot => protocols[slot] === protocol && families[slot] === family
			&& ((states >>> state[slot]) & 1) === 1 && namespaces[slot] === namespace);
	}

	/** Starts a sample: no socket is seen or opened yet. */
	protected beginIdentities(): void {
		this.#identities.begin();
		this.#formerRows.begin(this.opened);
		this.#seen = 0;
		this.opened = [];
	}

	/** Frees the identity of a socket that is closed. Its row can stay. */
	protected removeIdentity(slot: number): void {
		this.#identities.remove(slot, this.core);
		this.size--;
		if (this.core.seenIn[slot] === this.sample) {
			this.#seen--;
		}
	}

	/** Frees the index of a network namespace whose sockets are all closed. */
	protected forgetNamespace(namespace: number): void {
		this.#identities.forget(namespace);
	}

	/** Living sockets that the current sample has not seen so far. Within a sample they only become fewer, so all slots are walked only once. */
	#allMissing(): readonly number[] {
		const {life, seenIn} = this.core;
		const isMissing = (slot: number): boolean => seenIn[slot] !== this.sample && (life[slot] & (Life.used | Life.closed)) === Life.used;
		if (this.#missingIn === this.sample) {
			this.#stillMissing = this.#stillMissing.filter(slot => isMissing(slot));
			return this.#stillMissing;
		}

		const missing: number[] = [];
		for (let slot = 0; slot < this.used; slot++) {
			if (isMissing(slot)) {
				missing.push(slot);
			}
		}

		this.#missingIn = this.sample;
		this.#stillMissing = missing;
		return missing;
	}

	#open(cookieLow: number, cookieHigh: number): number {
		const slot = this.takeSlot();
		const {core} = this;
		core.cookieLow[slot] = cookieLow;
		core.cookieHigh[slot] = cookieHigh;
		core.namespace[slot] = this.namespace;
		core.id[slot] = this.#nextId++;
		core.openedAt[slot] = this.now;
		core.life[slot] = this.sample === 1 ? Life.used | Life.initial : Life.used;
		this.#identities.add(slot, core);
		this.size++;
		this.opened.push(slot);
		return slot;
	}
}
