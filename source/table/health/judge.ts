/**
What is wrong with each socket: after each sample one pass over the columns, while somebody wants verdicts. A verdict is a number in a column, and so is what it
comes from; there is no object per socket.
*/
import {isWaiting} from '../columns/accept-queues.js';
import {absent, Life, type NumericArray} from '../columns/columns.js';
import {Protocol} from '../columns/protocols.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {State} from '../columns/states.js';
import {isBacklogFull} from './backlog.js';
import type {healthColumns} from './columns.js';
import {createLooks} from './looks.js';
import {thresholds} from './thresholds.js';
import {Timer} from './timers.js';
import {Verdict, verdicts, type VerdictName} from './verdicts.js';

export type Health = {
	/** Judges the sockets that the sample has seen. Those that are gone keep what they had. */
	readonly judge: () => void;
	/** Living sockets by number of their verdict, as of the last sample that judged. */
	readonly counts: Uint32Array;
	/** Milliseconds for which what is suspected of a socket has been so. */
	readonly standing: (slot: number) => number;
};

const orZero = (value: number): number => value === absent.u8 ? 0 : value;

const columnOf = (table: SampledColumns, name: (typeof healthColumns)[number]): NumericArray => table.optional(name) ?? new Uint8Array(0);

/** By the number in a column of one byte: whether it says nothing, absent or 0; and whether so many quiet minutes are few. */
const bytes = Array.from({length: absent.u8 + 1}, (_, value) => value);
const silent = Uint8Array.from(bytes, value => value === 0 || value === absent.u8 ? 1 : 0);
const recent = Uint8Array.from(bytes, value => value < thresholds.idle || value === absent.u8 ? 1 : 0);

export const createHealth = (table: SampledColumns): Health => {
	const counts = new Uint32Array(verdicts.length);
	const looks = createLooks();

	const judge = (): void => {
		const verdict = table.optional('verdict');
		const suspicion = table.optional('suspicion');
		const suspicionLooks = table.optional('suspicionLooks');
		const queuedBefore = table.optional('queuedBefore');
		counts.fill(0);
		if (verdict === undefined || suspicion === undefined || suspicionLooks === undefined || queuedBefore === undefined) {
			return;
		}

		looks.add(table.now);
		const {core: {life, seenIn, state, recvQ, sendQ, txRate}, sample, used} = table;
		const recentLosses = columnOf(table, 'recentLosses');
		const sendLimitShare = columnOf(table, 'sendLimitShare');
		const quietMinutes = columnOf(table, 'quietMinutes');
		const suspect = bindSuspect(table);
		for (let slot = 0; slot < used; slot++) {
			if ((life[slot] & (Life.used | Life.closed)) !== Life.used) {
				continue;
			}

			// Nearly all: nothing waits, nothing is to be said, and nothing was.
			if (
				(state[slot] === State.established || state[slot] === State.timeWait) && recvQ[slot] === 0 && sendQ[slot] === 0 && verdict[slot] === 0
				&& suspicion[slot] === 0 && queuedBefore[slot] === 0 && silent[recentLosses[slot]] === 1 && silent[sendLimitShare[slot]] === 1
				&& recent[quietMinutes[slot]] === 1 && !(txRate[slot] >= thresholds.appLimitedRate) && seenIn[slot] === sample
			) {
				counts[0]++;
				continue;
			}

			if (seenIn[slot] === sample) {
				const suspected = suspect(slot);
				const inRow = suspected !== 0 && suspicion[slot] === suspected ? Math.min(looks.most, suspicionLooks[slot] + 1) : 1;
				suspicion[slot] = suspected;
				suspicionLooks[slot] = inRow;
				queuedBefore[slot] = recvQ[slot];
				verdict[slot] = hasLasted(table, slot, suspected, inRow) ? suspected : 0;
			}

			counts[orZero(verdict[slot])]++;
		}
	};

	/** Milliseconds for which the window of the peer has been closed, by what the kernel remembers. */
	const blockedTime = (slot: number): number => orZero(table.optional('blockedSeconds')?.[slot] ?? 0) * 1000;

	/** Whether a suspicion has been there for long enough to be a verdict. */
	const hasLasted = ({core: {protocol}}: SampledColumns, slot: number, suspected: number, inRow: number): boolean => {
		if (suspected === 0 || !needsTime[suspected] || (suspected === Verdict['peer not reading'] && blockedTime(slot) >= thresholds.standing)) {
			return true;
		}

		return protocol[slot] === Protocol.udp
			? inRow >= thresholds.datagramsLooks && looks.elapsed(inRow) >= thresholds.datagramsStanding
			: inRow >= thresholds.standingLooks && looks.elapsed(inRow) >= thresholds.standing;
	};

	return {
		judge,
		counts,
		standing(slot) {
			const inRow = orZero(table.optional('suspicionLooks')?.[slot] ?? 0);
			return Math.max(looks.elapsed(inRow), blockedTime(slot));
		},
	};
};

