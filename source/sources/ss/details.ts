/**
What `ss -i` and `ss -m` tell of a socket → table.
*/
import {Buffer} from 'node:buffer';
import {
	absentIn,
	memoryColumns,
	type NumericArray,
	type OptionalColumn,
} from '../../table/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {hasReceiveTime, knownAge, knownStateAge} from '../../table/known-age.js';
import {bindEvidence, type Evidence} from '../../table/health/evidence.js';
import {Protocol} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/states.js';
import {doesCountSent, omittedValue} from './info-words.js';
import {lane, type Row} from './row.js';
import type {Version} from './version.js';

export type Details = {
	/** Binds to the columns of the table as they are now. */
	readonly bind: (columns: ReadonlySet<OptionalColumn>) => void;
	/** RTT and payload counters of a connection. */
	readonly mergeCounters: (slot: number, row: Row) => void;
	/** Payload counters of an MPTCP connection, which `ss` tells from 6.5 on. */
	readonly mergeMultipathCounters: (slot: number, row: Row) => void;
	/** The optional columns, from netlink. `hasInfo` is whether what is omitted can be told to be 0. */
	readonly mergeColumns: (slot: number, row: Row, text: string, hasInfo: boolean) => void;
	/** The few optional columns that /proc has. */
	readonly mergeProc: (slot: number, row: Row) => void;
};

type Wanted = {
	readonly array: NumericArray;
	readonly position: number;
	readonly absent: number;
	/** The value when the word is omitted, NaN for absent. */
	readonly omitted: number;
	/** Whether it is part of `ss -i`, which a connection tells whole or not at all. */
	readonly isInfo: boolean;
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

/** Columns that hold texts, and where the row has theirs. */
const textColumns = {
	cgroup: 'cgroup', congestion: 'congestion', ulp: 'ulp', sctpLocals: 'locals', sctpPeers: 'peers',
} as const satisfies Partial<Record<OptionalColumn, keyof Row>>;

type TextColumn = keyof typeof textColumns;

/** What stands beside `ss -i`: a row that does not tell it has nothing new of it. */
const ownColumns: ReadonlySet<OptionalColumn> = new Set<OptionalColumn>([
	...memoryColumns, 'shutdown', 'v6Only', 'mark', 'tos', 'trafficClass', 'classId', 'socketOptions',
]);

const retransmitsLane = lane('totalRetransmits');
const sendLimitLane = lane('sendBufferLimited');
const sentAgoLane = lane('lastDataSent');
const receivedAgoLane = lane('lastDataReceived');
const answeredAgoLane = lane('lastAckReceived');
const appLimitedLane = lane('appLimited');
const dropsLane = lane('drops');

/** What the table makes by itself. */
const madeByTable: ReadonlySet<OptionalColumn> = new Set(healthColumns);

/** The output is read as a character for each byte. */
const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

const orZero = (value: number): number => Number.isNaN(value) ? 0 : value;

export const createDetails = (table: SocketTable, ss: Version, kernel: Version): Details => {
	const hasSent = doesCountSent(ss, kernel);
	let wanted: Wanted[] = [];
	let evidence: Evidence | undefined;
	let wantedTexts: Array<{readonly array: NumericArray; readonly column: TextColumn}> = [];

	return {
		bind(columns) {
			wanted = [];
			wantedTexts = [];
			evidence = columns.has('verdict') ? bindEvidence(table) : undefined;
			for (const column of Object.keys(textColumns) as TextColumn[]) {
				const array = columns.has(column) ? table.optional(column) : undefined;
				if (array !== undefined) {
					wantedTexts.push({array, column});
				}
			}

			for (const column of columns) {
				const array = Object.hasOwn(textColumns, column) || madeByTable.has(column) ? undefined : table.optional(column);
				if (array !== undefined) {
					wanted.push({
						array,
						position: lane(column),
						absent: absentIn(column),
						omitted: omittedValue(column, ss, kernel),
						isInfo: !ownColumns.has(column),
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
			const [sentAgo, receivedAgo, acknowledgedAgo] = [orZero(values[sentAgoLane]), orZero(values[receivedAgoLane]), orZero(values[answeredAgoLane])];
			if (table.isFound(slot)) {
				const state = table.core.state[slot];
				const age = knownAge(state, sentAgo, hasReceiveTime(kernel, orZero(values[receivedLane])) ? receivedAgo : 0, acknowledgedAgo);
				table.setKnownAge(slot, age, knownStateAge(state, age, acknowledgedAgo));
			}

			const isMeasured = table.setCounters(slot, Math.max(0, payload), orZero(values[receivedLane]));
			evidence?.noteRetransmits(slot, isMeasured, orZero(values[retransmitsLane]));
			evidence?.noteSendLimit(slot, isMeasured, orZero(values[sendLimitLane]));
			evidence?.noteActivity(
				slot,
				Math.min(sentAgo, receivedAgo, acknowledgedAgo),
				values[appLimitedLane] === 1,
			);
			evidence?.noteBlocked(slot, sentAgo);
		},
		mergeMultipathCounters(slot, {values}) {
			if (ss >= 605 && kernel >= 605) {
				table.setCounters(slot, orZero(values[sentLane]), orZero(values[receivedLane]));
			}
		},
		mergeColumns(slot, row, text, hasInfo) {
			const drops = row.values[dropsLane];
			if (evidence !== undefined && !Number.isNaN(drops) && (row.state === State.listen || row.protocol === Protocol.udp)) {
				evidence.noteDrops(slot, drops);
			}

			// Nearly all of a listener's tcp_info is unset.
			const isTold = hasInfo && row.state !== State.listen;
			for (const {array, position, absent, omitted, isInfo} of wanted) {
				const value = row.values[position];
				if (!Number.isNaN(value)) {
					array[slot] = value;
				} else if (hasInfo && isInfo) {
					array[slot] = isTold && !Number.isNaN(omitted) ? omitted : absent;
				}
			}

			for (const {array, column} of wantedTexts) {
				const {start, end} = row[textColumns[column]];
				if (start !== -1) {
					const words = toText(text.slice(start, end));
					array[slot] = table.texts.intern(column === 'sctpLocals' || column === 'sctpPeers' ? words.replaceAll(',', ' ') : words);
				} else if (hasInfo && column === 'ulp') {
					array[slot] = 0;
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
