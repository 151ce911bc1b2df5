/** Saved texts that were cut off or damaged. They must never cause an error other than "no output of ss", and never show a socket that is not in them. */
import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {readFixture, slotsOf} from '../../helpers/ss-replay.js';
import {readSaved, type SavedReading} from '../../helpers/saved-text.js';
import {InputError} from '../../../source/sources/source.js';

const header = 'Netid State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n';

const texts = ['ss-4.20.0', 'ss-5.4.0-multiline', 'ss-6.1.0', 'ss-6.12.0', 'ss-6.1.0-packet', 'ss-6.1.0-proc']
	.map(name => `root@box:~# ss -a\n${header}${Buffer.from(readFixture(name), 'latin1').toString().trimEnd()}\nroot@box:~# \n`);

/** The sockets in a text; none if it is refused. */
const readOrRefuse = async (text: string): Promise<SavedReading | undefined> => {
	try {
		return await readSaved(text);
	} catch (error) {
		if (error instanceof InputError) {
			return undefined;
		}

		throw error;
	}
};

/** Protocol and endpoints of each socket. */
const socketsOf = (reading: SavedReading | undefined): string[] => reading === undefined
	? []
	: slotsOf(reading.table).map(slot => {
		const {core, texts: names} = reading.table;
		const part = (side: 'local' | 'peer'): string => [
			core[`${side}Address`].subarray(slot * 16, slot * 16 + 16).join('.'), core[`${side}Port`][slot], names.of(core[`${side}Name`][slot]),
		].join(' ');
		return [core.protocol[slot], core.family[slot], part('local'), part('peer'), core.peerInode[slot]].join(' ');
	});

test('a text cut off anywhere shows only sockets that are in it', async t => {
	const whole = await Promise.all(texts.map(async text => new Set(socketsOf(await readSaved(text)))));
	await fc.assert(fc.asyncProperty(fc.nat(texts.length - 1), fc.double({min: 0, max: 1, noNaN: true}), fc.boolean(), async (index, position, isCarriageReturned) => {
		const text = texts[index].slice(0, Math.floor(position * texts[index].length));
		const sockets = socketsOf(await readOrRefuse(isCarriageReturned ? text.replaceAll('\n', '\r\n') : text));
		t.deepEqual(sockets.filter(socket => !whole[index].has(socket)), []);
		t.is(new Set(sockets).size, sockets.length);
	}), {numRuns: 150});
});

test('every position at which a row can be cut off', async t => {
	const row = 'tcp ESTAB 0 0 127.0.0.1:52820 127.0.0.1:443 users:(("a",pid=1,fd=2)) ino:5 sk:6 <->';
	const afterEndpoints = row.indexOf(' users');
	const whole = new Set(['', '127.0.0.1:52820', 'users:(("a",pid=1,fd=2)', 'users:(("a",pid=1,fd=2))', '<->']);
	for (let length = 0; length <= row.length; length++) {
		const text = row.slice(0, length);
		const {lines, report} = await readSaved(header + text);
		t.deepEqual(lines.map(line => line.split(' ').slice(0, 6).join(' ')), length > afterEndpoints ? [row.slice(0, afterEndpoints)] : [], text);
		// If nothing can be missing, nothing must be reported.
		const last = text.split(' ').at(-1) ?? '';
		t.is(report.problems.includes('ss.txt ends within a line; its last word is left out'), !whole.has(last), text);
	}
});

test('a port that no digit can follow is complete', async t => {
	const rows = (port: number) => `${header}tcp ESTAB 0 0 127.0.0.1:80 127.0.0.1:${port}`;
	t.is((await readSaved(rows(6553))).lines.length, 0);
	t.is((await readSaved(rows(6554))).lines.length, 1);
	t.is((await readSaved(rows(10_000))).lines.length, 1);
});

const damages: Readonly<Record<string, (text: string, at: number, value: number) => string>> = {
	flip: (text, at, value) => text.slice(0, at) + String.fromCodePoint(value) + text.slice(at + 1),
	cut: (text, at) => `${text.slice(0, at)}\n${text.slice(at)}`,
	drop: (text, at, value) => text.slice(0, at) + text.slice(at + value),
	repeat: (text, at, value) => text.slice(0, at + value) + text.slice(at),
	join: (text, at) => text.slice(0, at) + text.slice(at).replace('\n', ''),
};

test('a damaged text is read to its end, with at most one socket per row', async t => {
	const changes = fc.array(fc.tuple(fc.constantFrom(...Object.keys(damages)), fc.double({min: 0, max: 1, noNaN: true}), fc.integer({min: 0, max: 255})), {minLength: 1, maxLength: 40});
	await fc.assert(fc.asyncProperty(fc.constantFrom(...texts), changes, async (whole, list) => {
		let text = whole;
		for (const [kind, position, value] of list) {
			text = damages[kind](text, Math.floor(position * text.length), value);
		}

		const reading = await readOrRefuse(text);
		t.true(socketsOf(reading).length <= text.split('\n').length + list.length);
	}), {numRuns: 100});
});

test('any lines are read to their end', async t => {
	const parts = [
		'tcp', 'u_str', 'ESTAB', ' ', '0', '1.2.3.4:5', '* 5', '\n', '\t', 'users:((', '("', '",pid=', '1', ',fd=', ')', 'ÿ', '# ', 'ss -t', 'State Recv-Q Send-Q', 'sk:', '\r', '\u{1B}[0m',
	];
	const anything = fc.string({unit: fc.constantFrom(...parts), maxLength: 60});
	await fc.assert(fc.asyncProperty(anything, async text => {
		const reading = await readOrRefuse(text);
		t.true(socketsOf(reading).length <= text.split('\n').length);
	}), {numRuns: 300});
});

test('long lines and many lines take little time', async t => {
	const pieces = [
		`tcp LISTEN 0 5 *:1 *:* users:(("${'a'.repeat(3_000_000)}`,
		`tcp LISTEN 0 5 *:1 *:* users:((\n${'("a",pid=1,fd=2),\n'.repeat(100_000)}`,
		`u_str LISTEN 0 5 ${'/x\n'.repeat(200_000)}`,
		`tcp LISTEN 0 5 *:1 *:* ${'<-> '.repeat(500_000)}`,
		`tcp LISTEN 0 5 *:1 *:* skmem:(${'r0,\n'.repeat(100_000)}`,
		`${' '.repeat(1_000_000)}x`,
		'\r'.repeat(1_000_000),
		'$ '.repeat(500_000),
	];
	for (const piece of pieces) {
		const reading = await readOrRefuse(`${header}${piece}\n`);
		t.true(socketsOf(reading).length <= 1);
	}
});