const lasting: ReadonlySet<VerdictName> = new Set<VerdictName>(['not reading', 'peer not reading', 'send buffer', 'app limited']);

/** What may be right for a moment: by number of the verdict. */
const needsTime: readonly boolean[] = verdicts.map(verdict => verdict !== undefined && lasting.has(verdict.name));

/** Binds the rule to the columns as they are now: what looks wrong with a socket in this sample, compared with the one before; 0 for nothing. */
const bindSuspect = (table: SampledColumns): ((slot: number) => number) => {
	const {core: {protocol, state, stateSince, recvQ, sendQ, timer, timerRetransmits, rxRate, txRate, inode}, now, previousSampleAt} = table;
	const queuedBefore = columnOf(table, 'queuedBefore');
	const recentLosses = columnOf(table, 'recentLosses');
	const sendLimitShare = columnOf(table, 'sendLimitShare');
	const appLimitedLooks = columnOf(table, 'appLimitedLooks');
	const quietMinutes = columnOf(table, 'quietMinutes');
	const seconds = (now - previousSampleAt) / 1000;

	const hasLosses = (slot: number): boolean => recentLosses[slot] >= thresholds.lostSegments && recentLosses[slot] !== absent.u8;

	/** Bytes wait, and none were taken since the last sample: all that came is still there. */
	const isStanding = (slot: number): boolean => {
		const before = queuedBefore[slot];
		if (recvQ[slot] === 0 || before === 0 || before === absent.u32) {
			return false;
		}

		// A rate is a number of 24 bits.
		const received = rxRate[slot] * seconds;
		return received - (recvQ[slot] - before) <= 1 + received / 1e6;
	};

	/** Sockets of datagrams do not tell what was taken: their queue has the same length, or overflows. */
	const isOverrun = (slot: number): boolean => recvQ[slot] > 0 && (hasLosses(slot) || recvQ[slot] === queuedBefore[slot]);

	const suspectConnection = (slot: number): number => {
		if (isStanding(slot) && (inode[slot] !== 0 || isWaiting(table, slot))) {
			return Verdict['not reading'];
		}

		if (timer[slot] === Timer.persist && sendQ[slot] > 0 && !(txRate[slot] > 0)) {
			return Verdict['peer not reading'];
		}

		if (hasLosses(slot) || (timer[slot] === Timer.retransmission && timerRetransmits[slot] >= thresholds.timeouts)) {
			return Verdict.loss;
		}

		if (sendLimitShare[slot] >= thresholds.sendBufferShare && sendLimitShare[slot] !== absent.u8) {
			return Verdict['send buffer'];
		}

		if (txRate[slot] >= thresholds.appLimitedRate && appLimitedLooks[slot] > 0 && appLimitedLooks[slot] !== absent.u8) {
			return Verdict['app limited'];
		}

		return quietMinutes[slot] >= thresholds.idle && quietMinutes[slot] !== absent.u8 ? Verdict.idle : 0;
	};

	return slot => {
		if (protocol[slot] === Protocol.udp) {
			return isOverrun(slot) ? Verdict['not reading'] : 0;
		}

		switch (state[slot]) {
			case State.listen: {
				return isBacklogFull(recvQ[slot], sendQ[slot]) || hasLosses(slot) ? Verdict['backlog full'] : 0;
			}

			case State.established:
			case State.finWait1: {
				return protocol[slot] === Protocol.tcp ? suspectConnection(slot) : 0;
			}

			case State.synSent: {
				return timer[slot] === Timer.retransmission && timerRetransmits[slot] >= thresholds.synRetransmits ? Verdict['SYN unanswered'] : 0;
			}

			case State.closeWait: {
				return now - stateSince[slot] >= thresholds.closeWait ? Verdict['CLOSE-WAIT leak'] : 0;
			}

			default: {
				return 0;
			}
		}
	};
};
