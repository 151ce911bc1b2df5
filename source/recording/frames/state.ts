/** The state after a frame: the encoder compares the next frame with it, the decoder applies the next frame to it. */
import type {NumericArray} from '../../table/columns/columns.js';
import {createColumn, type FrameColumn} from './columns.js';
import {TextList} from './text-list.js';

/** A column with its values: `lanes` elements per slot. */
export type StateColumn = FrameColumn & {array: NumericArray};

/** The moment of a frame. */
export type FrameMoment = {
	/** Milliseconds of the recorder's clock, which is monotonic. */
	readonly now: number;
	/** Milliseconds since 1970. */
	readonly wall: number;
};

/** All sockets at one moment. Slots are those of the recorded table. */
export class FrameState {
	/** Number of the last frame, from 1 in each run of a recorder; 0 before the first. */
	number = 0;
	/** Identifies the run of the recorder. */
	session = 0;
	now = 0;
	wall = 0;
	columns: StateColumn[] = [];
	/** By slot: 1 if the slot holds a socket, else 0. */
	present = new Uint8Array(0);
	/** All slots from this one on are empty. */
	used = 0;
	/** The dictionary that text columns refer to. */
	texts = new TextList();
	/** Names of numbers in columns: users, interfaces, cgroups, namespaces (see `names.ts`). */
	names = new Map<string, string>();
	/** By rate: slots whose rate is not 0. The next frame resets them to 0 unless it sets them. */
	nonZeroRates = new Map<string, number[]>();

	/** Removes all sockets and sets the columns. */
	reset(columns: readonly FrameColumn[]): void {
		const {length} = this.present;
		this.columns = columns.map(column => ({...column, array: createColumn(column, length)}));
		this.present.fill(0);
		this.used = 0;
		this.texts = new TextList();
		this.names = new Map();
		this.nonZeroRates = new Map();
	}

	/** Ensures room for a number of slots. */
	grow(slots: number): void {
		if (slots <= this.present.length) {
			return;
		}

		const capacity = Math.max(1024, slots, Math.ceil(this.present.length * 1.5));
		const present = new Uint8Array(capacity);
		present.set(this.present);
		this.present = present;
		for (const column of this.columns) {
			const array = createColumn(column, capacity);
			array.set(column.array);
			column.array = array;
		}
	}

	/** The values of a column by its name; undefined if frames do not have it. */
	column(name: string): NumericArray | undefined {
		return this.columns.find(column => column.name === name)?.array;
	}

	/** Size in bytes, without texts. */
	get bytes(): number {
		return this.present.byteLength + this.columns.reduce((sum, {array}) => sum + array.byteLength, 0);
	}

	/** The slots that hold a socket. */
	slots(): number[] {
		const slots: number[] = [];
		for (let slot = 0; slot < this.used; slot++) {
			if (this.present[slot] === 1) {
				slots.push(slot);
			}
		}

		return slots;
	}
}
