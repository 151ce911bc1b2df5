/**
Tells which slot a living socket is in. Its identity is the kernel's cookie and the network namespace: before Linux 5.4, each namespace counted its own.

Dumps come in the same order each time. So it is noted where the last sample went after each slot, and most look-ups need no hash.
*/
import {Life, type CoreArrays} from './columns/columns.js';
import {CookieIndex} from './cookie-index.js';

export class Identities {
	readonly #indexes = new Map<number, CookieIndex>();
	/** Where the last sample went after each slot, or -1. */
	#next: Int32Array;
	#last = -1;
	#namespace = 0;
	/** That of the namespace. */
	#index = this.#indexOf(0);

	/** @param capacity Sockets that there is room for at first. */
	constructor(capacity: number) {
		this.#next = new Int32Array(capacity);
	}

	get bytes(): number {
		let bytes = this.#next.byteLength;
		for (const index of this.#indexes.values()) {
			bytes += index.bytes;
		}

		return bytes;
	}

	/** The network namespace that is looked at. */
	get namespace(): number {
		return this.#namespace;
	}

	/** Looks at this network namespace from now on. */
	enter(namespace: number): void {
		this.#namespace = namespace;
		this.#index = this.#indexOf(namespace);
	}

	/** Starts a sample, in the namespace 0: what follows comes in the order of the sample before. */
	begin(): void {
		this.#last = -1;
		this.enter(0);
	}

	/** The slot of a living socket of the namespace that comes next in a dump, or -1. */
	locate(cookieLow: number, cookieHigh: number, core: CoreArrays): number {
		const {cookieLow: lows, cookieHigh: highs, namespace: namespaces, life} = core;
		let slot = this.#last === -1 ? -1 : this.#next[this.#last];
		if (
			slot === -1 || lows[slot] !== cookieLow || highs[slot] !== cookieHigh || namespaces[slot] !== this.#namespace
			|| (life[slot] & (Life.used | Life.closed)) !== Life.used
		) {
			slot = this.#index.find(cookieLow, cookieHigh, lows, highs);
			if (slot === -1) {
				return -1;
			}

			this.#follow(slot);
		}

		this.#last = slot;
		return slot;
	}

	/** The slot of a living socket of the namespace, or -1. */
	find(cookieLow: number, cookieHigh: number, core: CoreArrays): number {
		return this.#index.find(cookieLow, cookieHigh, core.cookieLow, core.cookieHigh);
	}

	/** Takes in the socket that came next in a dump and is in no slot yet; its identity stands in the columns. */
	add(slot: number, core: CoreArrays): void {
		const capacity = core.life.length;
		if (this.#next.length < capacity) {
			const next = new Int32Array(capacity);
			next.set(this.#next);
			this.#next = next;
		}

		this.#next[slot] = -1;
		this.#index.add(slot, core.cookieLow, core.cookieHigh);
		this.#follow(slot);
		this.#last = slot;
	}

	/** Forgets a socket of any namespace, whose identity still stands in the columns. */
	remove(slot: number, core: CoreArrays): void {
		this.#indexOf(core.namespace[slot]).remove(slot, core.cookieLow, core.cookieHigh);
	}

	/** Forgets a namespace whose sockets have been removed. */
	forget(namespace: number): void {
		this.#indexes.delete(namespace);
		this.enter(this.#namespace);
	}

	#follow(slot: number): void {
		if (this.#last !== -1) {
			this.#next[this.#last] = slot;
		}
	}

	#indexOf(namespace: number): CookieIndex {
		let index = this.#indexes.get(namespace);
		if (index === undefined) {
			index = new CookieIndex();
			this.#indexes.set(namespace, index);
		}

		return index;
	}
}
