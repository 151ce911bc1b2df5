/** Writes what `ss -i` and `ss -m` print about a socket into the table. */
import {
	absentIn,
	memoryColumns,
	type NumericArray,
	type OptionalColumn,
} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {bindEvidence, type Evidence} from '../../table/health/evidence.js';
import {hasReceiveTime, knownAge, knownStateAge} from '../../table/known-age.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {doesCountPayload, doesCountSent, omittedValue} from './omissions.js';
import {toText} from './text.js';
import type {NumberName, TextName, Values} from './values.js';
import type {Version} from './version.js';

export type ColumnWriter = {
	/** Binds to the current columns of the table. */
	readonly bind: (columns: ReadonlySet<OptionalColumn>) => void;
	/** Writes RTT and payload counters of a connection. */
	readonly writeCounters: (slot: number, values: Values) => void;
	/** Writes payload counters of an MPTCP connection, which `ss` prints since 6.5. */
	readonly writeMultipathCounters: (slot: number, values: Values) => void;
	/** Writes the optional columns from netlink. `hasInfo` is whether the row has `ss -i`, so that an omitted word has a value. */
	readonly writeColumns: (slot: number, values: Values, hasInfo: boolean) => void;
	/** Writes the few optional columns that /proc has. */
	readonly writeProc: (slot: number, values: Values) => void;
};

type Wanted = {
	readonly array: NumericArray;
	readonly name: NumberName;
	readonly absent: number;
	/** The value if the word is omitted, NaN for absent. */
	readonly omitted: number;
	/** Whether it is part of `ss -i`, which a connection has completely or not at all. */
	readonly isInfo: boolean;
};

/** If `ss` itself has no netlink, it reads /proc/net/tcp and prints these times in seconds. Its other words of `-i` are then made up. */
const procScales: Readonly<Partial<Record<NumberName, number>>> = {
	rto: 1000, ato: 1000, cwnd: 1, ssthresh: 1,
};

const textNames: readonly TextName[] = ['cgroup', 'congestion', 'ulp', 'sctpLocals', 'sctpPeers'];

const isTextName = (column: OptionalColumn): column is TextName => (textNames as readonly string[]).includes(column);

/** Columns that are not part of `ss -i`: if a row does not mention them, they keep their values. */
const besideInfo: ReadonlySet<OptionalColumn> = new Set<OptionalColumn>([
	...memoryColumns, 'shutdown', 'v6Only', 'mark', 'tos', 'trafficClass', 'classId', 'socketOptions',
]);

/** Columns that the table fills itself. */
const filledByTable: ReadonlySet<OptionalColumn> = new Set(healthColumns);

export const createColumnWriter = (table: SocketTable, ss: Version, kernel: Version): ColumnWriter => {
	const hasSent = doesCountSent(ss, kernel);
	let evidence: Evidence | undefined;
	let wanted: readonly Wanted[] = [];
	let wantedTexts: ReadonlyArray<{readonly array: NumericArray; readonly name: TextName}> = [];

	return {
		bind(columns) {
			evidence = columns.has('healthProblem') ? bindEvidence(table) : undefined;
			const arrays = [...columns].flatMap(name => {
				const array = filledByTable.has(name) ? undefined : table.optional(name);
				return array === undefined ? [] : [{name, array}];
			});
			wantedTexts = arrays.flatMap(({name, array}) => isTextName(name) ? [{name, array}] : []);
			wanted = arrays.flatMap(({name, array}) => isTextName(name)
				? []
				: [{
					array, name, absent: absentIn(name), omitted: omittedValue(name, ss, kernel), isInfo: !besideInfo.has(name),
				}]);
		},
		writeCounters(slot, {numbers}) {
			const rtt = numbers.get('rtt');
			if (rtt !== undefined) {
				table.core.rtt[slot] = rtt;
			}

			const countOf = (name: NumberName): number => numbers.get(name) ?? 0;
			const payload = numbers.has('bytesSent') || hasSent
				? countOf('bytesSent') - countOf('bytesRetransmitted')
				// The SYN counts as one acknowledged byte.
				: countOf('bytesAcked') - 1;
			const [sentAgo, receivedAgo, acknowledgedAgo] = [countOf('lastDataSent'), countOf('lastDataReceived'), countOf('lastAckReceived')];
			if (table.isFound(slot)) {
				const state = table.core.state[slot];
				const age = knownAge(state, sentAgo, hasReceiveTime(kernel, countOf('bytesReceived')) ? receivedAgo : 0, acknowledgedAgo);
				table.setKnownAge(slot, age, knownStateAge(state, age, acknowledgedAgo));
			}

			const hasCounters = doesCountPayload(kernel) || numbers.has('bytesAcked') || numbers.has('bytesReceived');
			const isMeasured = hasCounters && table.setCounters(slot, Math.max(0, payload), countOf('bytesReceived'));
			evidence?.noteRetransmits(slot, isMeasured, countOf('totalRetransmits'));
			evidence?.noteSendLimit(slot, isMeasured, countOf('sendBufferLimited'));
			evidence?.noteActivity(slot, Math.min(sentAgo, receivedAgo, acknowledgedAgo), numbers.get('appLimited') === 1);
			evidence?.noteBlocked(slot, sentAgo);
		},
		writeMultipathCounters(slot, {numbers}) {
			if (ss >= 605 && kernel >= 605) {
				table.setCounters(slot, numbers.get('bytesSent') ?? 0, numbers.get('bytesReceived') ?? 0);
			}
		},
		writeColumns(slot, {numbers, texts}, hasInfo) {
			const state = table.core.state[slot];
			const drops = numbers.get('drops');
			if (evidence !== undefined && drops !== undefined && (state === State.listen || table.core.protocol[slot] === Protocol.udp)) {
				evidence.noteDrops(slot, drops);
			}

			// Most of a listener's tcp_info is unset.
			const isConnection = hasInfo && state !== State.listen;
			for (const {array, name, absent, omitted, isInfo} of wanted) {
				const value = numbers.get(name);
				if (value !== undefined) {
					array[slot] = value;
				} else if (hasInfo && isInfo) {
					array[slot] = isConnection && !Number.isNaN(omitted) ? omitted : absent;
				}
			}

			for (const {array, name} of wantedTexts) {
				const text = texts.get(name);
				if (text !== undefined) {
					array[slot] = table.texts.intern(toText(text));
				} else if (hasInfo && name === 'ulp') {
					array[slot] = 0;
				}
			}
		},
		writeProc(slot, {numbers}) {
			for (const {array, name} of wanted) {
				const scale = procScales[name];
				const value = numbers.get(name);
				if (scale !== undefined && value !== undefined) {
					array[slot] = Math.round(value * scale);
				}
			}
		},
	};
};
