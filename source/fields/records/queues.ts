import {absent} from '../../table/columns.js';
import {isBacklogFull} from '../../table/health/backlog.js';
import {formatBytes, formatCount} from '../../text/units.js';
import type {FieldRecord} from '../model/field.js';
import {isListening} from '../model/read.js';

/** Exact as `ss` has it while it fits; then it is surely bytes, not connections. */
const formatQueue = (length: number): string => length < 1_000_000 ? formatCount(length) : formatBytes(length);

/** What waits in a socket. */
export const queueFields: readonly FieldRecord[] = [
	{
		id: 'recvQ',
		kind: 'number',
		unit: 'bytes',
		title: 'Recv-Q',
		meaning: 'Bytes received that the process has not read yet; for a listener, connections that wait for accept.',
		width: {min: 6, max: 6},
		importance: 35,
		aliases: ['rq', 'rxQueue'],
		ss: 'Recv-Q',
		read: ({table: {core}}, slot) => core.recvQ[slot],
		sum: (world, slot) => isListening(world, slot) ? undefined : world.table.core.recvQ[slot],
		tone(length, world, slot) {
			if (length === 0) {
				return 'dim';
			}

			// The kernel drops or delays connections that find the accept queue of a listener full.
			return isListening(world, slot) && isBacklogFull(length, world.table.core.sendQ[slot]) ? 'bad' : 'warning';
		},
		format: formatQueue,
	},
	{
		id: 'sendQ',
		kind: 'number',
		unit: 'bytes',
		title: 'Send-Q',
		meaning: 'Bytes sent that the other end has not acknowledged yet; for a listener, the limit of its accept queue.',
		width: {min: 6, max: 6},
		importance: 30,
		aliases: ['sq', 'txQueue'],
		ss: 'Send-Q',
		read: ({table: {core}}, slot) => core.sendQ[slot] === absent.u32 ? undefined : core.sendQ[slot],
		sum: (world, slot) => isListening(world, slot) ? undefined : world.table.core.sendQ[slot],
		isInSubflows: true,
		tone: (length, world, slot) => length === 0 || isListening(world, slot) ? 'dim' : 'warning',
		format: formatQueue,
	},
];
