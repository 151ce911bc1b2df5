/**
Finds health problems: one pass over the columns after each sample, while a caller wants them. Problem and evidence are numbers in columns; there is no object
per socket.
*/
import {isWaiting} from '../columns/accept-queues.js';
import {absent, Life, type NumericArray} from '../columns/columns.js';
import {Protocol} from '../columns/protocols.js';
import {inParts, type Parts} from '../../parts/parts.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {State} from '../columns/states.js';
import {isBacklogFull} from './backlog.js';
import type {healthColumns} from './columns.js';
import {createSampleTimes} from './sample-times.js';
import {thresholds} from './thresholds.js';
import {Timer} from './timers.js';
import {createCrowded, type Crowded} from './crowding.js';
import {
	HealthProblem,
	healthProblems,
	isSick,
	type HealthProblemName,
} from './problems.js';

export type Health = {
	/** Updates the problems of the sockets that the sample has seen. Closed sockets keep theirs. */
	readonly update: () => Parts;
	/** Living sockets by number of their problem, as of the last `update`. */
	readonly counts: Uint32Array;
	/** Milliseconds for which a socket's suspected problem has lasted. */
	readonly problemDuration: (slot: number) => number;
	/** The destinations for which local ports run out. */
	readonly crowded: Crowded;
};

const orZero = (value: number): number => value === absent.u8 ? 0 : value;

const columnOf = (table: SampledColumns, name: (typeof healthColumns)[number]): NumericArray => table.optional(name) ?? new Uint8Array(0);

/** Indexed by the value of a one-byte column: whether it is absent or 0; and whether so many quiet minutes are below the threshold. */
const bytes = Array.from({length: absent.u8 + 1}, (_, value) => value);
const emptyBytes = Uint8Array.from(bytes, value => value === 0 || value === absent.u8 ? 1 : 0);
const recentBytes = Uint8Array.from(bytes, value => value < thresholds.idle || value === absent.u8 ? 1 : 0);

export const createHealth = (table: SampledColumns): Health => {
	const counts = new Uint32Array(healthProblems.length);
	const sampleTimes = createSampleTimes();
	const crowded = createCrowded(table);

	// Gives the problem to the connections of crowded destinations; to one in TIME-WAIT only where no other goes there.
	const markCrowded = function * (healthProblem: NumericArray): Parts {
		const destinations = yield * crowded.update();
		if (destinations === undefined || destinations.all.length === 0) {
			return;
		}

		const {core: {life, state}, used} = table;
		const open = new Set<number>();
		const mark = (slot: number): void => {
			if (isSick(orZero(healthProblem[slot]))) {
				return;
			}

			counts[orZero(healthProblem[slot])]--;
			healthProblem[slot] = HealthProblem['few ports left'];
			counts[healthProblem[slot]]++;
		};

		yield * inParts(used, (from, to) => {
			for (let slot = from; slot < to; slot++) {
				const destination = (life[slot] & Life.closed) === 0 && state[slot] !== State.timeWait ? destinations.of(slot) : undefined;
				if (destination !== undefined) {
					open.add(destination.key);
					mark(slot);
				}
			}
		});

		for (const {key, slot} of destinations.all) {
			if (!open.has(key)) {
				mark(slot);
			}
		}
	};

	const update = function * (): Parts {
		const healthProblem = table.optional('healthProblem');
		const suspicion = table.optional('suspicion');
		const suspicionSamples = table.optional('suspicionSamples');
		const queuedBefore = table.optional('queuedBefore');
		counts.fill(0);
		if (healthProblem === undefined || suspicion === undefined || suspicionSamples === undefined || queuedBefore === undefined) {
			return;
		}

		sampleTimes.add(table.now);
		const {core: {life, seenIn, state, recvQ, sendQ, txRate}, sample, used} = table;
		const recentLosses = columnOf(table, 'recentLosses');
		const sendLimitShare = columnOf(table, 'sendLimitShare');
		const quietMinutes = columnOf(table, 'quietMinutes');
		const suspect = bindSuspect(table);
		yield * inParts(used, (from, to) => {
			for (let slot = from; slot < to; slot++) {
				if ((life[slot] & (Life.used | Life.closed)) !== Life.used) {
					continue;
				}

				// The case of nearly all sockets: empty queues, and no problem, neither now nor before.
				if (
					(state[slot] === State.established || state[slot] === State.timeWait) && recvQ[slot] === 0 && sendQ[slot] === 0 && healthProblem[slot] === 0
					&& suspicion[slot] === 0 && queuedBefore[slot] === 0 && emptyBytes[recentLosses[slot]] === 1 && emptyBytes[sendLimitShare[slot]] === 1
					&& recentBytes[quietMinutes[slot]] === 1 && !(txRate[slot] >= thresholds.appLimitedRate) && seenIn[slot] === sample
				) {
					counts[0]++;
					continue;
				}

				if (seenIn[slot] === sample) {
					const suspected = suspect(slot);
					const inRow = suspected !== 0 && suspicion[slot] === suspected ? Math.min(sampleTimes.maxSamples, suspicionSamples[slot] + 1) : 1;
					suspicion[slot] = suspected;
					suspicionSamples[slot] = inRow;
					queuedBefore[slot] = recvQ[slot];
					healthProblem[slot] = hasLasted(table, slot, suspected, inRow) ? suspected : 0;
				}

				counts[orZero(healthProblem[slot])]++;
			}
		});

		yield * markCrowded(healthProblem);
	};

	/** Milliseconds for which the window of the peer has been closed, according to the kernel. */
	const blockedTime = (slot: number): number => orZero(table.optional('blockedSeconds')?.[slot] ?? 0) * 1000;

	/** Whether a suspected problem has lasted long enough to be reported. */
	const hasLasted = ({core: {protocol}}: SampledColumns, slot: number, suspected: number, inRow: number): boolean => {
		if (suspected === 0 || !needsTime[suspected] || (suspected === HealthProblem['peer not reading'] && blockedTime(slot) >= thresholds.stuckTime)) {
			return true;
		}

		return protocol[slot] === Protocol.udp
			? inRow >= thresholds.stuckDatagramSamples && sampleTimes.elapsed(inRow) >= thresholds.stuckDatagramTime
			: inRow >= thresholds.stuckSamples && sampleTimes.elapsed(inRow) >= thresholds.stuckTime;
	};

	return {
		update,
		counts,
		crowded,
		problemDuration(slot) {
			const inRow = orZero(table.optional('suspicionSamples')?.[slot] ?? 0);
			return Math.max(sampleTimes.elapsed(inRow), blockedTime(slot));
		},
	};
};

