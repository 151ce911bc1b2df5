/**
Joins TCP minisockets (`table/minisocket.ts`) with the destroy events of the sockets that they replaced: the kernel may give minisockets cookies of their own.
*/
import type {DestroyEvent} from '../../netlink/destroy-event.js';
import {Life} from '../../table/columns/columns.js';
import {addressesOf, areSameAddresses, portsKey} from '../../table/endpoints.js';
import {isMinisocket} from '../../table/minisocket.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';

/** Limit of the minisockets remembered after their rows are gone, while their events are still to come. */
const maxRemembered = 4096;

/** Whether the socket in a slot is a minisocket, for which the kernel sends no destroy event. */
export const isMini = ({core}: SocketTable, slot: number): boolean => isMinisocket(core.state[slot], core.timer[slot]);

export type MiniRow = {readonly slot: number; readonly id: number};

/** `addresses` is set for minisockets that wait longer, because their row may go. */
type Mini = MiniRow & {readonly addresses?: Uint8Array; isGone?: true};

export type MiniSockets = {
	/** Starts with the minisockets that the current sample has opened. Call it after its dumps. */
	readonly begin: () => void;
	/**
	The row of the minisocket that stands for the socket of an event; undefined if there is none. Each is returned once. The row may be gone, and its slot
	reused: compare the id.
	*/
	readonly take: (event: DestroyEvent) => MiniRow | undefined;
};

/**
Finds minisockets in TIME-WAIT and FIN-WAIT-2 of the current namespace by ports and addresses, as long as they have had no event. Most get their event in the
sample that first shows them, or in the next one: a connection that ended during a dump may be in it as a minisocket, and its event is merged in the next
sample. But while a process keeps its descriptor, the kernel delays the event, and TIME-WAIT may be over by then.
*/
export const createMiniSockets = (table: SocketTable): MiniSockets => {
	let opened: readonly number[] = [];
	let openedBefore: readonly number[] = [];
	let openedBeforeAt = NaN;
	/** Minisockets of the last two samples, collected when first needed. */
	let recent: Map<number, Mini[]> | undefined;
	/** Minisockets that were opened earlier. */
	const awaited = new Map<number, Mini[]>();
	/** Those of `awaited` whose rows are gone, oldest first. */
	const remembered = new Set<Mini>();

	const isJoinable = (slot: number): boolean => {
		const {core} = table;
		return core.protocol[slot] === Protocol.tcp && core.namespace[slot] === table.namespace && isMini(table, slot) && core.state[slot] !== State.synReceived;
	};

	/** Whether a row that the previous sample opened still waits for its event. */
	const isWaiting = (slot: number, openedAt: number): boolean => {
		const {core} = table;
		return core.openedAt[slot] === openedAt && (core.life[slot] & (Life.used | Life.closed | Life.ended)) === Life.used && isJoinable(slot);
	};

	const add = (minis: Map<number, Mini[]>, slot: number, addresses?: Uint8Array): void => {
		const {core} = table;
		const ports = portsKey(core.localPort[slot], core.peerPort[slot]);
		const mini: Mini = {slot, id: core.id[slot], ...(addresses !== undefined && {addresses})};
		const others = minis.get(ports);
		if (others === undefined) {
			minis.set(ports, [mini]);
		} else {
			others.push(mini);
		}
	};

	/** Whether the event of a minisocket may still come. */
	const isAwaited = (mini: Mini): boolean => {
		const {core: {id, life}} = table;
		if (mini.isGone) {
			return remembered.has(mini);
		}

		const hasRow = id[mini.slot] === mini.id && (life[mini.slot] & Life.used) !== 0;
		if (hasRow && (life[mini.slot] & Life.ended) !== 0) {
			return false;
		}

		if (!hasRow || table.isClosed(mini.slot)) {
			mini.isGone = true;
			remembered.add(mini);
		}

		return true;
	};

	const forgetOldest = (): void => {
		for (const mini of remembered) {
			if (remembered.size <= maxRemembered) {
				return;
			}

			remembered.delete(mini);
		}
	};

	/** Adds minisockets that were opened two samples ago, and removes those whose event has come. */
	const keepAwaited = (slots: readonly number[]): void => {
		for (const [ports, minis] of awaited) {
			const waiting = minis.filter(mini => isAwaited(mini));
			if (waiting.length === 0) {
				awaited.delete(ports);
			} else {
				awaited.set(ports, waiting);
			}
		}

		forgetOldest();
		for (const slot of slots) {
			if ((table.core.life[slot] & Life.initial) === 0) {
				add(awaited, slot, addressesOf(table.core, slot));
			}
		}
	};

	const collect = (): Map<number, Mini[]> => {
		const minis = new Map<number, Mini[]>();
		for (const slot of opened) {
			if (isJoinable(slot)) {
				add(minis, slot);
			}
		}

		for (const slot of openedBefore) {
			if (isWaiting(slot, openedBeforeAt)) {
				add(minis, slot);
			}
		}

		return minis;
	};

	const takeFrom = (minis: Map<number, Mini[]>, event: DestroyEvent): Mini | undefined => {
		const ports = portsKey(event.localPort, event.peerPort);
		const found = minis.get(ports);
		const index = found?.findIndex(({slot, addresses = addressesOf(table.core, slot)}) => areSameAddresses(addresses, event.addresses)) ?? -1;
		return found === undefined || index === -1 ? undefined : found.splice(index, 1)[0];
	};

	return {
		begin() {
			keepAwaited(openedBefore.filter(slot => isWaiting(slot, openedBeforeAt)));
			openedBefore = opened;
			openedBeforeAt = table.previousSampleAt;
			opened = table.openedSoFar;
			recent = undefined;
		},
		take(event) {
			recent ??= collect();
			const mini = takeFrom(recent, event) ?? takeFrom(awaited, event);
			if (mini !== undefined) {
				remembered.delete(mini);
			}

			return mini;
		},
	};
};
