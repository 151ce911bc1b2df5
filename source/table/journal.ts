import type {Owner, OwnerSets} from '../owners/owner.js';
import {formatAddress} from '../text/address.js';
import {absent, Life} from './columns.js';
import {hasInetEnds, protocolNames, type ProtocolName} from './protocols.js';
import type {Changes, SocketTable} from './socket-table.js';
import {stateName, type StateName} from './states.js';

/** Entries that are kept. */
const defaultLength = 10_000;

/** One change of a socket. What is not known is left out. */
export type JournalEntry = {
	readonly event: 'opened' | 'changed' | 'closed';
	/** Milliseconds since 1970, of the sample that learnt of it. */
	readonly time: number;
	/** Number of the row that the socket had in the table. */
	readonly id: number;
	readonly protocol: ProtocolName;
	readonly state: StateName;
	/** For a socket that changed: the state that it had. */
	readonly previousState?: StateName;
	/** Address without port, or what else the end is called; empty where it has no name. */
	readonly local: string;
	readonly peer: string;
	/** 0 for none. */
	readonly localPort: number;
	readonly peerPort: number;
	/** Network namespace, as it was called then; left out where only one is shown. Foreign text. */
	readonly namespace?: string;
	/** Processes, as far as they were known then. */
	readonly owners: readonly Owner[];
	/** Payload, bytes. */
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	/** Smoothed round-trip time, microseconds. */
	readonly rtt?: number;
	/** How long a closed socket had lived, in milliseconds; left out for one that was there before, and for an unseen one. */
	readonly duration?: number;
	/** The socket came and went between two samples: polls alone would have missed it. */
	readonly unseen?: true;
};

export type Journal = {
	/**
	Notes what a sample did. What was in the table from the start did not open, and what nobody asks for any more did not close.

	@param changes
	@param time Milliseconds since 1970.
	*/
	readonly record: (changes: Changes, time: number) => void;
	/** The entries, oldest first. */
	readonly entries: () => readonly JournalEntry[];
	/** Sockets that polls alone would have missed, since the start. */
	readonly missedByPolls: number;
};

export type JournalOptions = {
	/** Entries that are kept. */
	readonly length?: number;
	/** What the network namespace with a number in the table is called; absent where only one is shown. */
	readonly namespaceName?: (number: number) => string | undefined;
};

/** The bounded list of the changes seen. An entry is an object: there is one for each change, none for each socket. */
export const createJournal = (table: SocketTable, owners: OwnerSets, {length = defaultLength, namespaceName}: JournalOptions = {}): Journal => {
	/** A ring, full once it has its length; `next` is where the oldest one then stands. */
	const ring: JournalEntry[] = [];
	let next = 0;
	let missedByPolls = 0;

	const add = (entry: JournalEntry): void => {
		ring[next] = entry;
		next = (next + 1) % length;
	};

	const describe = (event: JournalEntry['event'], slot: number, time: number): JournalEntry => {
		const {core, texts} = table;
		const protocol = core.protocol[slot];
		const isInet = hasInetEnds(protocol);
		const namespace = namespaceName?.(core.namespace[slot]);
		return {
			event,
			time,
			id: core.id[slot],
			protocol: protocolNames[protocol],
			state: stateName(core.state[slot]),
			local: isInet ? formatAddress(core.localAddress, slot * 16, core.family[slot]) : texts.of(core.localName[slot]),
			peer: isInet ? formatAddress(core.peerAddress, slot * 16, core.family[slot]) : texts.of(core.peerName[slot]),
			localPort: core.localPort[slot],
			peerPort: core.peerPort[slot],
			...(namespace !== undefined && {namespace}),
			owners: owners.of(core.owners[slot]),
			...(!Number.isNaN(core.bytesSent[slot]) && {bytesSent: core.bytesSent[slot]}),
			...(!Number.isNaN(core.bytesReceived[slot]) && {bytesReceived: core.bytesReceived[slot]}),
			...(core.rtt[slot] !== absent.u32 && {rtt: core.rtt[slot]}),
		};
	};

	const hasFlag = (slot: number, flag: number): boolean => (table.core.life[slot] & flag) !== 0;

	return {
		record({opened, changed, previousStates, closed, unseen}, time) {
			const {core} = table;
			for (const slot of opened) {
				if (!hasFlag(slot, Life.initial)) {
					add(describe('opened', slot, time));
				}
			}

			for (const [index, slot] of changed.entries()) {
				add({...describe('changed', slot, time), previousState: stateName(previousStates[index])});
			}

			for (const slot of closed) {
				if (!hasFlag(slot, Life.dropped)) {
					const isKnown = !hasFlag(slot, Life.initial);
					add({...describe('closed', slot, time), ...(isKnown && {duration: core.closedAt[slot] - core.openedAt[slot]})});
				}
			}

			missedByPolls += unseen.length;
			// Those beyond would only push each other out.
			for (const slot of unseen.slice(-length)) {
				add({...describe('closed', slot, time), unseen: true});
			}
		},
		entries: () => ring.length < length ? [...ring] : [...ring.slice(next), ...ring.slice(0, next)],
		get missedByPolls() {
			return missedByPolls;
		},
	};
};
