/** Reads frames: turns the state that one frame left into that of the next. */
import {ByteReader, FrameError} from './bytes.js';
import {readType, type FrameColumn} from './columns.js';
import {unpackFrame, type FrameHead} from './envelope.js';
import type {FrameState, StateColumn} from './state.js';
import {
	deriveRates,
	noteMoving,
	noteRaw,
	noteRows,
	readPlanes,
	readSlots,
	resetRates,
} from './values.js';

/** Lanes of the widest column there is; those to come may have some more. */
const mostLanes = 64;

/**
Applies a frame.

@param state The sockets as the frame before left them; any, for a keyframe. It is of no use any more after an error.
@returns The head of the frame.
@throws FrameError where the frame is damaged, or is not the one that follows.
*/
export const applyFrame = (state: FrameState, frame: Uint8Array): FrameHead => {
	const {head, body} = unpackFrame(frame);
	if (head.kind === 'changes' && (head.session !== state.session || head.number !== state.number + 1)) {
		throw new FrameError(`it is frame ${head.number}, and ${state.number + 1} was to follow`);
	}

	const reader = new ByteReader(body);
	if (head.kind === 'key') {
		readKey(reader, state);
	} else {
		readChanges(reader, state, (head.now - state.now) / 1000);
	}

	state.texts.read(reader);
	const names = readPairs(reader);
	for (const [key, name] of names) {
		state.names.set(key, name);
	}

	if (reader.left > 0) {
		throw new FrameError('it has more bytes than it should');
	}

	noteMoving(state);
	state.number = head.number;
	state.session = head.session;
	state.now = head.now;
	state.wall = head.wall;
	return head;
};

const readPairs = (reader: ByteReader): Array<readonly [string, string]> => Array.from({length: reader.count(2)}, () => [reader.text(), reader.text()] as const);

const readColumn = (reader: ByteReader): FrameColumn => {
	const name = reader.text();
	const type = readType(reader.number());
	const lanes = reader.number();
	if (lanes < 1 || lanes > mostLanes) {
		throw new FrameError(`its column ${name} has ${lanes} lanes`);
	}

	return {name, type, lanes};
};

const readKey = (reader: ByteReader, state: FrameState): void => {
	state.reset(Array.from({length: reader.count(3)}, () => readColumn(reader)));
	resetRates(state);
	readRows(reader, state);
};

/** Rows with all their values. */
const readRows = (reader: ByteReader, state: FrameState): void => {
	const slots = readSlots(reader);
	const last = slots.at(-1);
	if (last !== undefined) {
		state.grow(last + 1);
		state.used = Math.max(state.used, last + 1);
	}

	for (const slot of slots) {
		state.present[slot] = 1;
	}

	for (const column of state.columns) {
		readPlanes(reader, column, slots);
	}

	noteRows(state, slots);
};

/** Slots of rows that must be there. */
const readPresent = (reader: ByteReader, {present}: FrameState): Uint32Array => {
	const slots = readSlots(reader);
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		if (present[slots[index]] !== 1) {
			throw new FrameError('it changes a row that is not there');
		}
	}

	return slots;
};

const readChanges = (reader: ByteReader, state: FrameState, seconds: number): void => {
	for (const slot of readPresent(reader, state)) {
		state.present[slot] = 0;
	}

	resetRates(state);
	readRows(reader, state);
	for (const column of state.columns) {
		const slots = readPresent(reader, state);
		deriveRates(state, column.name, slots, readDifferences(reader, column, slots), seconds);
		const raw = readPresent(reader, state);
		readPlanes(reader, column, raw);
		noteRaw(state, column.name, raw);
	}
};

const readDifferences = (reader: ByteReader, {array, lanes}: StateColumn, slots: Uint32Array): Float64Array => {
	const {length} = slots;
	const differences = new Float64Array(length);
	for (let index = 0; index < length; index++) {
		const difference = reader.signedNumber();
		differences[index] = difference;
		array[slots[index] * lanes] += difference;
	}

	return differences;
};

