import {Life, Trait} from '../../table/columns/columns.js';
import {formatDuration} from '../../text/duration.js';
import type {FieldRecord, FieldContext} from '../model/field.js';

/** Names in `ss` of the timer codes of inet_diag_msg (`net/ipv4/inet_diag.c`); 0 is off. */
const timerNames = ['on', 'keepalive', 'timewait', 'persist', 'delack'] as const;

/** Returns the whole milliseconds since a time, or from that time until the socket closed. */
const elapsed = ({table: {core, now}}: FieldContext, slot: number, then: number): number => {
	const closedAt = core.closedAt[slot];
	return Math.max(0, Math.round((Number.isNaN(closedAt) ? now : closedAt) - then));
};

const isInitial = ({table: {core}}: FieldContext, slot: number): boolean => (core.life[slot] & Life.initial) !== 0;

/** Whether the socket is short-lived: it opened and closed between two samples, so its times are unknown. */
const isShortLived = ({table: {core}}: FieldContext, slot: number): boolean => (core.life[slot] & Life.shortLived) !== 0;

const isTimerOff = ({table: {core}}: FieldContext, slot: number): boolean => core.timer[slot] === 0;

/** How long a socket has existed and has been in its state, and its timer. */
export const timeFields: readonly FieldRecord[] = [
	{
		id: 'age',
		kind: 'number',
		unit: 'age',
		title: 'Age',
		meaning: 'Time since the socket was first seen. A plus sign means it is older than this run of conntop: the kernel reports only a minimum for its age.',
		width: {min: 6, max: 6},
		importance: 15,
		descending: false,
		read: (context, slot) => isShortLived(context, slot) ? undefined : elapsed(context, slot, context.table.core.openedAt[slot]) + context.table.core.ageBefore[slot],
		isMinimum: isInitial,
	},
	{
		id: 'stateAge',
		kind: 'number',
		unit: 'age',
		title: 'In state',
		meaning: 'Time since the socket entered its state. A plus sign means it was in this state before conntop started: it has been for at least that long.',
		width: {min: 8, max: 8},
		descending: false,
		read: (context, slot) => isShortLived(context, slot) ? undefined : elapsed(context, slot, context.table.core.stateSince[slot]),
		isMinimum: ({table: {core}}, slot) => (core.traits[slot] & Trait.initialState) !== 0,
	},
	{
		id: 'timer',
		kind: 'text',
		title: 'Timer',
		meaning: 'Running timer: on (retransmission), keepalive, timewait, persist (the peer\'s window is closed) or delack; absent if none is running.',
		width: {min: 9, max: 9},
		ss: 'timer',
		values: [...timerNames, 'unknown'],
		read: ({table: {core}}, slot) => core.timer[slot] === 0 ? undefined : (timerNames[core.timer[slot] - 1] ?? 'unknown'),
		tone: name => name === 'persist' ? 'warning' : undefined,
	},
	{
		id: 'timerExpires',
		kind: 'number',
		unit: 'age',
		title: 'Expires',
		meaning: 'Time until the timer expires.',
		width: {min: 7, max: 7},
		descending: false,
		aliases: ['expires'],
		ss: 'timer',
		read: (context, slot) => isTimerOff(context, slot) ? undefined : context.table.core.timerExpires[slot],
		format: milliseconds => milliseconds < 1000 ? `${Math.round(milliseconds)}ms` : formatDuration(milliseconds),
	},
	{
		id: 'timerRetransmits',
		kind: 'number',
		unit: 'none',
		title: 'Tries',
		meaning: 'Number of times that the timer expired without an answer: retransmissions or probes.',
		width: {min: 5, max: 5},
		aliases: ['tries'],
		ss: 'timer',
		read: (context, slot) => isTimerOff(context, slot) ? undefined : context.table.core.timerRetransmits[slot],
		tone: tries => tries === 0 ? undefined : 'warning',
	},
];
