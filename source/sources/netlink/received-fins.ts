/**
Takes FINs off the bytes that ended TCP connections have received: the kernel counts a FIN as one byte, and does not say whether one has come.

Where the counters of one side leave that open, those of the other side decide, if both were on this machine and had the same address: a side that has received the FIN
has received one byte more than the other has sent. Both may end in different samples.
*/
import {hasReceivedFin, readLastCounters} from '../../netlink/close-evidence.js';
import type {DestroyEvent} from '../../netlink/destroy-event.js';
import type {Views} from '../../netlink/framing.js';
import {isClosingFirst} from '../../table/close-reasons.js';
import {Trait} from '../../table/columns/columns.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {connectionKey} from './connection-key.js';

/** Connections whose second side is waited for. */
const mostWaiting = 4096;

/** A socket that ended. Its row may be gone, or the slot another's: the id tells. */
export type EndedRow = {
	readonly slot: number;
	readonly id: number;
	/** Of a row that may be gone: the last state, and whether a FIN was seen to come. */
	readonly last?: {readonly state: number; readonly hasFin: boolean};
};

type Side = EndedRow & {
	readonly sent: number;
	/** As the kernel counts. */
	readonly received: number;
	/** Whether a FIN is among the bytes received, where that depends on which side closed first. */
	readonly ifFirst: boolean | undefined;
	readonly ifSecond: boolean | undefined;
	/** What the two sides have in common; undefined where the other is not here, or cannot be recognized. */
	readonly key: string | undefined;
	readonly localPort: number;
	/** Whether it is open if a FIN is among the bytes received. */
	isOpen: boolean;
};

export type ReceivedFins = {
	/** Notes the destroy event between two offsets of the views, whose counters the row has got. */
	readonly note: (row: EndedRow, event: DestroyEvent, message: {readonly start: number; readonly end: number; readonly evidence: number}) => void;
	/** Decides about what was noted. To be called after the dumps, which show who closed first. */
	readonly settle: () => void;
};

export const createReceivedFins = (table: SocketTable, views: Views): ReceivedFins => {
	let noted: Side[] = [];
	const waiting = new Map<string, Side>();

	const hasRow = ({slot, id}: EndedRow): boolean => table.core.id[slot] === id && table.isUsed(slot);

	const discount = (side: Side): void => {
		if (hasRow(side)) {
			table.discountFin(side.slot);
			table.noteDestroyed(side.slot);
		} else {
			table.noteLate({id: side.id, bytesReceived: side.received - 1});
		}
	};

	const decide = (side: Side, hasFin: boolean | undefined): void => {
		side.isOpen = hasFin === undefined;
		if (hasFin === true) {
			discount(side);
		}
	};

	/** Compares the two sides of a connection. Whoever has the counters of one is told. */
	const compare = (side: Side, other: Side): void => {
		if (side.isOpen) {
			decide(side, side.received === other.sent + 1);
		}
	};

	const pair = (side: Side, key: string): void => {
		const other = waiting.get(key);
		waiting.delete(key);
		if (other === undefined || other.localPort === side.localPort) {
			// The first of two; what was waited for before is of an older connection with the same ports.
			waiting.set(key, side);
			for (const oldest of waiting.keys()) {
				if (waiting.size <= mostWaiting) {
					break;
				}

				waiting.delete(oldest);
			}

			return;
		}

		compare(side, other);
		compare(other, side);
	};

	return {
		note(row, event, {start, end, evidence}) {
			const counters = readLastCounters(views, start, end);
			if (counters === undefined) {
				return;
			}

			noted.push({
				...row,
				sent: counters.sent,
				received: counters.received,
				ifFirst: hasReceivedFin(views, start, end, {isClosingFirst: true, evidence}),
				ifSecond: hasReceivedFin(views, start, end, {isClosingFirst: false, evidence}),
				key: connectionKey(event),
				localPort: event.localPort,
				isOpen: false,
			});
		},
		settle() {
			const {state, traits} = table.core;
			for (const side of noted) {
				const {slot, last} = side;
				const isHere = hasRow(side);
				const isKnown = isHere ? (traits[slot] & Trait.finReceived) !== 0 : last?.hasFin;
				if (isKnown !== true) {
					decide(side, isClosingFirst(isHere ? state[slot] : last?.state ?? State.unconnected) ? side.ifFirst : side.ifSecond);
				}

				if (side.key !== undefined) {
					pair(side, side.key);
				}
			}

			noted = [];
		},
	};
};
