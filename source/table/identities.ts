/**
Finds the slot of a living socket. Its identity is the kernel's cookie and the network namespace, because each namespace had its own cookie counter before Linux
5.4.

Dumps list sockets in the same order each time. So the table remembers which slot followed each slot in the last sample, and most look-ups need no hash.
*/
import {Life, type CoreArrays} from './columns/columns.js';
import {resized} from './columns/resized.js';
import {CookieIndex} from './cookie-index.js';

export class Identities {
	readonly #indexes = new Map<number, CookieIndex>();
	/** By slot, the slot that followed it in the last sample, or -1. */
	#next: Int32Array;
	#last = -1;
	#namespace = 0;
	/** The index of the current namespace. */
	#index = this.#indexOf(0);

	/** @param capacity Initial number of slots. */
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

	/** The current network namespace. */
	get namespace(): number {
		return this.#namespace;
	}

	/** Makes a network namespace the current one. */
	enter(namespace: number): void {
		this.#namespace = namespace;
		this.#index = this.#indexOf(namespace);
	}

	/** Starts a sample, in namespace 0. The sockets that follow are expected in the order of the previous sample. */
	begin(): void {
		this.#last = -1;
		this.enter(0);
	}

	/** The slot of the living socket that comes next in a dump of the current namespace, or -1. */
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

	/** The slot of a living socket of the current namespace, or -1. */
	find(cookieLow: number, cookieHigh: number, core: CoreArrays): number {
		return this.#index.find(cookieLow, cookieHigh, core.cookieLow, core.cookieHigh);
	}

	/** Adds the socket that came next in a dump and has a new slot. Its identity must be in the columns. */
	add(slot: number, core: CoreArrays): void {
		const capacity = core.life.length;
		if (this.#next.length < capacity) {
			this.#next = resized(this.#next, new Int32Array(capacity));
		}

		this.#next[slot] = -1;
		this.#index.add(slot, core.cookieLow, core.cookieHigh);
		this.#follow(slot);
		this.#last = slot;
	}

	/** Removes a socket of any namespace. Its identity must still be in the columns. */
	remove(slot: number, core: CoreArrays): void {
		this.#indexOf(core.namespace[slot]).remove(slot, core.cookieLow, core.cookieHigh);
	}

	/** Gives a living socket of any namespace another cookie. */
	rename(slot: number, cookieLow: number, cookieHigh: number, core: CoreArrays): void {
		const index = this.#indexOf(core.namespace[slot]);
		index.remove(slot, core.cookieLow, core.cookieHigh);
		core.cookieLow[slot] = cookieLow;
		core.cookieHigh[slot] = cookieHigh;
		index.add(slot, core.cookieLow, core.cookieHigh);
	}

	/** Removes the index of a namespace whose sockets have been removed. */
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
