import {Life} from '../../table/columns/columns.js';
import {closeReasons, type CloseReason} from '../../table/close-reasons.js';
import {Event, eventNames, type EventName} from '../../table/journal-table.js';
import {stateName, stateNames} from '../../table/columns/states.js';
import {formatMoment} from '../../text/clock.js';
import type {FieldRecord, Tone} from '../model/field.js';

const eventTones: Readonly<Record<EventName, Tone>> = {opened: 'good', changed: 'notice', closed: 'dim'};

const closeReasonTones: Readonly<Record<CloseReason, Tone>> = {
	'closed here': 'plain', 'closed by peer': 'plain', reset: 'bad', 'reset here': 'warning', unanswered: 'bad', 'no connection': 'bad', destroyed: 'warning',
};

/** What journal entries have in addition to the fields of sockets; absent if rows are sockets. */
export const journalFields: readonly FieldRecord[] = [
	{
		id: 'time',
		kind: 'text',
		title: 'Time',
		meaning: 'In the journal: time of the sample that detected the event; with the date if it is not today\'s.',
		width: {min: 8, max: 15},
		importance: 90,
		descending: true,
		read: ({entries}, slot) => entries && formatMoment(entries.time[slot], entries.time[slot] + entries.now - entries.recordedAt[slot]),
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
		meaning: 'In the journal: the state before the change.',
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
		meaning: 'In the journal: time from when the socket was first seen until it closed, without TIME-WAIT; a plus sign means it is older than this run of conntop.',
		width: {min: 6, max: 6},
		read({entries}, slot) {
			return entries?.event[slot] !== Event.closed || (entries.core.life[slot] & Life.shortLived) !== 0
				? undefined
				: Math.max(0, Math.round(entries.core.closedAt[slot] - entries.core.openedAt[slot])) + entries.core.ageBefore[slot];
		},
		isMinimum: ({entries}, slot) => entries !== undefined && (entries.core.life[slot] & Life.initial) !== 0,
	},
	{
		id: 'ended',
		kind: 'text',
		title: 'Ended',
		meaning: 'In the journal: why a TCP connection closed: closed here or closed by peer (which side was first), reset (by either side), reset here (aborted by its process),'
			+ ' unanswered (the peer was silent), no connection (the handshake failed), destroyed (by a user with conntop).',
		width: {min: 8, max: 14},
		importance: 55,
		isRare: true,
		values: Object.keys(closeReasonTones),
		read({entries}, slot) {
			const name = entries && closeReasons[entries.ended[slot]];
			return name === '' ? undefined : name;
		},
		tone: name => closeReasonTones[name as CloseReason],
	},
];

/** Ids of the columns of the journal. If all state changes are shown, the previous state is one of them. */
export const journalColumns = (hasChanges: boolean): readonly string[] => [
	'time', 'event', 'protocol', ...hasChanges ? ['previousState'] : [], 'state', 'local', 'peer', 'process', 'lived', 'ended', 'bytesSent', 'bytesReceived', 'rtt',
];
