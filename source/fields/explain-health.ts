import {isWaiting} from '../table/columns/accept-queues.js';
import {absent} from '../table/columns/columns.js';
import {isBacklogFull} from '../table/health/backlog.js';
import {thresholds} from '../table/health/thresholds.js';
import {healthProblems, type HealthProblemName} from '../table/health/problems.js';
import {Protocol} from '../table/columns/protocols.js';
import {formatDuration} from '../text/duration.js';
import {formatBytes, formatRateWithUnit} from '../text/units.js';
import type {FieldContext} from './model/field.js';
import {readOptional} from './model/read.js';

/**
Explains the health problem of a socket in one or two sentences with the figures that show it. The text is safe to print on a terminal.

@returns Undefined for a socket without a problem, and while samples do not judge health.
*/
export const explainHealth = (context: FieldContext, slot: number): string | undefined => {
	const healthProblem = healthProblems[context.table.optional('healthProblem')?.[slot] ?? 0];
	return healthProblem && explanations[healthProblem.name](context, slot);
};

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

const bytes = (length: number): string => length < 1000 ? count(length, 'byte') : `${formatBytes(length)}B`;

/** Tells when the kernel retries. */
const nextRetry = (milliseconds: number): string => milliseconds < 1000 ? 'the next try is within a second' : `the next try is in ${formatDuration(milliseconds)}`;

const times = (number: number): string => number === 1 ? 'once' : count(number, 'time');

const duration = ({table}: FieldContext, slot: number): string => formatDuration(table.health.problemDuration(slot));

const losses = (context: FieldContext, slot: number): number => readOptional(context, slot, 'recentLosses') ?? 0;

const total = (context: FieldContext, slot: number): number => readOptional(context, slot, 'countedLosses') ?? 0;

const explanations: Readonly<Record<HealthProblemName, (context: FieldContext, slot: number) => string>> = {
	'backlog full'(context, slot) {
		const {recvQ, sendQ} = context.table.core;
		const dropped = losses(context, slot) > 0 ? ` It has dropped ${count(total(context, slot), 'connection')} so far.` : '';
		return isBacklogFull(recvQ[slot], sendQ[slot])
			? `The accept queue holds ${recvQ[slot]} of ${count(sendQ[slot], 'connection')}: the owner does not accept fast enough, and the kernel drops new connections.${dropped}`
			: `The accept queue holds ${recvQ[slot]} of ${count(sendQ[slot], 'connection')} now, but was full between the last samples.${dropped}`;
	},
	'SYN unanswered'({table: {core}}, slot) {
		return `The SYN was sent ${times(core.timerRetransmits[slot] + 1)} without an answer; `
			+ `${nextRetry(core.timerExpires[slot])}. The peer is gone, or something on the path drops the packets.`;
	},
	'CLOSE-WAIT leak'({table: {core, now}}, slot) {
		const unread = core.recvQ[slot] > 1 ? `, with ${bytes(core.recvQ[slot])} unread` : '';
		return `The peer closed at least ${formatDuration(now - core.stateSince[slot])} ago and the owner has not closed the socket${unread}. `
			+ 'A program that leaks sockets runs out of descriptors.';
	},
	'not reading'(context, slot) {
		const {protocol, recvQ} = context.table.core;
		const unread = bytes(recvQ[slot]);
		if (protocol[slot] === Protocol.udp) {
			const dropped = losses(context, slot) > 0 ? `; ${count(total(context, slot), 'datagram')} dropped so far` : '';
			return `Recv-Q has held ${unread} of datagrams for ${duration(context, slot)}: the owner reads none, or too few${dropped}.`;
		}

		return isWaiting(context.table, slot)
			? `Recv-Q has held ${unread} for ${duration(context, slot)}: the owner has not accepted the connection yet.`
			: `Recv-Q holds ${unread}, and the owner has read nothing for ${duration(context, slot)}: it is stopped, busy, or waits for something else.`;
	},
	'peer not reading'(context, slot) {
		const {core} = context.table;
		const limited = readOptional(context, slot, 'receiveWindowLimited');
		const sinceStart = limited === undefined || limited < 1_000_000 ? '' : ` In total, the peer's window has limited sending for ${formatDuration(limited / 1000)}.`;
		return `Send-Q has held ${bytes(core.sendQ[slot])} for ${duration(context, slot)}: the peer's window is closed, `
			+ `and the kernel probes it (${count(core.timerRetransmits[slot], 'probe')} unanswered).${sinceStart}`;
	},
	loss(context, slot) {
		const {core} = context.table;
		if (core.timer[slot] === 1 && core.timerRetransmits[slot] >= thresholds.timeouts) {
			return `The peer acknowledges nothing: the first of ${bytes(core.sendQ[slot])} has been retransmitted ${times(core.timerRetransmits[slot])}; `
				+ `${nextRetry(core.timerExpires[slot])}.`;
		}

		const recent = losses(context, slot);
		return `${recent >= absent.u8 - 1 ? 'More than ' : ''}${count(recent, 'segment')} retransmitted in the last samples, `
			+ `more than ${thresholds.lossShare * 100} % of what was sent; ${total(context, slot)} so far.`;
	},
	'send buffer'(context, slot) {
		const buffer = readOptional(context, slot, 'sendBuffer');
		const size = buffer === undefined ? '' : ` of ${bytes(buffer)}`;
		return `The send buffer${size} limited sending for ${readOptional(context, slot, 'sendLimitShare') ?? 0} % of the time before the last sample, `
			+ `and has done so for ${duration(context, slot)}: a larger SO_SNDBUF would let it send faster.`;
	},
	'app limited'({table: {core}}, slot) {
		return `It sends ${formatRateWithUnit(core.txRate[slot])}, and the network could carry more: the process does not write faster.`;
	},
	idle(context, slot) {
		const minutes = readOptional(context, slot, 'quietMinutes') ?? 0;
		return `No data has been sent or received for ${minutes >= absent.u8 - 1 ? 'more than ' : ''}${formatDuration(minutes * 60_000)}: `
			+ 'a firewall or load balancer on the path may have dropped the connection.';
	},
	'few ports left'({table}, slot) {
		const crowding = table.health.crowded.of(slot);
		if (crowding === undefined) {
			return 'Connections to this peer address and port used nearly all local ports (net.ipv4.ip_local_port_range).';
		}

		const {used, size, left} = crowding;
		const soon = left === undefined ? '' : ` At the rate of the last sample, none is left ${left < 1000 ? 'within a second' : `in ${formatDuration(left)}`}.`;
		return `Connections to this peer address and port use ${used} of ${count(size, 'local port')} (net.ipv4.ip_local_port_range), those in TIME-WAIT included.${soon}`;
	},
};
