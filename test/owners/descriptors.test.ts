import test from 'ava';
import fc from '../helpers/property.js';
import {
	closedDescriptor,
	compact,
	createDescriptors,
	endOfRun,
	insert,
	lowerBound,
	positionOf,
	splice,
	type Descriptors,
	type Piece,
} from '../../source/owners/descriptors.js';

const numbers = fc.uniqueArray(fc.nat({max: 120}), {maxLength: 60}).map(fds => fds.toSorted((a, b) => a - b));

const step = fc.oneof(
	fc.record({type: fc.constant('insert' as const), fds: numbers}),
	fc.record({
		type: fc.constant('range' as const), fds: numbers, from: fc.nat({max: 120}), to: fc.nat({max: 120}),
	}),
	fc.record({type: fc.constant('close' as const), fds: numbers}),
);

type Step = typeof step extends fc.Arbitrary<infer Type> ? Type : never;

let nextHolding = 1;

const piece = (fds: readonly number[]): Piece & {entries: Array<[number, number]>} => {
	const entries = fds.map((fd): [number, number] => [fd, nextHolding++]);
	return {
		fds: Uint32Array.from(fds), holdings: Uint32Array.from(entries, ([, holding]) => holding), count: fds.length, entries,
	};
};

const contents = ({fds, holdings, size}: Descriptors): Array<[number, number]> => Array.from({length: size}, (_, index) => [fds[index], holdings[index]]);

type Model = Map<number, number>;

const play = (descriptors: Descriptors, model: Model, action: Step): void => {
	if (action.type === 'insert') {
		const added = piece(action.fds.filter(fd => !model.has(fd)));
		insert(descriptors, added);
		put(model, added.entries);
		return;
	}

	if (action.type === 'close') {
		for (const fd of action.fds) {
			if (model.delete(fd)) {
				descriptors.holdings[positionOf(descriptors, fd)] = closedDescriptor;
			}
		}

		compact(descriptors);
		return;
	}

	const from = Math.min(action.from, action.to);
	const to = Math.max(action.from, action.to);
	const added = piece(action.fds.filter(fd => fd >= from && fd <= to));
	splice(descriptors, lowerBound(descriptors, from), lowerBound(descriptors, to + 1), added);
	for (let fd = from; fd <= to; fd++) {
		model.delete(fd);
	}

	put(model, added.entries);
};

const put = (model: Model, entries: ReadonlyArray<[number, number]>): void => {
	for (const [fd, holding] of entries) {
		model.set(fd, holding);
	}
};

test('descriptors match a model and are in order', t => {
	fc.assert(fc.property(fc.array(step, {maxLength: 30}), fc.nat({max: 130}), (steps, fd) => {
		const descriptors = createDescriptors();
		const model: Model = new Map();
		for (const action of steps) {
			play(descriptors, model, action);
			t.deepEqual(contents(descriptors), [...model].toSorted(([a], [b]) => a - b));
			t.is(positionOf(descriptors, fd) !== -1, model.has(fd));
			// The capacity shrinks again.
			t.true(descriptors.fds.length <= Math.max(8, descriptors.size * 8));
		}
	}));
});

test('skips descriptors without a gap', t => {
	fc.assert(fc.property(numbers, fc.nat({max: 130}), (fds, fd) => {
		const descriptors = createDescriptors();
		insert(descriptors, piece(fds));
		const start = lowerBound(descriptors, fd);
		let end = start;
		while (fds[end] === fd + end - start) {
			end++;
		}

		t.is(endOfRun(descriptors, start, fd), end);
	}));
});
