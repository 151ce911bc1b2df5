/**
What a sample records about a socket as evidence of health problems: how counters of the kernel have grown since the previous sample. The counters themselves
are not kept in full, so all of this takes a few bytes per socket.
*/
import {absent} from '../columns/columns.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {thresholds} from './thresholds.js';
import {Timer} from './timers.js';

/**
Sources call these for each socket of a sample, after setting its payload counters. `isMeasured` is the result of `setCounters`: whether there is an earlier
sample to compare with. Counters are modulo 2 ** 32. For most sockets nothing has changed: that case must cost next to nothing.
*/
export type Evidence = {
	/** Takes the number of segments that a TCP connection has retransmitted so far. */
	readonly noteRetransmits: (slot: number, isMeasured: boolean, retransmits: number) => void;
	/** Takes the microseconds in which the send buffer limited sending so far. */
	readonly noteSendLimit: (slot: number, isMeasured: boolean, microseconds: number) => void;
	/**
	Takes the milliseconds since data were last sent or received, or anything was acknowledged, whichever is least; and whether the process supplied too little
	data to send. The answer to a keepalive probe carries no data but is an acknowledgement (`rcv_tstamp`, `tcp_ack` in `net/ipv4/tcp_input.c`), and it
	refreshes the connection in NATs and firewalls on the way. The endpoint that receives the probe records nothing.
	*/
	readonly noteActivity: (slot: number, quiet: number, isAppLimited: boolean) => void;
	/**
	Takes the milliseconds since data were last sent. If the window of the peer is closed and bytes wait to be sent, the window has been closed for at least
	that long. Call it after setting timer and Send-Q.
	*/
	readonly noteBlocked: (slot: number, sinceSent: number) => void;
	/** Takes the number of connections that a listener has dropped so far, or of datagrams that a socket has (`sk_drops`). */
	readonly noteDrops: (slot: number, drops: number) => void;
};

/** The largest value in a one-byte column. */
const maxSamples = absent.u8 - 1;

/** Milliseconds. */
const minute = 60_000;

const orZero = (value: number): number => value === absent.u8 ? 0 : value;

/** Binds to the current columns. Returns undefined while nothing wants health problems. */
export const bindEvidence = (table: SampledColumns): Evidence | undefined => {
	const counts = table.optional('countedLosses');
	const limits = table.optional('countedSendLimit');
	const losses = table.optional('recentLosses');
	const shares = table.optional('sendLimitShare');
	const quietMinutes = table.optional('quietMinutes');
	const appLimited = table.optional('appLimitedSamples');
	const blockedSeconds = table.optional('blockedSeconds');
	if (
		counts === undefined || limits === undefined || losses === undefined || shares === undefined || quietMinutes === undefined || appLimited === undefined
		|| blockedSeconds === undefined
	) {
		return undefined;
	}

	const {txRate, timer, sendQ} = table.core;
	const seconds = (table.now - table.previousSampleAt) / 1000;

	/** Adds the losses since the last sample to the recent ones, which decay. Ignores growth below `least`. Returns the growth. */
	const addLosses = (slot: number, count: number, minimum: number): number => {
		const grown = counts[slot] === absent.u32 ? 0 : (count - counts[slot]) >>> 0;
		const before = orZero(losses[slot]);
		counts[slot] = count;
		losses[slot] = Math.min(maxSamples, Math.floor(before * thresholds.lossDecay) + (grown < minimum ? 0 : grown));
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
			quietMinutes[slot] = quiet < minute ? 0 : Math.min(maxSamples, Math.floor(quiet / minute));
			appLimited[slot] = isAppLimited ? Math.min(maxSamples, orZero(appLimited[slot]) + 1) : 0;
		},
		noteBlocked(slot, sinceSent) {
			blockedSeconds[slot] = timer[slot] === Timer.persist && sendQ[slot] > 0 ? Math.min(maxSamples, Math.floor(sinceSent / 1000)) : 0;
		},
		noteDrops(slot, drops) {
			addLosses(slot, drops, 1);
		},
	};
};
