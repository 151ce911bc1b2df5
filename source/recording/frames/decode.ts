/** Decodes frames: turns the state after one frame into the state after the next. */
import {ByteReader, FrameError} from './bytes.js';
import {readType, type FrameColumn} from './columns.js';
import {unpackFrame, type FrameHead} from './envelope.js';
import type {FrameState, StateColumn} from './state.js';
import {
	deriveRates,
	keepNonZeroRates,
	addRawRates,
	addRowRates,
	readPlanes,
	readSlots,
	resetRates,
} from './values.js';

/** Maximum number of lanes. The widest column has 16; later versions may have wider ones. */
const maxLanes = 64;

/**
Applies a frame.

@param state The state after the previous frame; any state for a keyframe. It is invalid after an error.
@returns The header of the frame.
@throws FrameError if the frame is damaged or not the next one.
*/
export const applyFrame = (state: FrameState, frame: Uint8Array): FrameHead => {
	const {head, body} = unpackFrame(frame);
	if (head.kind === 'changes' && (head.session !== state.session || head.number !== state.number + 1)) {
		throw new FrameError(`it is frame ${head.number}, but frame ${state.number + 1} was expected`);
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
		throw new FrameError('it has extra bytes at its end');
	}

	keepNonZeroRates(state);
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
	if (lanes < 1 || lanes > maxLanes) {
		throw new FrameError(`its column ${name} has ${lanes} lanes`);
	}

	return {name, type, lanes};
};

const readKey = (reader: ByteReader, state: FrameState): void => {
	state.reset(Array.from({length: reader.count(3)}, () => readColumn(reader)));
	resetRates(state);
	readRows(reader, state);
};

/** Reads rows with all their values. */
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

	addRowRates(state, slots);
};

/** Reads slots, all of which must be present. */
const readPresent = (reader: ByteReader, {present}: FrameState): Uint32Array => {
	const slots = readSlots(reader);
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		if (present[slots[index]] !== 1) {
			throw new FrameError('it changes a row that does not exist');
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
		addRawRates(state, column.name, raw);
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

