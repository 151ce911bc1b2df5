/**
Subtracts FINs from the received bytes of closed TCP connections: the kernel counts a FIN as one byte, and does not report whether one has arrived.

If the counters of one side leave that open, those of the other side decide, provided that both were on this machine and had the same address: a side that has
received the FIN has received one byte more than the other has sent. The two may close in different samples.
*/
import {hasReceivedFin, readLastCounters} from '../../netlink/close-evidence.js';
import type {DestroyEvent} from '../../netlink/destroy-event.js';
import type {Views} from '../../netlink/framing.js';
import {isClosingFirst} from '../../table/close-reasons.js';
import {Trait} from '../../table/columns/columns.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {sideOf, type ConnectionSide} from './connection-side.js';

/** Limit of the connections that wait for their second side. */
const maxWaiting = 4096;

/** A socket that has closed. Its row may be gone and the slot reused: compare the id. */
export type EndedRow = {
	readonly slot: number;
	readonly id: number;
	/** For a row that may be gone: the last state, and whether a FIN was received. */
	readonly last?: {readonly state: number; readonly hasFin: boolean};
};

type Side = EndedRow & {
	readonly sent: number;
	/** As the kernel counts it. */
	readonly received: number;
	/** Whether a FIN is included in the received bytes if this side closed first, and if it closed second; undefined if unknown. */
	readonly ifFirst: boolean | undefined;
	readonly ifSecond: boolean | undefined;
	/** Undefined if the other side is on another machine, or cannot be recognized. */
	readonly ends: ConnectionSide | undefined;
	/** Whether it is still unknown if a FIN is included. */
	isOpen: boolean;
};

export type ReceivedFins = {
	/** Adds the destroy event between two offsets of the views, whose counters the row has. */
	readonly note: (row: EndedRow, event: DestroyEvent, message: {readonly start: number; readonly end: number; readonly evidence: number}) => void;
	/** Subtracts FINs for the sockets that were added. Call it after the dumps, which show which side closed first. */
	readonly discount: () => void;
};

export const createReceivedFins = (table: SocketTable, views: Views): ReceivedFins => {
	let added: Side[] = [];
	const waiting = new Map<string, Side>();

	const hasRow = ({slot, id}: EndedRow): boolean => table.core.id[slot] === id && table.isUsed(slot);

	const discountSide = (side: Side): void => {
		if (hasRow(side)) {
			table.discountFin(side.slot);
			table.noteDestroyed(side.slot);
		} else {
			table.noteLate({id: side.id, bytesReceived: side.received - 1});
		}
	};

	const decide = (side: Side, hasFin: boolean | undefined): void => {
		side.isOpen = hasFin === undefined;
		const isHeld = side.isOpen && side.ends !== undefined;
		if (hasRow(side)) {
			table.core.traits[side.slot] = isHeld ? table.core.traits[side.slot] | Trait.finUndecided : table.core.traits[side.slot] & ~Trait.finUndecided;
		}

		if (hasFin === true) {
			discountSide(side);
		}
	};

	/** Compares the two sides of a connection, and corrects the one that is still open. */
	const compare = (side: Side, other: Side): void => {
		if (side.isOpen) {
			decide(side, side.received === other.sent + 1);
		}
	};

	const pair = (side: Side, {connection, local}: ConnectionSide): void => {
		const other = waiting.get(connection);
		waiting.delete(connection);
		if (other === undefined || other.ends?.local === local) {
			// This is the first side. If another one was waiting, it belonged to an older connection with the same endpoints.
			waiting.set(connection, side);
			for (const oldest of waiting.keys()) {
				if (waiting.size <= maxWaiting) {
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

			added.push({
				...row,
				sent: counters.sent,
				received: counters.received,
				ifFirst: hasReceivedFin(views, start, end, {isClosingFirst: true, evidence}),
				ifSecond: hasReceivedFin(views, start, end, {isClosingFirst: false, evidence}),
				ends: sideOf(event),
				isOpen: false,
			});
		},
		discount() {
			const {state, traits} = table.core;
			for (const side of added) {
				const {slot, last} = side;
				const isPresent = hasRow(side);
				const isKnown = isPresent ? (traits[slot] & Trait.finReceived) !== 0 : last?.hasFin;
				if (isKnown !== true) {
					decide(side, isClosingFirst(isPresent ? state[slot] : last?.state ?? State.unconnected) ? side.ifFirst : side.ifSecond);
				}

				if (side.ends !== undefined) {
					pair(side, side.ends);
				}
			}

			added = [];
		},
	};
};
