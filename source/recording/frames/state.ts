/** The sockets as a frame leaves them: what the next frame is compared with when it is written, and changes when it is read. */
import type {NumericArray} from '../../table/columns/columns.js';
import {createColumn, type FrameColumn} from './columns.js';
import {TextList} from './text-list.js';

/** A column with its values: `lanes` elements for each slot. */
export type StateColumn = FrameColumn & {array: NumericArray};

/** The moment of a frame. */
export type FrameMoment = {
	/** Milliseconds of the clock of the recorder, which never goes back. */
	readonly now: number;
	/** Milliseconds since 1970. */
	readonly wall: number;
};

/** Slots are those of the recorded table; `present` contains what each slot holds. */
export class FrameState {
	/** Number of the last frame, from 1 for the first of a recorder's run; 0 before it. */
	number = 0;
	/** A number that tells one run of a recorder from others. */
	session = 0;
	now = 0;
	wall = 0;
	columns: StateColumn[] = [];
	/** By slot, 1 where there is a socket. */
	present = new Uint8Array(0);
	/** Slots at and above this hold nothing. */
	used = 0;
	/** The dictionary that columns of texts refer to. */
	texts = new TextList();
	/** What numbers in columns stand for: users, interfaces, cgroups, namespaces (see `names.ts`). */
	names = new Map<string, string>();
	/** Slots with a rate that the next frame takes to be 0 where it says nothing else. */
	moving = new Map<string, number[]>();

	/** Forgets all sockets and takes other columns. */
	reset(columns: readonly FrameColumn[]): void {
		const {length} = this.present;
		this.columns = columns.map(column => ({...column, array: createColumn(column, length)}));
		this.present.fill(0);
		this.used = 0;
		this.texts = new TextList();
		this.names = new Map();
		this.moving = new Map();
	}

	/** Makes room for slots below a number. */
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

	/** The values of a column by its name; undefined where frames do not have it. */
	column(name: string): NumericArray | undefined {
		return this.columns.find(column => column.name === name)?.array;
	}

	/** Bytes that it holds, texts aside. */
	get bytes(): number {
		return this.present.byteLength + this.columns.reduce((sum, {array}) => sum + array.byteLength, 0);
	}

	/** Slots that hold a socket. */
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
