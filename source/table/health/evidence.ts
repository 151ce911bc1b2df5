/**
What a sample notes of a socket for the verdict about it: how counters of the kernel have grown since the sample before. The counters themselves are not
kept in full, so that all of this takes a few bytes of each socket.
*/
import {absent} from '../columns/columns.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {thresholds} from './thresholds.js';
import {Timer} from './timers.js';

/**
Sources call these for each socket of a sample, after its payload counters are set. `isMeasured` is what `setCounters` gives: whether there is a sample to
compare with. Counters are modulo 2 ** 32. Of most sockets, nothing has changed: that must cost next to nothing.
*/
export type Evidence = {
	/** Segments that a TCP connection has sent again so far. */
	readonly noteRetransmits: (slot: number, isMeasured: boolean, retransmits: number) => void;
	/** Microseconds in which the send buffer held sending back so far. */
	readonly noteSendLimit: (slot: number, isMeasured: boolean, microseconds: number) => void;
	/**
	Milliseconds since data were last sent or received, or something was acknowledged, whichever is least; and whether the process gave too little to send. The
	answer to a keepalive probe carries no data, but it is an acknowledgement (`rcv_tstamp`, `tcp_ack` in `net/ipv4/tcp_input.c`), and it reminds what stands between
	the ends of the connection. The end that is probed is told nothing of it.
	*/
	readonly noteActivity: (slot: number, quiet: number, isAppLimited: boolean) => void;
	/**
	Milliseconds since data were last sent. While the window of the peer is closed and bytes wait to be sent, it has been closed for at least that long. To be
	called after the timer and Send-Q are set.
	*/
	readonly noteBlocked: (slot: number, sinceSent: number) => void;
	/** Connections that a listener has dropped so far, or datagrams that a socket has (`sk_drops`). */
	readonly noteDrops: (slot: number, drops: number) => void;
};

/** The largest number in a column of one byte. */
const most = absent.u8 - 1;

/** Milliseconds. */
const minute = 60_000;

const orZero = (value: number): number => value === absent.u8 ? 0 : value;

/** Binds to the columns as they are now; undefined while nobody wants verdicts. */
export const bindEvidence = (table: SampledColumns): Evidence | undefined => {
	const counts = table.optional('countedLosses');
	const limits = table.optional('countedSendLimit');
	const losses = table.optional('recentLosses');
	const shares = table.optional('sendLimitShare');
	const quietMinutes = table.optional('quietMinutes');
	const appLimited = table.optional('appLimitedLooks');
	const blockedSeconds = table.optional('blockedSeconds');
	if (
		counts === undefined || limits === undefined || losses === undefined || shares === undefined || quietMinutes === undefined || appLimited === undefined
		|| blockedSeconds === undefined
	) {
		return undefined;
	}

	const {txRate, timer, sendQ} = table.core;
	const seconds = (table.now - table.previousSampleAt) / 1000;

	/** Counts what was lost since the last sample in with what was before. Fewer than `least` are none. Gives how many there were since. */
	const addLosses = (slot: number, count: number, least: number): number => {
		const grown = counts[slot] === absent.u32 ? 0 : (count - counts[slot]) >>> 0;
		const before = orZero(losses[slot]);
		counts[slot] = count;
		losses[slot] = Math.min(most, Math.floor(before * thresholds.lossDecay) + (grown < least ? 0 : grown));
		return grown;
	};

	return {
		noteRetransmits(slot, isMeasured, retransmits) {
			if (retransmits === counts[slot] && (losses[slot] === 0 || !isMeasured)) {
				return;
			}

			if (isMeasured) {
				const segments = txRate[slot] * seconds / thresholds.segment;
				table.retransmitsInSample += addLosses(slot, retransmits, segments * thresholds.lossShare);
			} else if (counts[slot] === absent.u32) {
				counts[slot] = retransmits;
			}
		},
		noteSendLimit(slot, isMeasured, microseconds) {
			if (microseconds === limits[slot] && (shares[slot] === 0 || !isMeasured)) {
				return;
			}

			if (isMeasured && limits[slot] !== absent.u32) {
				const limited = (microseconds - limits[slot]) >>> 0;
				shares[slot] = Math.min(100, Math.round(limited / 10_000 / seconds));
				limits[slot] = microseconds;
			} else if (limits[slot] === absent.u32) {
				limits[slot] = microseconds;
			}
		},
		noteActivity(slot, quiet, isAppLimited) {
			quietMinutes[slot] = quiet < minute ? 0 : Math.min(most, Math.floor(quiet / minute));
			appLimited[slot] = isAppLimited ? Math.min(most, orZero(appLimited[slot]) + 1) : 0;
		},
		noteBlocked(slot, sinceSent) {
			blockedSeconds[slot] = timer[slot] === Timer.persist && sendQ[slot] > 0 ? Math.min(most, Math.floor(sinceSent / 1000)) : 0;
		},
		noteDrops(slot, drops) {
			addLosses(slot, drops, 1);
		},
	};
};
