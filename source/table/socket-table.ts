import {createAcceptQueues} from './columns/accept-queues.js';
import {Life, Trait} from './columns/columns.js';
import {createHealth} from './health/judge.js';
import {Identities} from './identities.js';
import {takeMark, type Mark} from './mark.js';
import {createPairs} from './pairs.js';
import {Protocol, protocolNames} from './columns/protocols.js';
import {SampledColumns} from './columns/sampled-columns.js';
import {hasReceivedFin, stateCount, State} from './columns/states.js';
import {createTotals} from './totals/totals.js';
import {WatchedProtocols} from './watched-protocols.js';

/** What one sample did to the table. Slots stay valid until the next `begin`. */
export type Changes = {
	/** Slots of sockets that were not there before. */
	readonly opened: readonly number[];
	/** Slots whose state changed, and the states that they had, in step. */
	readonly changed: readonly number[];
	readonly previousStates: readonly number[];
	/** Slots of sockets that are gone; their rows linger. */
	readonly closed: readonly number[];
	/** Slots of sockets that came and went since the sample before, which no dump contained. They are in neither of the other lists; some linger. */
	readonly unseen: readonly number[];
	/** Slots of sockets whose last counters came with this sample, by a destroy event. They may be in one of the other lists, too. */
	readonly counted: readonly number[];
	/** What destroy events told of sockets whose rows were closed earlier. */
	readonly late: readonly LateCounters[];
};

/** What is known after all of a socket that was closed before: its process had kept the descriptor. What is not known now either is absent. */
export type LateCounters = {
	/** Of its row, which may be gone. */
	readonly id: number;
	/** A value of `CloseEvidence`. */
	readonly evidence?: number;
	/** Payload bytes. */
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	/** Microseconds. */
	readonly rtt?: number;
};

/** Which sockets a sample was to see: one walk of the kernel's tables. A walk that failed closes nothing. */
export type Scope = {
	readonly protocol: number;
	readonly family: number;
	/** Bit n for state n. A socket whose last state is not among them was not to be seen. */
	readonly states: number;
	/** Number of the network namespace; 0 unless told. */
	readonly namespace?: number;
};

