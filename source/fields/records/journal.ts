import {Life} from '../../table/columns/columns.js';
import {closeReasons, type CloseReason} from '../../table/close-reasons.js';
import {Event, eventNames, type EventName} from '../../table/journal-table.js';
import {stateName, stateNames} from '../../table/columns/states.js';
import {formatClock} from '../../text/clock.js';
import type {FieldRecord, Tone} from '../model/field.js';

const eventTones: Readonly<Record<EventName, Tone>> = {opened: 'good', changed: 'notice', closed: 'dim'};

const endTones: Readonly<Record<CloseReason, Tone>> = {
	'closed here': 'plain', 'closed by peer': 'plain', reset: 'bad', 'reset here': 'warning', unanswered: 'bad', 'no connection': 'bad', destroyed: 'warning',
};

/** What the entries of the journal tell beyond what they tell of sockets; absent where rows are sockets. */
export const journalFields: readonly FieldRecord[] = [
	{
		id: 'time',
		kind: 'text',
		title: 'Time',
		meaning: 'In the journal: when the sample was taken that learnt of it.',
		width: {min: 8, max: 8},
		importance: 90,
		descending: true,
		read: ({entries}, slot) => entries && formatClock(entries.time[slot]),
		tone: () => 'dim',
		order: {key: ({entries}, slot) => entries?.core.id[slot] ?? NaN},
	},
	{
		id: 'event',
		kind: 'text',
		title: 'Event',
		meaning: 'In the journal: what happened to the socket: opened, changed (its state) or closed.',
		width: {min: 7, max: 7},
		values: Object.keys(eventTones),
		importance: 85,
		read: ({entries}, slot) => entries && eventNames[entries.event[slot]],
		tone: event => eventTones[event as EventName],
		order: {key: ({entries}, slot) => entries?.event[slot] ?? NaN},
	},
	{
		id: 'previousState',
		kind: 'text',
		title: 'Before',
		meaning: 'In the journal: the state that a socket had before it changed.',
		width: {min: 10, max: 17},
		values: stateNames,
		importance: 60,
		read: ({entries}, slot) => entries?.event[slot] === Event.changed ? stateName(entries.previousState[slot]) : undefined,
	},
	{
		id: 'lived',
		kind: 'number',
		unit: 'age',
		title: 'Lived',
		meaning: 'In the journal: time from when a socket was first seen to its end, without TIME-WAIT; with a plus sign when it was there before conntop was.',
		width: {min: 6, max: 6},
		read({entries}, slot) {
			return entries?.event[slot] !== Event.closed || (entries.core.life[slot] & Life.unseen) !== 0
				? undefined
				: Math.max(0, Math.round(entries.core.closedAt[slot] - entries.core.openedAt[slot])) + entries.core.ageBefore[slot];
		},
		isMinimum: ({entries}, slot) => entries !== undefined && (entries.core.life[slot] & Life.initial) !== 0,
	},
	{
		id: 'ended',
		kind: 'text',
		title: 'Ended',
		meaning: 'In the journal: how a TCP connection ended: closed here or by peer (who was first), reset (by either side), reset here (thrown away by its process),'
			+ ' unanswered (the peer was silent), no connection (the handshake failed), destroyed (by a person with conntop).',
		width: {min: 8, max: 14},
		importance: 55,
		isRare: true,
		values: Object.keys(endTones),
		read({entries}, slot) {
			const name = entries && closeReasons[entries.ended[slot]];
			return name === '' ? undefined : name;
		},
		tone: name => endTones[name as CloseReason],
	},
];

/** Ids of the columns of the journal; where all changes of state are shown, both states are told. */
export const journalColumns = (hasChanges: boolean): readonly string[] => [
	'time', 'event', 'protocol', ...hasChanges ? ['previousState'] : [], 'state', 'local', 'peer', 'process', 'lived', 'ended', 'bytesSent', 'bytesReceived', 'rtt',
];