const lasting: ReadonlySet<HealthProblemName> = new Set<HealthProblemName>(['not reading', 'peer not reading', 'send buffer', 'app limited']);

/** By number of the problem: whether it must last before it is reported, because it may be normal for a moment. */
const needsTime: readonly boolean[] = healthProblems.map(healthProblem => healthProblem !== undefined && lasting.has(healthProblem.name));

/**
Binds the rules to the current columns. Returns a function that gives the suspected problem of a socket in this sample, compared with the previous one; 0 for
none.
*/
const bindSuspect = (table: SampledColumns): ((slot: number) => number) => {
	const {core: {protocol, state, stateSince, recvQ, sendQ, timer, timerRetransmits, rxRate, txRate, inode}, now, previousSampleAt} = table;
	const queuedBefore = columnOf(table, 'queuedBefore');
	const recentLosses = columnOf(table, 'recentLosses');
	const sendLimitShare = columnOf(table, 'sendLimitShare');
	const appLimitedSamples = columnOf(table, 'appLimitedSamples');
	const quietMinutes = columnOf(table, 'quietMinutes');
	const seconds = (now - previousSampleAt) / 1000;

	const hasLosses = (slot: number): boolean => recentLosses[slot] >= thresholds.lostSegments && recentLosses[slot] !== absent.u8;

	/** Whether bytes wait and none were read since the last sample: everything that arrived is still in the queue. */
	const isUnread = (slot: number): boolean => {
		const before = queuedBefore[slot];
		if (recvQ[slot] === 0 || before === 0 || before === absent.u32) {
			return false;
		}

		// Rates have a precision of 24 bits.
		const received = rxRate[slot] * seconds;
		return received - (recvQ[slot] - before) <= 1 + received / 1e6;
	};

	/** For datagram sockets the kernel does not report what was read: the problem shows as a queue of the same length, or as an overflow. */
	const isOverrun = (slot: number): boolean => recvQ[slot] > 0 && (hasLosses(slot) || recvQ[slot] === queuedBefore[slot]);

	const suspectConnection = (slot: number): number => {
		if (isUnread(slot) && (inode[slot] !== 0 || isWaiting(table, slot))) {
			return HealthProblem['not reading'];
		}

		if (timer[slot] === Timer.persist && sendQ[slot] > 0 && !(txRate[slot] > 0)) {
			return HealthProblem['peer not reading'];
		}

		if (hasLosses(slot) || (timer[slot] === Timer.retransmission && timerRetransmits[slot] >= thresholds.timeouts)) {
			return HealthProblem.loss;
		}

		if (sendLimitShare[slot] >= thresholds.sendBufferShare && sendLimitShare[slot] !== absent.u8) {
			return HealthProblem['send buffer'];
		}

		if (txRate[slot] >= thresholds.appLimitedRate && appLimitedSamples[slot] > 0 && appLimitedSamples[slot] !== absent.u8) {
			return HealthProblem['app limited'];
		}

		return quietMinutes[slot] >= thresholds.idle && quietMinutes[slot] !== absent.u8 ? HealthProblem.idle : 0;
	};

	return slot => {
		if (protocol[slot] === Protocol.udp) {
			return isOverrun(slot) ? HealthProblem['not reading'] : 0;
		}

		switch (state[slot]) {
			case State.listen: {
				return isBacklogFull(recvQ[slot], sendQ[slot]) || hasLosses(slot) ? HealthProblem['backlog full'] : 0;
			}

			case State.established:
			case State.finWait1: {
				return protocol[slot] === Protocol.tcp ? suspectConnection(slot) : 0;
			}

			case State.synSent: {
				return timer[slot] === Timer.retransmission && timerRetransmits[slot] >= thresholds.synRetransmits ? HealthProblem['SYN unanswered'] : 0;
			}

			case State.closeWait: {
				return now - stateSince[slot] >= thresholds.closeWait ? HealthProblem['CLOSE-WAIT leak'] : 0;
			}

			default: {
				return 0;
			}
		}
	};
};
