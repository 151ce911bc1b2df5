import test from 'ava';
import fc from '../helpers/property.js';
import {compileBytecode, Operation} from '../../source/netlink/bytecode.js';
import type {SocketCondition} from '../../source/table/socket-condition.js';
import {didPass, type Entry} from './bytecode-interpreter.js';

const end = fc.constantFrom('local', 'peer');
const port = fc.constantFrom(0, 1, 22, 80, 443, 65_535);
const ipv4 = fc.array(fc.constantFrom(0, 10, 127, 255), {minLength: 4, maxLength: 4});
const ipv6 = fc.oneof(
	fc.array(fc.constantFrom(0, 1, 0xFE), {minLength: 16, maxLength: 16}),
	ipv4.map(bytes => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, ...bytes]),
);
const masked = (bytes: readonly number[], length: number): readonly number[] =>
	bytes.map((byte, index) => byte & ((0xFF_00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xFF));

const host = (family: 2 | 10, address: fc.Arbitrary<readonly number[]>, max: number): fc.Arbitrary<SocketCondition> =>
	fc.tuple(end, address, fc.integer({min: 0, max})).map(([at, bytes, length]) => ({
		kind: 'host', end: at, family, bytes: masked(bytes, length), length,
	}));

const conditions: fc.Arbitrary<SocketCondition> = fc.letrec<{condition: SocketCondition}>(tie => ({
	condition: fc.oneof(
		{maxDepth: 4, depthIdentifier: 'condition'},
		fc.tuple(end, port, port).map(([at, a, b]): SocketCondition => ({
			kind: 'port', end: at, from: Math.min(a, b), to: Math.max(a, b),
		})),
		host(2, ipv4, 32),
		host(10, ipv6, 128),
		fc.constantFrom<SocketCondition>({kind: 'device', index: 1}, {kind: 'autobound'}, {kind: 'cgroup', id: 2 ** 40 + 5}, {kind: 'mark', value: 1, mask: 0x8F}),
		fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), {minLength: 2, maxLength: 4})).map(([kind, terms]): SocketCondition => ({kind, terms})),
		tie('condition').map((term): SocketCondition => ({kind: 'not', term})),
	),
})).condition;

const entries: fc.Arbitrary<Entry> = fc.record({
	ends: fc.oneof(fc.tuple(fc.constant(2), ipv4, ipv4), fc.tuple(fc.constant(10), ipv6, ipv6)),
	localPort: port, peerPort: port,
	interfaceIndex: fc.constantFrom(0, 1), mark: fc.constantFrom(0, 1, 0x81, 0x11), cgroup: fc.constantFrom(1n, 2n ** 40n + 5n), isAutobound: fc.boolean(),
}).map(({ends: both, ...entry}) => {
	const [family, local, peer] = both;
	return {
		...entry, family, local: Uint8Array.from(local), peer: Uint8Array.from(peer),
	};
});

/** Evaluates a condition directly. */
const isMatching = (condition: SocketCondition, entry: Entry): boolean => {
	switch (condition.kind) {
		case 'and': {
			return condition.terms.every(term => isMatching(term, entry));
		}

		case 'or': {
			return condition.terms.some(term => isMatching(term, entry));
		}

		case 'not': {
			return !isMatching(condition.term, entry);
		}

		case 'port': {
			const number = condition.end === 'local' ? entry.localPort : entry.peerPort;
			return number >= condition.from && number <= condition.to;
		}

		case 'host': {
			const address = [...condition.end === 'local' ? entry.local : entry.peer];
			const isMapped = address.slice(0, 12).join(' ') === '0 0 0 0 0 0 0 0 0 0 255 255';
			const compared = condition.family === entry.family ? address : (condition.family === 2 && isMapped ? address.slice(12) : undefined);
			return compared !== undefined && masked(compared, condition.length).join(' ') === condition.bytes.join(' ');
		}

		case 'device': {
			return entry.interfaceIndex === condition.index;
		}

		case 'mark': {
			return (entry.mark & condition.mask) === condition.value;
		}

		case 'cgroup': {
			return entry.cgroup === BigInt(condition.id);
		}

		case 'autobound': {
			return entry.isAutobound;
		}
	}
};

test('a program passes the sockets that meet its condition', t => {
	fc.assert(fc.property(conditions, fc.array(entries, {minLength: 1, maxLength: 5}), (condition, list) => {
		const program = compileBytecode(condition);
		for (const entry of list) {
			t.is(program && didPass(program, entry), isMatching(condition, entry));
		}
	}), {numRuns: 2000});
});

test('operations have the layout that the kernel expects', t => {
	t.deepEqual([...compileBytecode({
		kind: 'port', end: 'local', from: 80, to: 90,
	}) ?? []], [Operation.localAtLeast, 8, 20, 0, 0, 0, 80, 0, Operation.localAtMost, 8, 12, 0, 0, 0, 90, 0]);
	t.deepEqual([...compileBytecode({
		kind: 'port', end: 'peer', from: 443, to: 443,
	}) ?? []], [Operation.peerHost, 12, 16, 0, 0, 0, 0, 0, 0xBB, 1, 0, 0]);
	t.deepEqual([...compileBytecode({kind: 'not', term: {kind: 'autobound'}}) ?? []], [Operation.autobound, 4, 8, 0, Operation.jump, 4, 8, 0]);
});

test('a condition that is too large for a request has no program', t => {
	const term: SocketCondition = {
		kind: 'host', end: 'local', family: 10, bytes: Array.from({length: 16}, () => 0), length: 1,
	};
	t.is(compileBytecode({kind: 'and', terms: Array.from({length: 2340}, () => term)})?.length, 2340 * 28);
	t.is(compileBytecode({kind: 'and', terms: Array.from({length: 2341}, () => term)}), undefined);
});
