import {wholeOf, type Parts} from '../parts/parts.js';
import {createAcceptQueues} from './columns/accept-queues.js';
import {Life, Trait} from './columns/columns.js';
import {createHealth} from './health/health.js';
import {takeMark, type Mark} from './mark.js';
import {createConnections, type Connections} from './connections.js';
import {createPairs} from './pairs.js';
import type {Changes, LateCounters} from './changes.js';
import {Protocol, protocolNames} from './columns/protocols.js';
import {CountedSockets} from './counted-sockets.js';
import type {Scope} from './identified-sockets.js';
import {hasReceivedFin, stateCount, State} from './columns/states.js';
import {createTotals} from './totals/totals.js';

/**
The sockets as of the last sample, what that sample changed, and what is known about the lifetime of each socket.

A sample is `begin`, then for each socket `observe` and writes to the columns of the slot that it returns, then `end` with the scopes that were read completely.
A socket that is missing from a complete scope is closed if a source proved that it is gone (`close`), or if it is missing a second time: dumps lose living
sockets while others come and go, so being absent once proves nothing.
*/
export class SocketTable extends CountedSockets {
	/** Living sockets by protocol and state: `counts[protocol * stateCount + state]`. */
	readonly counts = new Uint32Array(protocolNames.length * stateCount);
	/** Finds the other end of a connection. */
	readonly pairs = createPairs(this);
	/** Finds connections with both ends in the table. */
	readonly connections: Connections = createConnections(this);
	/** Finds the connections that wait for accept. */
	readonly acceptQueues = createAcceptQueues(this);
	/** Health problems, while a caller wants them. */
	readonly health = createHealth(this);
	/** What the sockets have done since counting began. */
	readonly totals = createTotals(this, () => this.watched.has(Protocol.tcp));
	#mark: Mark | undefined;
	#changed: number[] = [];
	#previousStates: number[] = [];
	readonly #beforeRelease = new Set<() => void>();
	#closed: number[] = [];
	#shortLived: number[] = [];
	#counted: number[] = [];
	#late: LateCounters[] = [];

	/** Memory used by columns, indexes and totals, in bytes. */
	override get bytes(): number {
		return super.bytes + this.pairs.bytes + this.connections.bytes + this.totals.bytes;
	}

	/**
	Sets the protocols that the next samples will contain. When the next sample begins, sockets of other protocols are closed as `dropped`, because their
	changes would not be seen. Sockets of newly watched protocols existed before: they are `initial`, as in the first sample.

	@param protocols Numbers of protocols.
	*/
	watch(protocols: Iterable<number>): void {
		this.watched.watch(protocols);
	}

