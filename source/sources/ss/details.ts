/**
What `ss -i` and `ss -m` tell of a socket → table.
*/
import {absentIn, type NumericArray, type OptionalColumn} from '../../table/columns.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/states.js';
import {memoryColumns} from './arguments.js';
import {doesCountSent, omittedValue} from './info-words.js';
import {lane, type Row} from './row.js';
import type {Version} from './version.js';

export type Details = {
	/** Binds to the columns of the table as they are now. */
	readonly bind: (columns: ReadonlySet<OptionalColumn>) => void;
	/** RTT and payload counters of a connection. */
	readonly mergeCounters: (slot: number, row: Row) => void;
	/** The optional columns, from netlink. `hasInfo` is whether what is omitted can be told to be 0. */
	readonly mergeColumns: (slot: number, row: Row, hasInfo: boolean) => void;
	/** The few optional columns that /proc has. */
	readonly mergeProc: (slot: number, row: Row) => void;
};

type Wanted = {
	readonly array: NumericArray;
	readonly position: number;
	readonly absent: number;
	/** The value when the word is omitted, NaN for absent. */
	readonly omitted: number;
	readonly isMemory: boolean;
	/** What the value must be multiplied with when it comes from /proc, 0 when it is not to be had there. */
	readonly procScale: number;
};

const rttLane = lane('rtt');
const sentLane = lane('bytesSent');
const retransmittedLane = lane('bytesRetransmitted');
const ackedLane = lane('bytesAcked');
const receivedLane = lane('bytesReceived');

/** Where `ss` itself has no netlink, it reads /proc/net/tcp and prints these times in seconds. Its other words of `-i` are made up there. */
const procScales: Readonly<Partial<Record<OptionalColumn, number>>> = {
	rto: 1000, ato: 1000, cwnd: 1, ssthresh: 1,
};

const orZero = (value: number): number => Number.isNaN(value) ? 0 : value;

export const createDetails = (table: SocketTable, ss: Version, kernel: Version): Details => {
	const hasSent = doesCountSent(ss, kernel);
	let wanted: Wanted[] = [];

	return {
		bind(columns) {
			wanted = [];
			for (const column of columns) {
				const array = table.optional(column);
				if (array !== undefined) {
					wanted.push({
						array,
						position: lane(column),
						absent: absentIn(column),
						omitted: omittedValue(column, ss, kernel),
						isMemory: (memoryColumns as readonly string[]).includes(column),
						procScale: procScales[column] ?? 0,
					});
				}
			}
		},
		mergeCounters(slot, {values}) {
			const rtt = values[rttLane];
			if (!Number.isNaN(rtt)) {
				table.core.rtt[slot] = rtt;
			}

			const sent = values[sentLane];
			const payload = Number.isNaN(sent) && !hasSent
				// The SYN counts as one acknowledged byte.
				? orZero(values[ackedLane]) - 1
				: orZero(sent) - orZero(values[retransmittedLane]);
			table.setCounters(slot, Math.max(0, payload), orZero(values[receivedLane]));
		},
		mergeColumns(slot, row, hasInfo) {
			// Nearly all of a listener's tcp_info is unset.
			const isTold = hasInfo && row.state !== State.listen;
			for (const {array, position, absent, omitted, isMemory} of wanted) {
				const value = row.values[position];
				if (!Number.isNaN(value)) {
					array[slot] = value;
				} else if (hasInfo && !isMemory) {
					array[slot] = isTold && !Number.isNaN(omitted) ? omitted : absent;
				}
			}
		},
		mergeProc(slot, {values}) {
			for (const {array, position, procScale} of wanted) {
				if (procScale !== 0 && !Number.isNaN(values[position])) {
					array[slot] = Math.round(values[position] * procScale);
				}
			}
		},
	};
};
