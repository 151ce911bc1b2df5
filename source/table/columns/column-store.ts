/** The storage of the table's columns: one typed array per column, one slot per socket. Arrays grow as needed. */
import {
	absentIn,
	coreColumns,
	optionalColumns,
	textColumns,
	type ColumnName,
	type CoreArrays,
	type CoreColumn,
	type NumericArray,
	type OptionalColumn,
} from './columns.js';
import {createTexts} from './texts.js';

const initialCapacity = 1024;

/** From this capacity on, the store grows in steps: copying all columns of a million sockets at once takes 0.1 s. */
const minStepwise = 32_768;

/** Growth starts when this many slots are left, and does one step each time `slotsPerStep` slots have been taken. That is enough steps for all columns. */
const slotsLeft = 4096;
const slotsPerStep = 32;

/**
The columns are public for speed: sources write them, fields and predicates read them. Growing replaces the arrays, and replaces `core` each time; so keep a
reference to the store, not to a column, while slots are taken. A large store grows before it is full, one column every few slots.
*/
export class ColumnStore {
	capacity: number;
	/** Slots at or above this number were never used. */
	used = 0;
	core: CoreArrays;
	/** The texts whose numbers are in the text columns. */
	readonly texts = createTexts();

	/** The columns with one element per socket, with their initial values. */
	#scalars: Scalars;
	readonly #optional = new Map<OptionalColumn, NumericArray>();
	readonly #free: number[] = [];
	/** The first slot that makes the store grow. */
	#growsFrom: number;
	/** The capacity that the store is growing to, and the columns that have not grown yet. */
	#growth: {readonly capacity: number; readonly columns: ColumnName[]} | undefined;

	/** @param capacity Initial number of slots. */
	constructor(capacity = initialCapacity) {
		this.capacity = capacity;
		this.core = createCore(capacity);
		this.#scalars = scalarsOf(this.core);
		this.#growsFrom = growsFrom(capacity);
	}

	/** Bytes held by the columns. */
	get bytes(): number {
		let bytes = 0;
		for (const array of [...Object.values(this.core), ...this.#optional.values()]) {
			bytes += array.byteLength;
		}

		return bytes;
	}

	/** Sets which optional columns exist. A new column holds absent values until a sample fills it. */
	setOptionalColumns(columns: Iterable<OptionalColumn>): void {
		const names = new Set(columns);
		for (const name of this.#optional.keys()) {
			if (!names.has(name)) {
				this.#optional.delete(name);
			}
		}

		for (const name of names) {
			if (!this.#optional.has(name)) {
				const {create, absent} = optionalColumns[name];
				this.#optional.set(name, create(this.#growth?.capacity ?? this.capacity).fill(absent));
			}
		}
	}

	/** The optional columns that exist. */
	get optionalNames(): Iterable<OptionalColumn> {
		return this.#optional.keys();
	}

	/** The array of an optional column, or undefined while it does not exist. */
	optional(name: OptionalColumn): NumericArray | undefined {
		return this.#optional.get(name);
	}

	/** The array of any column, or undefined for an optional one that does not exist. */
	column(name: ColumnName): NumericArray | undefined {
		return Object.hasOwn(this.core, name) ? this.core[name as CoreColumn] : this.#optional.get(name as OptionalColumn);
	}

	/** Takes a free slot for a new socket and resets it in all columns. */
	protected takeSlot(): number {
		const slot = this.#free.pop() ?? this.used++;
		if (slot >= this.#growsFrom) {
			this.#grow(slot);
		}

		// One loop per type: storing to arrays of mixed types is twenty times as slow in V8.
		const {bytes, halves, words, singles, doubles} = this.#scalars;
		for (const {array, initial} of bytes) {
			array[slot] = initial;
		}

		for (const {array, initial} of halves) {
			array[slot] = initial;
		}

		for (const {array, initial} of words) {
			array[slot] = initial;
		}

		for (const {array, initial} of singles) {
			array[slot] = initial;
		}

		for (const {array, initial} of doubles) {
			array[slot] = initial;
		}

		this.core.localAddress.fill(0, slot * 16, (slot + 1) * 16);
		this.core.peerAddress.fill(0, slot * 16, (slot + 1) * 16);
		for (const [name, array] of this.#optional) {
			array[slot] = absentIn(name);
		}

		return slot;
	}

	/** Makes a slot available for another socket. */
	protected freeSlot(slot: number): void {
		this.core.life[slot] = 0;
		this.#free.push(slot);
	}

	/** Keeps what is in these slots, moved to the first ones in this order, and frees all others. */
	protected keepOnly(slots: readonly number[]): void {
		const arrays = [
			...coreColumnNames.map(name => ({array: this.core[name], lanes: lanesOf(name)})),
			...this.#optional.values().map(array => ({array, lanes: 1})),
		];
		for (const {array, lanes} of arrays) {
			const before = array.slice(0, this.used * lanes);
			for (const [index, slot] of slots.entries()) {
				for (let lane = 0; lane < lanes; lane++) {
					array[index * lanes + lane] = before[slot * lanes + lane];
				}
			}
		}

		this.core.life.fill(0, slots.length, this.used);
		this.used = slots.length;
		this.#free.length = 0;
		// Whoever has bound columns sees by it that there are others.
		this.core = coreOf(name => this.core[name]);
		this.#scalars = scalarsOf(this.core);
	}

	/** @yields The numbers of all texts that a slot refers to, some more than once. */
	protected * textsInUse(): Iterable<number> {
		for (const name of textColumns) {
			const array = this.column(name);
			if (array !== undefined) {
				yield * array.subarray(0, this.used);
			}
		}
	}

	/** Grows the store before `slot` is taken: one column per step, or all remaining columns if there is no room left. */
	#grow(slot: number): void {
		if (slot >= this.capacity) {
			do {
				this.#growColumn();
			} while (this.#growth !== undefined);
		} else if (slot % slotsPerStep === 0) {
			this.#growColumn();
		}
	}

	#growColumn(): void {
		this.#growth ??= {capacity: Math.ceil(this.capacity * 1.5), columns: [...coreColumnNames, ...this.#optional.keys()]};
		const {capacity, columns} = this.#growth;
		const name = columns.pop();
		if (name === undefined) {
			this.#growth = undefined;
			this.capacity = capacity;
			this.#growsFrom = growsFrom(capacity);
		} else if (isCore(name)) {
			const array = coreColumns[name].create(capacity * lanesOf(name));
			array.set(this.core[name]);
			this.core = coreOf(other => other === name ? array : this.core[other]);
			this.#scalars = scalarsOf(this.core);
		} else {
			this.#growOptional(name, capacity);
		}
	}

