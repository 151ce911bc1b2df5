import {isWaiting} from '../table/columns/accept-queues.js';
import {absent} from '../table/columns/columns.js';
import {isBacklogFull} from '../table/health/backlog.js';
import {thresholds} from '../table/health/thresholds.js';
import {verdicts, type VerdictName} from '../table/health/verdicts.js';
import {Protocol} from '../table/columns/protocols.js';
import {formatDuration} from '../text/duration.js';
import {formatBytes, formatRateWithUnit} from '../text/units.js';
import type {World} from './model/field.js';
import {readOptional} from './model/read.js';

/**
Why a socket has its verdict: one or two sentences with the figures that led to it. Plain text, harmless for a terminal.

@returns Undefined for a socket without verdict, and while no sample makes verdicts.
*/
export const explainHealth = (world: World, slot: number): string | undefined => {
	const verdict = verdicts[world.table.optional('verdict')?.[slot] ?? 0];
	return verdict && explanations[verdict.name](world, slot);
};

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

const bytes = (length: number): string => length < 1000 ? count(length, 'byte') : `${formatBytes(length)}B`;

/** When the kernel tries again. */
const next = (milliseconds: number): string => milliseconds < 1000 ? 'the next time within a second' : `the next time in ${formatDuration(milliseconds)}`;

const times = (number: number): string => number === 1 ? 'once' : count(number, 'time');

const standing = ({table}: World, slot: number): string => formatDuration(table.health.standing(slot));

const losses = (world: World, slot: number): number => readOptional(world, slot, 'recentLosses') ?? 0;

const total = (world: World, slot: number): number => readOptional(world, slot, 'countedLosses') ?? 0;

const explanations: Readonly<Record<VerdictName, (world: World, slot: number) => string>> = {
	'backlog full'(world, slot) {
		const {recvQ, sendQ} = world.table.core;
		const dropped = losses(world, slot) > 0 ? ` It has dropped ${count(total(world, slot), 'connection')} so far.` : '';
		return isBacklogFull(recvQ[slot], sendQ[slot])
			? `The accept queue holds ${recvQ[slot]} of ${count(sendQ[slot], 'connection')}: the owner does not accept fast enough, and new ones are dropped.${dropped}`
			: `The accept queue holds ${recvQ[slot]} of ${count(sendQ[slot], 'connection')} now, but was full since the last samples.${dropped}`;
	},
	'SYN unanswered'({table: {core}}, slot) {
		return `The SYN was sent ${times(core.timerRetransmits[slot] + 1)} and nobody answers; `
			+ `${next(core.timerExpires[slot])}. The peer is gone, or something between drops what is sent to it.`;
	},
	'CLOSE-WAIT leak'({table: {core, now}}, slot) {
		const unread = core.recvQ[slot] > 1 ? `, with ${bytes(core.recvQ[slot])} unread` : '';
		return `The peer closed at least ${formatDuration(now - core.stateSince[slot])} ago and the owner has not closed its end${unread}. `
			+ 'Programs that lose sockets so run out of descriptors.';
	},
	'not reading'(world, slot) {
		const {protocol, recvQ} = world.table.core;
		const waits = bytes(recvQ[slot]);
		if (protocol[slot] === Protocol.udp) {
			const dropped = losses(world, slot) > 0 ? `; ${count(total(world, slot), 'datagram')} were dropped so far` : '';
			return `${waits} of datagrams wait in Recv-Q for ${standing(world, slot)} and the owner takes none, or too few${dropped}.`;
		}

		return isWaiting(world.table, slot)
			? `${waits} wait in Recv-Q for ${standing(world, slot)}, and nobody has accepted the connection yet.`
			: `${waits} wait in Recv-Q, of which the owner has taken none for ${standing(world, slot)}: it is stopped, busy, or waits for something else.`;
	},
	'peer not reading'(world, slot) {
		const {core} = world.table;
		const limited = readOptional(world, slot, 'receiveWindowLimited');
		const inAll = limited === undefined || limited < 1_000_000 ? '' : ` In all, the window of the peer held sending back for ${formatDuration(limited / 1000)}.`;
		return `${bytes(core.sendQ[slot])} stand in Send-Q for ${standing(world, slot)}: the window of the peer is closed, `
			+ `and the kernel probes it (${core.timerRetransmits[slot]} without an answer).${inAll}`;
	},
	loss(world, slot) {
		const {core} = world.table;
		if (core.timer[slot] === 1 && core.timerRetransmits[slot] >= thresholds.timeouts) {
			return `Nothing is acknowledged any more: the first of ${bytes(core.sendQ[slot])} was sent again ${times(core.timerRetransmits[slot])}; `
				+ `${next(core.timerExpires[slot])}.`;
		}

		const recent = losses(world, slot);
		return `${recent >= absent.u8 - 1 ? 'More than ' : ''}${count(recent, 'segment')} had to be sent again in the last samples, `
			+ `more than ${thresholds.lossShare * 100} % of what was sent; ${total(world, slot)} so far.`;
	},
	'send buffer'(world, slot) {
		const buffer = readOptional(world, slot, 'sendBuffer');
		const size = buffer === undefined ? '' : ` of ${bytes(buffer)}`;
		return `The send buffer${size} held sending back for ${readOptional(world, slot, 'sendLimitShare') ?? 0} % of the time before the last sample, `
			+ `for ${standing(world, slot)} now: a larger SO_SNDBUF would let it send faster.`;
	},
	'app limited'({table: {core}}, slot) {
		return `It sends ${formatRateWithUnit(core.txRate[slot])}, and the way could carry more: the process gives too little to send.`;
	},
	idle(world, slot) {
		const minutes = readOptional(world, slot, 'quietMinutes') ?? 0;
		return `No data were sent or received for ${minutes >= absent.u8 - 1 ? 'more than ' : ''}${formatDuration(minutes * 60_000)}: `
			+ 'what stands between the ends may have forgotten the connection.';
	},
};
