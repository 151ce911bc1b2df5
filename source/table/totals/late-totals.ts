/** What was counted of sockets whose rows are gone, and whose last counters are still to come: their processes keep the descriptors. */
import {At, type GroupTotals} from './group-totals.js';

/** So many are remembered, the newest. */
const most = 0x1_00_00;

/** Payload bytes of a socket as far as they are known. */
export type LateBytes = {readonly id: number; readonly bytesSent?: number; readonly bytesReceived?: number};

type Gone = {
	readonly bytesSent: number;
	readonly bytesReceived: number;
	/** Its place in each grouping. */
	readonly places: ReadonlyMap<GroupTotals, number>;
};

export class LateTotals {
	readonly #gone = new Map<number, Gone>();
	#late: LateBytes[] = [];

	/** Remembers a socket whose row goes. */
	remember(id: number, socket: Gone): void {
		this.#gone.set(id, socket);
		for (const oldest of this.#gone.keys()) {
			if (this.#gone.size <= most) {
				break;
			}

			this.#gone.delete(oldest);
		}
	}

	/** Takes what has come of a socket whose row may be gone. */
	note(bytes: LateBytes): void {
		this.#late.push(bytes);
	}

	/** Adds what has come of sockets whose rows are gone. Of those that still have a row, the row says it. */
	count(): void {
		for (const {id, bytesSent, bytesReceived} of this.#late) {
			const known = this.#gone.get(id);
			if (known !== undefined) {
				const socket = {...known, bytesSent: bytesSent ?? known.bytesSent, bytesReceived: bytesReceived ?? known.bytesReceived};
				this.#gone.set(id, socket);
				for (const [grouping, place] of known.places) {
					grouping.addAt(place, At.bytesSent, differenceOf(socket.bytesSent, known.bytesSent));
					grouping.addAt(place, At.bytesReceived, differenceOf(socket.bytesReceived, known.bytesReceived));
				}
			}
		}

		this.#late = [];
	}
}

/** NaN stands for what is not known, and adds nothing. */
const differenceOf = (value: number, before: number): number => Number.isNaN(value - before) ? 0 : value - before;