/**
The sockets as the last sample left them, what it changed, and the lives of the sockets.

A sample is `begin`, then for each socket `observe` and writes to the columns of the slot that it returns, then `end` with the scopes that were
seen whole. A socket that a whole scope did not contain is closed when a source proved it (`close`), or when it is missed a second time: dumps
lose living sockets under churn, so "absent once" is not closed.
*/
export class SocketTable extends SampledColumns {
	/** Payload bytes that the current sample saw move, all sockets together. */
	bytesSentInSample = 0;
	bytesReceivedInSample = 0;
	/** Living sockets by protocol and state: `counts[protocol * stateCount + state]`. */
	readonly counts = new Uint32Array(protocolNames.length * stateCount);
	/** Which sockets are the ends of one connection. */
	readonly pairs = createPairs(this);
	/** Which connections wait for accept. */
	readonly acceptQueues = createAcceptQueues(this);
	/** What is wrong with them, while somebody wants to know. */
	readonly health = createHealth(this);
	/** What the sockets have done since somebody began to count. */
	readonly totals = createTotals(this, () => this.#watched.has(Protocol.tcp));
	readonly #identities = new Identities(this.capacity);
	/** Living sockets that the current sample has seen. */
	#seen = 0;
	#nextId = 1;
	readonly #watched = new WatchedProtocols();
	/** What the sample of this number had not seen when it was asked last. */
	#unseenIn = 0;
	#leftUnseen: readonly number[] = [];
	#mark: Mark | undefined;
	#opened: number[] = [];
	#changed: number[] = [];
	#previousStates: number[] = [];
	readonly #beforeRelease = new Set<() => void>();
	#closed: number[] = [];
	#unseen: number[] = [];
	#counted: number[] = [];
	#late: LateCounters[] = [];

	/** Bytes held by columns and indexes. */
	override get bytes(): number {
		return super.bytes + this.#identities.bytes + this.pairs.bytes + this.totals.bytes;
	}

	/**
	Says which protocols the next samples will contain. Sockets of others are closed as `dropped` when the next sample begins: nobody would learn what
	becomes of them. Those of a protocol that was not watched before were there before: they are `initial`, as in the first sample.

	@param protocols Numbers of protocols.
	*/
	watch(protocols: Iterable<number>): void {
		this.#watched.watch(protocols);
	}

	/**
	Starts a sample.

	@param now Milliseconds of a clock that never goes back.
	*/
	begin(now: number): void {
		this.totals.begin();
		this.previousSampleAt = this.sample === 0 ? NaN : this.now;
		this.now = now;
		this.sample++;
		this.#identities.begin();
		this.#seen = 0;
		this.#opened = [];
		this.#changed = [];
		this.#previousStates = [];
		this.#closed = [];
		this.#unseen = [];
		this.#counted = [];
		this.#late = [];
		this.bytesSentInSample = 0;
		this.bytesReceivedInSample = 0;
		this.retransmitsInSample = 0;
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
	Calls back in each `begin`, before slots of closed sockets are given to others: the last chance to see what the sample before closed.

	@returns Ends that.
	*/
	beforeRelease(callback: () => void): () => void {
		this.#beforeRelease.add(callback);
		return () => {
			this.#beforeRelease.delete(callback);
		};
	}

	/** The network namespace that `observe` and `find` are about, until another is named; 0 when a sample begins. */
	get namespace(): number {
		return this.#identities.namespace;
	}

	/** Names the network namespace that the sockets which follow are in. */
	enter(namespace: number): void {
		this.#identities.enter(namespace);
	}

	/**
	The slot of a socket that a sample has seen, opened when it is new. The caller then writes the columns that it knows, `setState` and
	`setCounters` among them.
	*/
	observe(cookieLow: number, cookieHigh: number): number {
		let slot = this.#identities.locate(cookieLow, cookieHigh, this.core);
		if (slot === -1) {
			slot = this.#open(cookieLow, cookieHigh);
		}

		if (this.core.seenIn[slot] !== this.sample) {
			this.core.seenIn[slot] = this.sample;
			this.core.life[slot] &= ~Life.missed;
			this.#seen++;
		}

		return slot;
	}

	/** The slot of a living socket of the namespace by its cookie, or -1. */
	find(cookieLow: number, cookieHigh: number): number {
		return this.#identities.find(cookieLow, cookieHigh, this.core);
	}

	/** Whether the socket of a slot was opened by the current sample. */
	isNew(slot: number): boolean {
		return this.core.openedAt[slot] === this.now && Number.isNaN(this.core.sampledAt[slot]);
	}

	/** Whether the socket of a slot was there before, and the current sample is the first to see it. To be called after `setState`. */
	isFound(slot: number): boolean {
		return this.core.openedAt[slot] === this.now && (this.core.life[slot] & Life.initial) !== 0;
	}

	/** Sets protocol and state, and notes the change. */
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
			isFound = this.#watched.isIntroduced(protocol);
			core.life[slot] |= isFound ? Life.initial : 0;
			core.traits[slot] |= (core.life[slot] & Life.initial) === 0 ? 0 : Trait.initialState;
		} else {
			core.traits[slot] &= ~Trait.initialState;
			this.counts[core.protocol[slot] * stateCount + old]--;
			this.#changed.push(slot);
			this.#previousStates.push(old);
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
	Sets for how long a socket that was found has lived, and has been in its state.

	@param slot
	@param age Milliseconds, at least.
	@param stateAge Milliseconds, at least.
	*/
	setKnownAge(slot: number, age: number, stateAge: number): void {
		const {core} = this;
		core.ageBefore[slot] = age;
		core.stateSince[slot] = this.now - stateAge;
	}

	/**
	Takes the payload counters of a socket and derives its rates from what they were in the sample before, over the time measured between. A
	socket that is new since the last sample moved all of its bytes in between.

	@param received As the kernel counts, a FIN of the peer as one byte. Which is taken off where the state, set before, says that it has come.
	@returns Whether there was something to compare with.
	*/
	setCounters(slot: number, bytesSent: number, received: number): boolean {
		const {core} = this;
		const bytesReceived = (core.traits[slot] & Trait.finReceived) === 0 ? received : Math.max(0, received - 1);
		const previousSent = core.bytesSent[slot];
		const previousReceived = core.bytesReceived[slot];
		let since = core.sampledAt[slot];
		let sentSince = bytesSent - previousSent;
		let receivedSince = bytesReceived - previousReceived;
		if (Number.isNaN(previousSent)) {
			const isUnwatched = (core.life[slot] & Life.initial) !== 0 || core.openedAt[slot] !== this.now;
			since = isUnwatched ? NaN : this.previousSampleAt;
			sentSince = bytesSent;
			receivedSince = bytesReceived;
		}

		core.bytesSent[slot] = bytesSent;
		core.bytesReceived[slot] = bytesReceived;
		core.sampledAt[slot] = this.now;
		const seconds = (this.now - since) / 1000;
		// A second message of the same socket in one sample (dumps duplicate under churn) has no time to make a rate from.
		if (!(seconds > 0 && sentSince >= 0 && receivedSince >= 0)) {
			return false;
		}

		core.txRate[slot] = sentSince / seconds;
		core.rxRate[slot] = receivedSince / seconds;
		// The bytes of an MPTCP socket are those of its subflows, which are TCP sockets.
		if (core.protocol[slot] !== Protocol.mptcp || !this.#watched.has(Protocol.tcp)) {
			this.bytesSentInSample += sentSince;
			this.bytesReceivedInSample += receivedSince;
		}

		return true;
	}

	/** Takes the FIN off the bytes that a TCP socket has received, where its last counters contain one that its state did not show. Once at most. */
	discountFin(slot: number): void {
		const {core} = this;
		if ((core.traits[slot] & Trait.finReceived) !== 0) {
			return;
		}

		core.traits[slot] |= Trait.finReceived;
		const fin = core.bytesReceived[slot] > 0 ? 1 : 0;
		core.bytesReceived[slot] -= fin;
		this.bytesReceivedInSample -= core.sampledAt[slot] === this.now && this.bytesReceivedInSample > 0 ? fin : 0;
	}

	/** Notes that the kernel has destroyed the socket of a slot, and that its counters are the last ones. */
	noteDestroyed(slot: number): void {
		this.core.life[slot] |= Life.ended;
		this.#counted.push(slot);
	}

	/** Notes what is known after all of a socket that was closed in an earlier sample. */
	noteLate(counters: LateCounters): void {
		this.#late.push(counters);
		this.totals.noteLate(counters);
	}

	/** Makes the rates absent: the kernel counts nothing for this socket (any more). Totals stay. */
	clearRates(slot: number): void {
		this.core.txRate[slot] = NaN;
		this.core.rxRate[slot] = NaN;
	}

	/** Closes a socket that is proved to be gone. Its row lingers; its identity is free again. */
	close(slot: number): void {
		const {core} = this;
		if ((core.life[slot] & (Life.used | Life.closed)) !== Life.used) {
			return;
		}

		core.life[slot] |= Life.closed;
		core.closedAt[slot] = this.now;
		this.clearRates(slot);
		this.counts[core.protocol[slot] * stateCount + core.state[slot]]--;
		this.#identities.remove(slot, core);
		this.size--;
		if (core.seenIn[slot] === this.sample) {
			this.#seen--;
		}

		this.#closed.push(slot);
		this.closedRows.add(slot, core);
	}

	/**
	Closes the socket that `observe` has opened last, from the news of its end. It counts as neither opened nor closed, but as unseen.
	*/
	closeUnseen(slot: number): void {
		this.#opened.pop();
		this.core.life[slot] |= Life.unseen | Life.ended;
		this.close(slot);
		this.#closed.pop();
		this.#unseen.push(slot);
	}

	/** Closes as `dropped` what is left of a network namespace that is read no more. To be called between `begin` and `end`. */
	dropNamespace(namespace: number): void {
		const {core, used} = this;
		for (let slot = 0; slot < used; slot++) {
			if (core.namespace[slot] === namespace) {
				this.#drop(slot);
			}
		}

		this.#identities.forget(namespace);
	}

	/** Counts a living socket as seen by the current sample, though no dump contained it: something else proves that it lives. */
	vouch(slot: number): void {
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
		return this.#opened;
	}

	/** The moment that the table is compared with, while there is one. */
	get mark(): Mark | undefined {
		return this.#mark;
	}

	/** Marks the moment of the last sample, in place of the one that was marked before. Rows of sockets that close from now on stay, within a bound. */
	setMark(): void {
		this.#mark = takeMark(this);
	}

	/** Forgets the mark. The rows that stayed because of it go with the next sample. */
	clearMark(): void {
		this.#mark = undefined;
	}

	/** Living sockets of a scope that the current sample has not seen (yet). */
	unseen({protocol, family, states, namespace = 0}: Scope): number[] {
		if (this.#seen === this.size) {
			return [];
		}

		const {protocol: protocols, family: families, state, namespace: namespaces} = this.core;
		return this.#allUnseen().filter(slot => protocols[slot] === protocol && families[slot] === family
			&& ((states >>> state[slot]) & 1) === 1 && namespaces[slot] === namespace);
	}

	/**
	Ends a sample.

	@param complete The scopes that were seen whole. In these, a socket that was not seen for the second time is closed.
	*/
	end(complete: readonly Scope[]): Changes {
		for (const scope of complete) {
			this.#watched.know(scope.protocol);
			for (const slot of this.unseen(scope)) {
				if ((this.core.life[slot] & Life.missed) === 0) {
					this.core.life[slot] |= Life.missed;
				} else {
					this.close(slot);
				}
			}
		}

		this.health.judge();
		this.totals.end();
		return {
			opened: this.#opened,
			changed: this.#changed,
			previousStates: this.#previousStates,
			closed: this.#closed,
			unseen: this.#unseen,
			counted: this.#counted,
			late: this.#late,
		};
	}

	/** Living sockets that the current sample has not seen. Within a sample they only grow fewer, so that all slots are walked once. */
	#allUnseen(): readonly number[] {
		const {life, seenIn} = this.core;
		const isUnseen = (slot: number): boolean => seenIn[slot] !== this.sample && (life[slot] & (Life.used | Life.closed)) === Life.used;
		if (this.#unseenIn === this.sample) {
			this.#leftUnseen = this.#leftUnseen.filter(slot => isUnseen(slot));
			return this.#leftUnseen;
		}

		const left: number[] = [];
		for (let slot = 0; slot < this.used; slot++) {
			if (isUnseen(slot)) {
				left.push(slot);
			}
		}

		this.#unseenIn = this.sample;
		this.#leftUnseen = left;
		return left;
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
		this.#opened.push(slot);
		return slot;
	}

	#dropUnwatched(): void {
		const {core, used} = this;
		if (!this.#watched.leavesOut) {
			return;
		}

		for (let slot = 0; slot < used; slot++) {
			if (!this.#watched.has(core.protocol[slot])) {
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