	/**
	Starts a sample.

	@param now Milliseconds of a monotonic clock.
	*/
	begin(now: number): void {
		this.totals.begin();
		this.previousSampleAt = this.sample === 0 ? NaN : this.now;
		this.now = now;
		this.sample++;
		this.beginIdentities();
		this.#changed = [];
		this.#previousStates = [];
		this.#closed = [];
		this.#shortLived = [];
		this.#counted = [];
		this.#late = [];
		this.beginCounters();
		for (const callback of this.#beforeRelease) {
			callback();
		}

		for (const slot of this.closedRows.release(this.core, now, this.#mark?.at ?? NaN, this.closedTime)) {
			this.freeSlot(slot);
		}

		this.#dropUnwatched();
		this.texts.tidy(() => this.textsInUse());
	}

	/**
	Registers a callback for each `begin`, before slots of closed sockets are reused: the last chance to see what the previous sample closed.

	@returns A function that removes the callback.
	*/
	beforeRelease(callback: () => void): () => void {
		this.#beforeRelease.add(callback);
		return () => {
			this.#beforeRelease.delete(callback);
		};
	}

	/** Whether the current sample opened the socket in a slot. */
	isNew(slot: number): boolean {
		return this.core.openedAt[slot] === this.now && Number.isNaN(this.core.sampledAt[slot]);
	}

	/** Whether the current sample is the first to see the socket in a slot, but the socket existed before. Call it after `setState`. */
	isFound(slot: number): boolean {
		return this.core.openedAt[slot] === this.now && (this.core.life[slot] & Life.initial) !== 0;
	}

	/** Sets protocol and state, and records the change. */
	setState(slot: number, protocol: number, state: number): void {
		const {core} = this;
		const old = core.state[slot];
		const known = state < stateCount ? state : State.unknown;
		if (old === known && core.protocol[slot] === protocol && !Number.isNaN(core.sampledAt[slot])) {
			return;
		}

		let isFound = false;
		if (Number.isNaN(core.sampledAt[slot])) {
			core.sampledAt[slot] = this.now;
			isFound = this.watched.isNewlyWatched(protocol);
			core.life[slot] |= isFound ? Life.initial : 0;
			core.traits[slot] |= (core.life[slot] & Life.initial) === 0 ? 0 : Trait.initialState;
		} else {
			core.traits[slot] &= ~Trait.initialState;
			this.counts[core.protocol[slot] * stateCount + old]--;
			// A socket that this sample has opened, or whose state it has changed already, is in a list.
			if (core.stateSince[slot] !== this.now) {
				this.#changed.push(slot);
				this.#previousStates.push(old);
			}
		}

		this.counts[protocol * stateCount + known]++;
		core.protocol[slot] = protocol;
		core.state[slot] = known;
		core.stateSince[slot] = this.now;
		core.traits[slot] |= protocol === Protocol.tcp && hasReceivedFin(known) ? Trait.finReceived : 0;
		if (known === State.established && this.sample > 1 && !isFound) {
			core.life[slot] |= Life.established;
		}
	}

	/**
	Sets how long a socket has lived, and how long it has been in its state, when it is found.

	@param age Milliseconds, at least.
	@param stateAge Milliseconds, at least.
	*/
	setKnownAge(slot: number, age: number, stateAge: number): void {
		const {core} = this;
		core.ageBefore[slot] = age;
		core.stateSince[slot] = this.now - stateAge;
	}

	/** Records that the kernel destroyed the socket in a slot, and that its counters are the last ones. */
	noteDestroyed(slot: number): void {
		this.core.life[slot] |= Life.ended;
		this.#counted.push(slot);
	}

	/** Records late counters of a socket that was closed in an earlier sample. */
	noteLate(counters: LateCounters): void {
		this.#late.push(counters);
		this.totals.noteLate(counters);
	}

	/** Closes a socket that is known to be gone. Its row lingers; its identity is free again. */
	close(slot: number): void {
		const {core} = this;
		if ((core.life[slot] & (Life.used | Life.closed)) !== Life.used) {
			return;
		}

		core.life[slot] |= Life.closed;
		core.closedAt[slot] = this.now;
		this.clearRates(slot);
		this.counts[core.protocol[slot] * stateCount + core.state[slot]]--;
		this.removeIdentity(slot);
		this.#closed.push(slot);
		this.closedRows.add(slot, core);
	}

	/** Closes the socket that `observe` has just opened for a destroy event. It counts as short-lived, neither as opened nor as closed. */
	closeShortLived(slot: number): void {
		this.opened.pop();
		this.core.life[slot] |= Life.shortLived | Life.ended;
		this.close(slot);
		this.#closed.pop();
		this.#shortLived.push(slot);
	}

	/** Closes as `dropped` the sockets of a network namespace that is no longer read. Call it between `begin` and `end`. */
	dropNamespace(namespace: number): void {
		const {core, used} = this;
		for (let slot = 0; slot < used; slot++) {
			if (core.namespace[slot] === namespace) {
				this.#drop(slot);
			}
		}

		this.forgetNamespace(namespace);
	}

	/** The mark that the table is compared with, if any. */
	get mark(): Mark | undefined {
		return this.#mark;
	}

	/** Sets the mark at the last sample, replacing any earlier one. Rows of sockets that close from now on stay, within a limit. */
	setMark(): void {
		this.#mark = takeMark(this);
	}

	/** Removes the mark. The rows that stayed because of it go with the next sample. */
	clearMark(): void {
		this.#mark = undefined;
	}

	/**
	Ends a sample.

	@param complete The scopes that were read completely. Sockets that are missing from them for the second time are closed.
	*/
	end(complete: readonly Scope[]): Changes {
		return wholeOf(this.endInParts(complete));
	}

	// Like `end`, in parts. The sample ends with the last one.
	* endInParts(complete: readonly Scope[]): Parts<Changes> {
		for (const scope of complete) {
			this.watched.noteComplete(scope.protocol);
			for (const slot of this.missing(scope)) {
				if ((this.core.life[slot] & Life.missed) === 0) {
					this.core.life[slot] |= Life.missed;
				} else {
					this.close(slot);
				}
			}

			yield;
		}

		yield * this.pairs.update();
		yield * this.health.update();
		this.totals.end();
		return {
			opened: this.opened,
			changed: this.#changed,
			previousStates: this.#previousStates,
			closed: this.#closed,
			shortLived: this.#shortLived,
			counted: this.#counted,
			late: this.#late,
		};
	}

	#dropUnwatched(): void {
		const {core, used} = this;
		if (!this.watched.hasUnwatched) {
			return;
		}

		for (let slot = 0; slot < used; slot++) {
			if (!this.watched.has(core.protocol[slot])) {
				this.#drop(slot);
			}
		}
	}

	#drop(slot: number): void {
		const {life} = this.core;
		if ((life[slot] & (Life.used | Life.closed)) !== Life.used) {
			return;
		}

		this.close(slot);
		life[slot] |= Life.dropped;
	}
}
