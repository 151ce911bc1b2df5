/** Keeps what was counted of sockets whose rows are gone but whose last counters are still to come, because their processes keep the descriptors. */
import {CountIndex, type GroupTotals} from './group-totals.js';

/** Limit of the sockets kept; the oldest are forgotten first. */
const maxEntries = 0x1_00_00;

/** Payload bytes of a socket, as far as known. */
export type LateBytes = {readonly id: number; readonly bytesSent?: number; readonly bytesReceived?: number};

type Gone = {
	readonly bytesSent: number;
	readonly bytesReceived: number;
	/** Index of its group in each grouping. */
	readonly groups: ReadonlyMap<GroupTotals, number>;
};

export class LateTotals {
	readonly #gone = new Map<number, Gone>();
	#late: LateBytes[] = [];

	/** Adds a socket whose row is about to go. */
	add(id: number, socket: Gone): void {
		this.#gone.set(id, socket);
		for (const oldest of this.#gone.keys()) {
			if (this.#gone.size <= maxEntries) {
				break;
			}

			this.#gone.delete(oldest);
		}
	}

	/** Takes counters of a socket whose row may be gone. */
	note(bytes: LateBytes): void {
		this.#late.push(bytes);
	}

	/** Adds the new counters of sockets whose rows are gone. Sockets that still have a row are counted from their row. */
	count(): void {
		for (const {id, bytesSent, bytesReceived} of this.#late) {
			const known = this.#gone.get(id);
			if (known !== undefined) {
				const socket = {...known, bytesSent: bytesSent ?? known.bytesSent, bytesReceived: bytesReceived ?? known.bytesReceived};
				this.#gone.set(id, socket);
				for (const [grouping, group] of known.groups) {
					grouping.addAt(group, CountIndex.bytesSent, differenceOf(socket.bytesSent, known.bytesSent));
					grouping.addAt(group, CountIndex.bytesReceived, differenceOf(socket.bytesReceived, known.bytesReceived));
				}
			}
		}

		this.#late = [];
	}
}

/** NaN means unknown, and adds nothing. */
const differenceOf = (value: number, before: number): number => Number.isNaN(value - before) ? 0 : value - before;
