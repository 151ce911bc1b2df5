/** The payload counters of sockets, the rates that follow from them, and the bytes of a sample. */
import {Life, Trait} from './columns/columns.js';
import {Protocol} from './columns/protocols.js';
import {IdentifiedSockets} from './identified-sockets.js';
import {WatchedProtocols} from './watched-protocols.js';

/** The table as a set of sockets that count bytes. */
export class CountedSockets extends IdentifiedSockets {
	/** Payload bytes that the current sample saw moved, all sockets together. */
	bytesSentInSample = 0;
	bytesReceivedInSample = 0;
	/** The protocols that samples contain. */
	protected readonly watched = new WatchedProtocols();

	/**
	Sets the payload counters of a socket, and computes its rates from the growth since the previous sample and the measured time. For a socket that is new
	since the previous sample, all of its bytes count.

	@param received As the kernel counts: including one byte for a FIN of the peer. The byte is subtracted if the state, set before, shows that the FIN has
	arrived.
	@returns Whether there was an earlier value to compare with.
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
		// A dump may contain the same socket twice while others come and go. No time has passed then, so there is no rate.
		if (!(seconds > 0 && sentSince >= 0 && receivedSince >= 0)) {
			return false;
		}

		core.txRate[slot] = sentSince / seconds;
		core.rxRate[slot] = receivedSince / seconds;
		// The bytes of an MPTCP socket are those of its subflows, which are TCP sockets.
		if (core.protocol[slot] !== Protocol.mptcp || !this.watched.has(Protocol.tcp)) {
			this.bytesSentInSample += sentSince;
			this.bytesReceivedInSample += receivedSince;
		}

		return true;
	}

	/** Subtracts the FIN from the received bytes of a TCP socket, at most once. For last counters that include a FIN which the state did not show. */
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

	/** Makes the rates absent: the kernel does not count for this socket, or no longer. Totals stay. */
	clearRates(slot: number): void {
		this.core.txRate[slot] = NaN;
		this.core.rxRate[slot] = NaN;
	}

	/** Starts a sample: no bytes have moved yet. */
	protected beginCounters(): void {
		this.bytesSentInSample = 0;
		this.bytesReceivedInSample = 0;
		this.retransmitsInSample = 0;
	}
}
