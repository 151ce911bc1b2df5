/** Completes entries of the journal with what later samples find: the owners of a socket, and its last counters. */
import {closeReasonOf, destroyed, laterEvidence} from './close-reasons.js';
import {Life, Trait, type ColumnName} from './columns/columns.js';
import {Event, type JournalTable} from './journal-table.js';
import {Protocol} from './columns/protocols.js';
import type {Changes, LateCounters} from './changes.js';
import type {SocketTable} from './socket-table.js';

/** The columns to update when the owner of a socket is found. */
const ownerColumns: readonly ColumnName[] = ['owners', 'inode', 'uid'];

/** The columns to update when the last counters of a socket arrive. */
const counterColumns: readonly ColumnName[] = ['bytesSent', 'bytesReceived', 'rtt', 'closeEvidence'];

/** An entry about a socket whose owner is unknown. */
type WithoutOwner = {readonly entry: number; readonly slot: number; readonly socket: number};

/** Whether the socket in a slot was accepted here. */
export type IsAccepted = (slot: number) => boolean;

/** What a later sample can find out at all: it depends on the source. */
export type Lacks = {
	/** Owners are searched for, and not given with the sockets. */
	readonly owners: boolean;
	/** Destroy events bring the last counters of connections. */
	readonly counters: boolean;
};

export type Completion = {
	/** Takes the slot of a new entry and the slot of its socket in the table. */
	readonly add: (entry: number, slot: number) => void;
	/** Updates entries with the last counters that a sample has brought. Call it before adding the entries of that sample. */
	readonly takeCounters: (changes: Pick<Changes, 'counted' | 'late'>, isAccepted: IsAccepted) => void;
	/** Updates entries with the owners that are known now. Call it after adding the entries of a sample. */
	readonly takeOwners: () => void;
	/** The id of the first entry after another that still lacks what the next sample may find: an owner, or the last counters; undefined for none. */
	readonly firstIncomplete: (after: number, lacks: Lacks) => number | undefined;
};

export const createCompletion = (table: SocketTable, entries: JournalTable): Completion => {
	/** By id of a socket: the id of the entry about its close, if its last counters are still to come. */
	const unfinished = new Map<number, number>();
	/** In the order of the entries. */
	let withoutOwner: WithoutOwner[] = [];

	const isKept = (entry: number): boolean => entry >= entries.first;

	/** Finds the close reason again with the current evidence. */
	const updateReason = (entry: number, isAccepted: () => boolean): void => {
		const {core, ended} = entries;
		if (ended[entry] !== destroyed) {
			ended[entry] = closeReasonOf({
				protocol: core.protocol[entry], state: core.state[entry], evidence: core.closeEvidence[entry], isAccepted,
			});
		}
	};

	/** Completes the entry about the close of a socket whose row may be gone. */
	const completeLate = (entry: number, {evidence, bytesSent, bytesReceived, rtt}: LateCounters): void => {
		const {core} = entries;
		core.bytesSent[entry] = bytesSent ?? core.bytesSent[entry];
		core.bytesReceived[entry] = bytesReceived ?? core.bytesReceived[entry];
		core.rtt[entry] = rtt ?? core.rtt[entry];
		core.closeEvidence[entry] = laterEvidence(core.closeEvidence[entry], evidence ?? core.closeEvidence[entry]);
		updateReason(entry, () => false);
	};

	const forgetOld = (): void => {
		for (const [id, entry] of unfinished) {
			if (isKept(entry)) {
				return;
			}

			unfinished.delete(id);
		}
	};

	return {
		add(entry, slot) {
			const {id, protocol, owners, life, traits} = table.core;
			const isClosed = entries.event[entry] === Event.closed;
			if (isClosed && protocol[slot] === Protocol.tcp && ((life[slot] & Life.ended) === 0 || (traits[slot] & Trait.finUndecided) !== 0)) {
				// In the order of the entries.
				unfinished.delete(id[slot]);
				unfinished.set(id[slot], entries.core.id[entry]);
			} else if (!isClosed && owners[slot] === 0) {
				withoutOwner.push({entry: entries.core.id[entry], slot, socket: id[slot]});
			}
		},
		takeCounters({counted, late}, isAccepted) {
			let closes: ReadonlyMap<number, number> | undefined;
			/** The slot of the entry about the close of a socket, by the socket's id. */
			const find = (id: number): number | undefined => {
				const entry = unfinished.get(id) ?? (closes ??= entries.closes()).get(id);
				unfinished.delete(id);
				return entry !== undefined && isKept(entry) ? entries.slotOf(entry) : undefined;
			};

			for (const counters of late) {
				const entry = find(counters.id);
				if (entry !== undefined) {
					completeLate(entry, counters);
				}
			}

			const {id, closedAt} = table.core;
			for (const slot of counted) {
				const entry = unfinished.has(id[slot]) || closedAt[slot] < table.now ? find(id[slot]) : undefined;
				if (entry !== undefined) {
					entries.copy([...counterColumns, ...entries.optionalNames], table, slot, entry);
					updateReason(entry, () => isAccepted(slot));
				}
			}

			forgetOld();
		},
		takeOwners() {
			const {id, owners} = table.core;
			withoutOwner = withoutOwner.filter(({entry, slot, socket}) => {
				if (!isKept(entry) || id[slot] !== socket || !table.isUsed(slot)) {
					return false;
				}

				if (owners[slot] !== 0) {
					entries.copy(ownerColumns, table, slot, entries.slotOf(entry));
				}

				return owners[slot] === 0 && !table.isClosed(slot);
			});
		},
		firstIncomplete(after, lacks) {
			const isAfter = (entry: number): boolean => entry > after;
			const found = [
				lacks.owners ? withoutOwner.find(({entry}) => isAfter(entry))?.entry : undefined,
				lacks.counters ? unfinished.values().find(entry => isAfter(entry)) : undefined,
			].filter(entry => entry !== undefined);
			return found.length === 0 ? undefined : Math.min(...found);
		},
	};
};