	/** Grows an optional column, unless it was created with the new capacity or has been removed. */
	#growOptional(name: OptionalColumn, capacity: number): void {
		const old = this.#optional.get(name);
		if (old === undefined || old.length >= capacity) {
			return;
		}

		const {create, absent} = optionalColumns[name];
		const array = create(capacity);
		array.set(old);
		array.fill(absent, old.length);
		this.#optional.set(name, array);
		// A new `core` object tells callers with bound columns to bind again.
		this.core = coreOf(other => this.core[other]);
	}
}

const growsFrom = (capacity: number): number => capacity < minStepwise ? capacity : capacity - slotsLeft;

const isCore = (name: ColumnName): name is CoreColumn => Object.hasOwn(coreColumns, name);

const coreColumnNames = Object.keys(coreColumns) as CoreColumn[];

const lanesOf = (name: CoreColumn): number => {
	const column: {readonly initial: number; readonly lanes?: number} = coreColumns[name];
	return column.lanes ?? 1;
};

type Scalar<Type> = {readonly array: Type; readonly initial: number};

/** The core columns with one element per socket, by type. */
type Scalars = {
	readonly bytes: Array<Scalar<Uint8Array>>;
	readonly halves: Array<Scalar<Uint16Array>>;
	readonly words: Array<Scalar<Uint32Array>>;
	readonly singles: Array<Scalar<Float32Array>>;
	readonly doubles: Array<Scalar<Float64Array>>;
};

const scalarsOf = (core: CoreArrays): Scalars => {
	const scalars: Scalars = {
		bytes: [], halves: [], words: [], singles: [], doubles: [],
	};
	const names = coreColumnNames.filter(name => lanesOf(name) === 1);
	for (const name of names) {
		const {initial} = coreColumns[name];
		const array: NumericArray = core[name];
		if (array instanceof Uint8Array) {
			scalars.bytes.push({array, initial});
		} else if (array instanceof Uint16Array) {
			scalars.halves.push({array, initial});
		} else if (array instanceof Uint32Array) {
			scalars.words.push({array, initial});
		} else if (array instanceof Float32Array) {
			scalars.singles.push({array, initial});
		} else {
			scalars.doubles.push({array, initial});
		}
	}

	return scalars;
};

const coreOf = (arrayOf: (name: CoreColumn) => NumericArray): CoreArrays => Object.fromEntries(coreColumnNames.map(name => [name, arrayOf(name)])) as CoreArrays;

const createCore = (capacity: number): CoreArrays => coreOf(name => coreColumns[name].create(capacity * lanesOf(name)));
