import {Life, Trait} from '../../table/columns/columns.js';
import {formatDuration} from '../../text/duration.js';
import type {FieldRecord, World} from '../model/field.js';

/** Names of `ss` for the timer codes of inet_diag_msg (`net/ipv4/inet_diag.c`); 0 is off. */
const timerNames = ['on', 'keepalive', 'timewait', 'persist', 'delack'] as const;

/** Whole milliseconds from then until now, or until the socket closed. */
const elapsed = ({table: {core, now}}: World, slot: number, then: number): number => {
	const closedAt = core.closedAt[slot];
	return Math.max(0, Math.round((Number.isNaN(closedAt) ? now : closedAt) - then));
};

const isInitial = ({table: {core}}: World, slot: number): boolean => (core.life[slot] & Life.initial) !== 0;

/** Whether it came and went between two samples: nobody knows when. */
const isUnseen = ({table: {core}}: World, slot: number): boolean => (core.life[slot] & Life.unseen) !== 0;

const isTimerOff = ({table: {core}}: World, slot: number): boolean => core.timer[slot] === 0;

/** How long a socket has been what it is, and what it waits for. */
export const timeFields: readonly FieldRecord[] = [
	{
		id: 'age',
		kind: 'number',
		unit: 'age',
		title: 'Age',
		meaning: 'Time since the socket was first seen. With a plus sign when it was there before conntop: it is at least as old as what the kernel remembers of it.',
		width: {min: 6, max: 6},
		importance: 15,
		descending: false,
		read: (world, slot) => isUnseen(world, slot) ? undefined : elapsed(world, slot, world.table.core.openedAt[slot]) + world.table.core.ageBefore[slot],
		isMinimum: isInitial,
	},
	{
		id: 'stateAge',
		kind: 'number',
		unit: 'age',
		title: 'In state',
		meaning: 'Time since the socket entered its state. With a plus sign when it was in this state before conntop started: it has been for at least that long.',
		width: {min: 8, max: 8},
		descending: false,
		read: (world, slot) => isUnseen(world, slot) ? undefined : elapsed(world, slot, world.table.core.stateSince[slot]),
		isMinimum: ({table: {core}}, slot) => (core.traits[slot] & Trait.initialState) !== 0,
	},
	{
		id: 'timer',
		kind: 'text',
		title: 'Timer',
		meaning: 'Timer that runs: on (retransmission), keepalive, timewait, persist (the peer\'s window is closed) or delack; absent when none does.',
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
		meaning: 'Time until the timer fires.',
		width: {min: 7, max: 7},
		descending: false,
		aliases: ['expires'],
		ss: 'timer',
		read: (world, slot) => isTimerOff(world, slot) ? undefined : world.table.core.timerExpires[slot],
		format: milliseconds => milliseconds < 1000 ? `${Math.round(milliseconds)}ms` : formatDuration(milliseconds),
	},
	{
		id: 'timerRetransmits',
		kind: 'number',
		unit: 'none',
		title: 'Tries',
		meaning: 'How often the timer fired without an answer: retransmissions or probes.',
		width: {min: 5, max: 5},
		aliases: ['tries'],
		ss: 'timer',
		read: (world, slot) => isTimerOff(world, slot) ? undefined : world.table.core.timerRetransmits[slot],
		tone: tries => tries === 0 ? undefined : 'warning',
	},
];
