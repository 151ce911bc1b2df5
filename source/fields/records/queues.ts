import {absent} from '../../table/columns/columns.js';
import {isBacklogFull} from '../../table/health/backlog.js';
import {formatBytes, formatCount} from '../../text/units.js';
import type {FieldRecord, FieldValue, Tone} from '../model/field.js';
import {isListening} from '../model/read.js';

/** Exact, as in `ss`, if it fits; a longer number is certainly bytes, not connections. */
const formatQueue = (length: number): string => length < 1_000_000 ? formatCount(length) : formatBytes(length);

/** The limit of a listener's queue is dim: it is not data that waits. */
const isWaiting = (length: FieldValue, tone: Tone | undefined): boolean => length !== 0 && tone !== 'dim';

/** Exact numbers if all queues of the column fit. */
const queueFormats = [String, formatBytes] as const;

/** The queues of a socket. */
export const queueFields: readonly FieldRecord[] = [
	{
		id: 'recvQ',
		kind: 'number',
		unit: 'bytes',
		title: 'Recv-Q',
		meaning: 'Bytes received that the process has not read yet; for a listener, connections that wait for accept.',
		width: {min: 6, max: 6},
		importance: 8,
		shownFor: isWaiting,
		aliases: ['rq', 'rxQueue'],
		ss: 'Recv-Q',
		read: ({table: {core}}, slot) => core.recvQ[slot],
		sum: (context, slot) => isListening(context, slot) ? undefined : context.table.core.recvQ[slot],
		tone(length, context, slot) {
			if (length === 0) {
				return 'dim';
			}

			// If the accept queue of a listener is full, the kernel drops or delays new connections.
			return isListening(context, slot) && isBacklogFull(length, context.table.core.sendQ[slot]) ? 'bad' : 'warning';
		},
		format: formatQueue,
		columnFormats: queueFormats,
	},
	{
		id: 'sendQ',
		kind: 'number',
		unit: 'bytes',
		title: 'Send-Q',
		meaning: 'Bytes sent that the peer has not acknowledged yet; for a listener, the limit of its accept queue.',
		width: {min: 6, max: 6},
		importance: 8,
		shownFor: isWaiting,
		aliases: ['sq', 'txQueue'],
		ss: 'Send-Q',
		read: ({table: {core}}, slot) => core.sendQ[slot] === absent.u32 ? undefined : core.sendQ[slot],
		sum: (context, slot) => isListening(context, slot) ? undefined : context.table.core.sendQ[slot],
		isInSubflows: true,
		tone: (length, context, slot) => length === 0 || isListening(context, slot) ? 'dim' : 'warning',
		format: formatQueue,
		columnFormats: queueFormats,
	},
];
