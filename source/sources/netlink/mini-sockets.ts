/** Joins the mini sockets of TCP (`table/mini-form.ts`) with the destroy events of the sockets that they stand for: the kernel may give them cookies of their own. */
import type {DestroyEvent} from '../../netlink/destroy-event.js';
import {Life} from '../../table/columns/columns.js';
import {isMiniForm} from '../../table/mini-form.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';

/** Mini sockets whose rows are gone and whose events are still to come: so many are remembered. */
const mostRemembered = 4096;

/** Whether the socket in a slot is a mini socket, of whose end the kernel sends no event. */
export const isMini = ({core}: SocketTable, slot: number): boolean => isMiniForm(core.state[slot], core.timer[slot]);

export type MiniRow = {readonly slot: number; readonly id: number};

/** One that waits for longer keeps its addresses, because its row may go. */
type Mini = MiniRow & {readonly addresses?: Uint8Array; isGone?: true};

export type MiniSockets = {
	/** Starts with what the current sample has opened. To be called after its dumps. */
	readonly begin: () => void;
	/**
	The row of the mini socket that stands for the socket that ended; undefined for none. Each is given out once. The row may be gone, and its slot another's: compare
	the id.
	*/
	readonly take: (event: DestroyEvent) => MiniRow | undefined;
};

/**
Finds mini sockets in TIME-WAIT and FIN-WAIT-2 of this namespace by ports and addresses, as long as no event has come for them. Most get theirs in the sample that
first shows them, or in the next one: a connection that ended during a dump may be in it as a mini socket, and its event is merged in the next sample. But a
process that keeps its descriptor makes the kernel wait with the event until it closes that, and TIME-WAIT may be over by then.
*/
export const createMiniSockets = (table: SocketTable): MiniSockets => {
	let opened: readonly number[] = [];
	let openedBefore: readonly number[] = [];
	let openedBeforeAt = NaN;
	/** Those of the two samples, made when the first is asked for. */
	let recent: Map<number, Mini[]> | undefined;
	/** Those that were opened earlier. */
	const awaited = new Map<number, Mini[]>();
	/** Those of them whose rows are gone, oldest first. */
	const remembered = new Set<Mini>();

	const isJoinable = (slot: number): boolean => {
		const {core} = table;
		return core.protocol[slot] === Protocol.tcp && core.namespace[slot] === table.namespace && isMini(table, slot) && core.state[slot] !== State.synReceived;
	};

	/** Whether a row that the sample before has opened still waits for its event. */
	const isLeft = (slot: number, openedAt: number): boolean => {
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

	/** Whether the event of a mini socket may still come. */
	const isAwaited = (mini: Mini): boolean => {
		const {core: {id, life}} = table;
		if (mini.isGone) {
			return remembered.has(mini);
		}

		const isHere = id[mini.slot] === mini.id && (life[mini.slot] & Life.used) !== 0;
		if (isHere && (life[mini.slot] & Life.ended) !== 0) {
			return false;
		}

		if (!isHere || table.isClosed(mini.slot)) {
			mini.isGone = true;
			remembered.add(mini);
		}

		return true;
	};

	const forgetOldest = (): void => {
		for (const mini of remembered) {
			if (remembered.size <= mostRemembered) {
				return;
			}

			remembered.delete(mini);
		}
	};

	/** Takes those that were opened two samples ago, and lets go of those whose event has come. */
	const keepAwaited = (slots: readonly number[]): void => {
		for (const [ports, minis] of awaited) {
			const left = minis.filter(mini => isAwaited(mini));
			if (left.length === 0) {
				awaited.delete(ports);
			} else {
				awaited.set(ports, left);
			}
		}

		forgetOldest();
		for (const slot of slots) {
			if ((table.core.life[slot] & Life.initial) === 0) {
				add(awaited, slot, addressesOf(table, slot));
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
			if (isLeft(slot, openedBeforeAt)) {
				add(minis, slot);
			}
		}

		return minis;
	};

	const takeFrom = (minis: Map<number, Mini[]>, event: DestroyEvent): Mini | undefined => {
		const ports = portsKey(event.localPort, event.peerPort);
		const found = minis.get(ports);
		const index = found?.findIndex(({slot, addresses = addressesOf(table, slot)}) => areEqual(addresses, event.addresses)) ?? -1;
		return found === undefined || index === -1 ? undefined : found.splice(index, 1)[0];
	};

	return {
		begin() {
			keepAwaited(openedBefore.filter(slot => isLeft(slot, openedBeforeAt)));
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

const portsKey = (local: number, peer: number): number => local * 0x1_00_00 + peer;

/** Local and peer address, 16 bytes each. */
const addressesOf = ({core}: SocketTable, slot: number): Uint8Array => {
	const addresses = new Uint8Array(32);
	addresses.set(core.localAddress.subarray(slot * 16, slot * 16 + 16));
	addresses.set(core.peerAddress.subarray(slot * 16, slot * 16 + 16), 16);
	return addresses;
};

const areEqual = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, index) => byte === b[index]);
