/** Closed connections from the journal: close reasons, durations and sizes. */
import type {FieldContext} from '../fields/model/field.js';
import {closeReasons} from '../table/close-reasons.js';
import {absent, Life} from '../table/columns/columns.js';
import {Protocol} from '../table/columns/protocols.js';
import {Event, type JournalTable} from '../table/journal-table.js';
import {lastingUnit, ownerValues} from './breakdowns.js';
import type {Observed} from './family.js';
import {LabelSets} from './label-sets.js';
import {unknownValue} from './labels.js';
import type {Counted} from './reading.js';
import type {Direction, Role, Roles} from './roles.js';

/** A connection that has closed: a slot of the journal. */
export type ClosedConnection = {
	readonly slot: number;
	readonly role: Role;
	readonly unit: string;
	readonly container: string;
	/** Empty if unknown. */
	readonly process: string;
	/** One of `closeReasons`, or empty. */
	readonly reason: string;
};

/** Adds a value of a closed connection to a histogram. */
export type Observe = (observed: Observed, direction: Direction, value: number) => void;

export type Closed = {
	/** Counts entries of the journal. Returns those that are connections. */
	readonly take: (slots: readonly number[], observe: Observe) => readonly ClosedConnection[];
	readonly read: () => readonly Counted[];
	readonly folded: () => number;
};

type Options = {
	readonly live: FieldContext;
	readonly context: FieldContext;
	readonly entries: JournalTable;
	readonly roles: Roles;
};

/** Duration of a connection in milliseconds; undefined if unknown, because it existed before the start or no sample saw it. */
export const durationOf = ({core: {life, closedAt, openedAt}}: JournalTable, slot: number): number | undefined =>
	(life[slot] & (Life.shortLived | Life.initial)) === 0 ? Math.max(0, closedAt[slot] - openedAt[slot]) : undefined;

/** Last smoothed round-trip time in microseconds. */
export const rttOf = ({core: {rtt}}: JournalTable, slot: number): number | undefined => rtt[slot] === absent.u32 || rtt[slot] === 0 ? undefined : rtt[slot];

export const createClosed = ({live, context, entries, roles}: Options): Closed => {
	const sets = new LabelSets(2);
	const counts = new Map<number, number>();

	const observeAll = (slot: number, {direction}: Role, observe: Observe): void => {
		const {bytesSent, bytesReceived} = entries.core;
		const duration = durationOf(entries, slot);
		const bytes = bytesSent[slot] + bytesReceived[slot];
		const rtt = rttOf(entries, slot);
		if (duration !== undefined) {
			observe('duration', direction, duration / 1000);
		}

		if (!Number.isNaN(bytes)) {
			observe('bytes', direction, bytes);
		}

		if (rtt !== undefined) {
			observe('rtt', direction, rtt / 1_000_000);
		}
	};

	return {
		take(slots, observe) {
			const connections: ClosedConnection[] = [];
			for (const slot of slots) {
				const role = entries.event[slot] === Event.closed && entries.core.protocol[slot] === Protocol.tcp ? roles.roleOfEntry(entries.core, slot) : undefined;
				if (role !== undefined) {
					const [unit, container, process] = ownerValues(context, slot, role, live);
					const reason = closeReasons[entries.ended[slot]] ?? '';
					const number = sets.numberOf([lastingUnit(unit), reason === '' ? unknownValue : reason]);
					counts.set(number, (counts.get(number) ?? 0) + 1);
					observeAll(slot, role, observe);
					connections.push({
						slot, role, unit, container, process, reason,
					});
				}
			}

			return connections;
		},
		read: () => [...counts].map(([number, count]) => ({values: sets.valuesOf(number), count})),
		folded: () => sets.folded,
	};
};
