import test from 'ava';
import fc from '../helpers/property.js';
import {numberAt, socketInode, writeDecimal} from '../../source/owners/proc-bytes.js';
import {Descriptor} from '../../source/owners/proc.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const inodeOf = (target: string): number => {
	// The rest of an earlier, longer target.
	const bytes = encode(target + '9]999999').subarray(0, 64);
	const link = new Uint8Array(64);
	link.set(bytes);
	return socketInode(new DataView(link.buffer), encode(target).length);
};

test('reads the number that it wrote', t => {
	fc.assert(fc.property(fc.integer({min: 0, max: 2 ** 31 - 1}), fc.nat({max: 4}), (number, start) => {
		const bytes = new Uint8Array(20).fill(0x39);
		writeDecimal(bytes, number);
		t.is(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0))), String(number));
		t.is(numberAt(bytes, 0), number);
		const moved = new Uint8Array(30);
		moved.set(bytes, start);
		t.is(numberAt(moved, start), number);
	}));
});

test('rejects a name that is not a number', t => {
	for (const name of ['', '.', '..', 'self', '1a', 'a1', '-1', ' 1']) {
		t.is(numberAt(encode(`${name}\0`), 0), -1);
	}
});

test('reads the lower 32 bits of a socket\'s inode', t => {
	t.is(inodeOf('socket:[1]'), 1);
	t.is(inodeOf('socket:[4294967295]'), 4_294_967_295);
	fc.assert(fc.property(fc.bigInt({min: 1n, max: 2n ** 64n - 1n}), inode => {
		t.is(inodeOf(`socket:[${inode}]`), Number(BigInt.asUintN(32, inode)));
	}));
});

test('recognizes links to other things than sockets', t => {
	for (const target of ['pipe:[12]', '/dev/null', 'anon_inode:[eventpoll]', 'socket', 'socket:', 'sock', '', '/socket:[12]', 'socket:12345']) {
		t.is(inodeOf(target), Descriptor.other);
	}
});
