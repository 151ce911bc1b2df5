import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {codePlace, readCode, writeCode} from '../../source/code/kept-code.js';
import type {Place} from '../../source/files/places.js';
import {makeFolder} from '../helpers/folder.js';
import fc from '../helpers/property.js';
import {giveAway, makeForeignHome, testWithTwoUsers} from '../helpers/two-users.js';

const code = Buffer.from([1, 2, 3]);
const stamp = '//one';

const makePlace = (t: ExecutionContext): Place => {
	const base = makeFolder(t);
	return {path: path.join(base, 'some', 'where', 'main.code'), base};
};

test('stores code in the cache folder of the user', t => {
	t.true(codePlace('main.code').path.endsWith('/conntop/main.code'));
});

test('returns the code of the same bundle only', t => {
	const place = makePlace(t);
	t.is(readCode(place, '//one'), undefined);
	writeCode(place, '//one', code);
	t.deepEqual(readCode(place, '//one'), new Uint8Array(code));
	t.is(readCode(place, '//two'), undefined);
	writeCode(place, '//two', code);
	t.deepEqual(readCode(place, '//two'), new Uint8Array(code));
	t.is(readCode(place, '//one'), undefined);
});

test('no other user can read or write the code', t => {
	const place = makePlace(t);
	writeCode(place, stamp, code);
	t.is(fs.statSync(place.path).mode & 0o777, 0o600);
	t.is(fs.statSync(path.dirname(place.path)).mode & 0o777, 0o700);
	t.deepEqual(fs.readdirSync(path.dirname(place.path)), ['main.code']);
});

test('removes damaged code: with any bit flipped, any byte missing or added', t => {
	const place = makePlace(t);
	fc.assert(fc.property(fc.uint8Array({minLength: 1, maxLength: 50}), fc.nat(), fc.constantFrom('flipped', 'missing', 'added'), (bytes, seed, kind) => {
		writeCode(place, stamp, bytes);
		const content = fs.readFileSync(place.path);
		const start = stamp.length;
		if (kind === 'flipped') {
			const bit = seed % ((content.length - start) * 8);
			content[start + (bit >> 3)] ^= 1 << (bit & 7);
		}

		fs.writeFileSync(place.path, kind === 'missing'
			? content.subarray(0, start + seed % (content.length - start))
			: Buffer.concat([content, Buffer.alloc(kind === 'added' ? 1 + seed % 9 : 0)]));
		t.is(readCode(place, stamp), undefined);
		t.false(fs.existsSync(place.path));
	}));
});

test('rejects code that another user could have written', t => {
	const place = makePlace(t);
	writeCode(place, stamp, code);
	const folder = path.dirname(place.path);
	for (const [file, mode] of [[place.path, 0o620], [place.path, 0o602], [folder, 0o720], [folder, 0o702], [folder, 0o1702]] as const) {
		const {mode: before} = fs.statSync(file);
		fs.chmodSync(file, mode);
		t.is(readCode(place, stamp), undefined, mode.toString(8));
		fs.chmodSync(file, before);
	}

	t.deepEqual(readCode(place, stamp), new Uint8Array(code));
});

test('rejects what is not a regular file without waiting', t => {
	const place = makePlace(t);
	fs.mkdirSync(place.path, {recursive: true, mode: 0o700});
	t.is(readCode(place, stamp), undefined);
	fs.rmdirSync(place.path);
	for (const device of ['/dev/zero', '/proc/kmsg']) {
		fs.symlinkSync(device, place.path);
		t.is(readCode(place, stamp), undefined);
		fs.rmSync(place.path);
	}
});

test('writing removes the leftovers of killed processes, but not those of running ones', t => {
	const place = makePlace(t);
	writeCode(place, stamp, code);
	for (const pid of [2 ** 31 - 1, process.ppid]) {
		fs.writeFileSync(`${place.path}.${pid}.tmp`, '');
	}

	writeCode(place, stamp, code);
	t.deepEqual(fs.readdirSync(path.dirname(place.path)).toSorted(), ['main.code', `main.code.${process.ppid}.tmp`]);
});

test('ignores that nothing can be written', t => {
	for (const file of ['/proc/nowhere/conntop/main.code', '/dev/null/conntop/main.code']) {
		writeCode({path: file, base: '/'}, stamp, code);
		t.is(readCode({path: file, base: '/'}, stamp), undefined);
	}
});

testWithTwoUsers('neither writes into the home of another user nor reads code there', t => {
	const home = makeForeignHome(t);
	const place = {path: path.join(home, '.cache', 'conntop', 'main.code'), base: home};
	writeCode(place, stamp, code);
	t.deepEqual(fs.readdirSync(home), []);
	const own = makePlace(t);
	writeCode(own, stamp, code);
	for (const file of [own.path, path.dirname(own.path)]) {
		giveAway(file);
		t.is(readCode(own, stamp), undefined);
		fs.chownSync(file, 0, 0);
	}

	t.deepEqual(readCode(own, stamp), new Uint8Array(code));
});
