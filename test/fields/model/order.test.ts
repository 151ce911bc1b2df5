import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {compareSlots, readKeys} from '../../../source/fields/model/order.js';
import {sortKey} from '../../helpers/sort-key.js';
import {fields, findField} from '../../../source/fields/registry.js';
import {statesByInterest} from '../../../source/fields/model/state-order.js';
import {compareText, packText} from '../../../source/fields/model/text-order.js';
import {Family} from '../../../source/addresses/family.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {State, stateCount} from '../../../source/table/columns/states.js';
import {formatAddress} from '../../../source/addresses/address.js';
import {createTestContext, type TestSocket} from '../../helpers/context.js';

const ipv6 = fc.array(fc.constantFrom('0', '1', 'ff', 'ffff', '2001'), {minLength: 8, maxLength: 8}).map(groups => groups.join(':'));
const mapped = fc.ipV4().map(address => `::ffff:${address}`);
const near = fc.tuple(fc.constantFrom('::', '0:0:0:1::', '0:0:0:0:1::', '2001:db8::'), fc.nat({max: 3})).map(([prefix, last]) => `${prefix}${last}`);
const end = fc.tuple(fc.oneof(fc.ipV4(), fc.constantFrom('9.0.0.1', '10.0.0.1'), ipv6, mapped, near), fc.nat({max: 3}));
const name = fc.oneof(fc.constantFrom('nginx', 'nginx-worker-a', 'nginx-worker-b', 'né', 'nê'), fc.string({unit: 'binary', maxLength: 9}));
const owners = fc.array(fc.record({pid: fc.integer({min: 1, max: 4}), name}), {maxLength: 2});
const small = fc.nat({max: 3});
const word = fc.oneof(small, fc.nat({max: 0xFF_FF_FF_FF}));

const socket: fc.Arbitrary<TestSocket> = fc.record({
	protocol: fc.constantFrom('tcp', 'udp', 'tcp', 'u_str', 'p_raw', 'xdp', 'nl').map(protocol => Protocol[protocol]),
	state: fc.nat({max: stateCount - 1}),
	local: end,
	owners,
	names: fc.record({localName: name, peerName: name}),
	core: fc.record({
		peerInode: small,
		cookieLow: word, cookieHigh: word, uid: small, inode: small, interfaceIndex: small, recvQ: small, rtt: small, timer: small, txRate: small, rxRate: small,
	}),
	optional: fc.record({congestionState: small, tcpOptions: small, cwnd: small}),
});

for (const field of fields) {
	test(`the key of ${field.id} agrees with its order`, t => {
		const key = sortKey(field);
		const compare = compareSlots(field);
		const context = createTestContext();
		fc.assert(fc.property(socket, socket, (first, second) => {
			const [a, b] = [context.add(first), context.add(second)];
			const keyA = key(context, a);
			const keyB = key(context, b);
			const value = field.read(context, a);
			const keys = new Float64Array(context.table.used);
			readKeys(field, context, Uint32Array.of(a, b), keys);
			t.deepEqual([keys[a], keys[b]], [keyA, keyB], 'reading several keys gives the same as reading one');
			t.is(Number.isNaN(keyA), value === undefined, 'exactly the absent values have no key');
			if (Number.isNaN(keyA) || Number.isNaN(keyB)) {
				return;
			}

			if (compare === undefined) {
				t.is(keyA === keyB, value === field.read(context, b));
			} else {
				const order = Math.sign(compare(context, a, b));
				// Adding 0 turns -0 into 0; assertions distinguish the two.
				t.is(-Math.sign(compare(context, b, a)) + 0, order + 0);
				t.true(order * (keyA - keyB) >= 0, 'keys never contradict the order');
				t.true(order !== 0 || keyA === keyB, 'equal sockets have equal keys');
			}
		}));
	});
}

const sorted = (id: string, sockets: readonly TestSocket[]): readonly unknown[] => {
	const field = findField(id);
	if (field === undefined) {
		return [];
	}

	const context = createTestContext();
	const slots = sockets.map(description => context.add(description));
	const key = sortKey(field);
	const compare = compareSlots(field);
	return slots
		.toSorted((a, b) => key(context, a) === key(context, b) ? (compare?.(context, a, b) ?? 0) : key(context, a) - key(context, b))
		.map(slot => field.read(context, slot));
};

test('endpoints sort by family, address, port', t => {
	const ends = ['::2', '2001:db8::2', '10.0.0.1', '::ffff:9.0.0.1', '2001:db8::1', '9.0.0.2', '::1'];
	t.deepEqual(
		sorted('local', [{local: ['9.0.0.2', 80]}, ...ends.map((address): TestSocket => ({local: [address, 9]}))]),
		['9.0.0.2:9', '9.0.0.2:80', '10.0.0.1:9', '[::1]:9', '[::2]:9', '[::ffff:9.0.0.1]:9', '[2001:db8::1]:9', '[2001:db8::2]:9'],
	);
});

test('addresses sort by their bytes', t => {
	const address = fc.uint8Array({minLength: 16, maxLength: 16});
	fc.assert(fc.property(fc.array(address, {minLength: 2, maxLength: 5}), addresses => {
		const texts = addresses.map(bytes => formatAddress(bytes, 0, Family.inet6));
		const byBytes = addresses.toSorted(Buffer.compare).map(bytes => formatAddress(bytes, 0, Family.inet6));
		t.deepEqual(sorted('localAddress', texts.map((text): TestSocket => ({local: [text, 1]}))), byBytes);
	}));
});

test('states sort by interest', t => {
	t.deepEqual(
		sorted('state', Array.from({length: stateCount}, (_, state): TestSocket => ({state}))),
		[
			'SYN-SENT',
			'SYN-RECV',
			'SYN-RECV',
			'COOKIE_WAIT',
			'COOKIE_ECHOED',
			'ESTAB',
			'CLOSE-WAIT',
			'SHUTDOWN_RECEIVED',
			'FIN-WAIT-1',
			'SHUTDOWN_PENDING',
			'SHUTDOWN_SENT',
			'ACK_SENT',
			'LAST-ACK',
			'CLOSING',
			'FIN-WAIT-2',
			'LISTEN',
			'UNCONN',
			'TIME-WAIT',
			'UNKNOWN',
		],
	);
	t.deepEqual(statesByInterest.toSorted((a, b) => a - b), Object.values(State));
});

test('processes sort by name, then pid', t => {
	const processes = [{pid: 9, name: 'sshd'}, {pid: 10, name: 'nginx'}, {pid: 9, name: 'nginx'}];
	t.deepEqual(sorted('process', processes.map((owner): TestSocket => ({owners: [owner]}))), ['nginx/9', 'nginx/10', 'sshd/9']);
});

test('packed texts have the same order as texts', t => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), fc.string({unit: 'binary'}), (a, b) => {
		t.true(compareText(a, b) * (packText(a) - packText(b)) >= 0);
		t.true(Number.isSafeInteger(packText(a)));
	}));
	// The largest ASCII character shares its number with all that follow.
	t.true(packText('\u{7F}z') <= packText('é'));
	t.true(packText('éa') === packText('êz'));
	t.true(packText('abcdefg') < packText('abcdefh'));
});
