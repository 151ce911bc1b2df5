import path from 'node:path';
import test from 'ava';
import {redact} from '../../../source/commands/recordings/redact.js';
import {openRecording} from '../../../source/recording/archive/recording.js';
import {createPseudonyms} from '../../../source/recording/redaction/pseudonyms.js';
import {makeFolder} from '../../helpers/folder.js';
import fc from '../../helpers/property.js';
import {createMadeRecording, madeSockets} from '../../helpers/recorded-samples.js';

/** Length of the common prefix of two addresses, in bits. */
const shared = (a: Uint8Array, b: Uint8Array): number => {
	const bits = (bytes: Uint8Array): string => [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('');
	const [left, right] = [bits(a), bits(b)];
	const index = [...left].findIndex((bit, at) => bit !== right[at]);
	return index === -1 ? left.length : index;
};

const kindOf = ([first, second]: Uint8Array): string => {
	if (first === 127) {
		return 'loopback';
	}

	return first === 10 || (first === 172 && second >> 4 === 1) || (first === 192 && second === 168) ? 'private' : (first >= 224 ? 'multicast' : 'public');
};

const address = fc.uint8Array({minLength: 4, maxLength: 4});

test('pseudonyms of addresses preserve prefixes and classes', t => {
	const pseudonyms = createPseudonyms(new Uint8Array(32));
	const of = (bytes: Uint8Array): Uint8Array => {
		const copy = Uint8Array.from(bytes);
		pseudonyms.address(copy, 0, 4);
		return copy;
	};

	fc.assert(fc.property(address, address, (a, b) => {
		t.is(kindOf(of(a)), kindOf(a));
		t.deepEqual(of(a), of(a));
		const pairs = [[a, b]].filter(pair => pair.every(each => kindOf(each) === 'private'));
		t.deepEqual(pairs.map(([left, right]) => shared(of(left), of(right))), pairs.map(([left, right]) => shared(left, right)));
	}), {numRuns: 200});
	t.deepEqual([...of(Uint8Array.of(127, 0, 0, 1))], [127, 0, 0, 1]);
	t.deepEqual([...of(Uint8Array.of(0, 0, 0, 0))], [0, 0, 0, 0]);
	t.is(shared(of(Uint8Array.of(192, 168, 4, 7)), of(Uint8Array.of(192, 168, 4, 9))), 28);
	t.notDeepEqual(of(Uint8Array.of(10, 1, 2, 3)), Uint8Array.of(10, 1, 2, 3));
});

test('a redacted copy has the same samples with other names', async t => {
	const folder = makeFolder(t);
	const copy = path.join(makeFolder(t), 'copy');
	for (const run of [1, 2]) {
		const {sample, recorder} = createMadeRecording(folder, {run});
		for (let number = 0; number < 5; number++) {
			await sample(madeSockets(20, number), Date.UTC(2026, 10, 27) + run * 60_000 + number * 1000);
		}

		await recorder.close();
	}

	await redact(folder, copy);
	const [before, after] = [openRecording(folder), openRecording(copy)];
	t.deepEqual(after.positions.map(({moment}) => [moment.time, moment.sockets, moment.opened]), before.positions.map(({moment}) => [moment.time, moment.sockets, moment.opened]));
	t.is(after.hostname, 'host1');
	const figures = (recording: typeof before) => recording.lives(0, Infinity)
		.map(({opened, closed, local_port: localPort, peer_port: peerPort, sent, received, cookie}) => [opened, closed, localPort, peerPort, sent, received, cookie].join(' '))
		.toSorted((a, b) => a.localeCompare(b));
	t.deepEqual(figures(after), figures(before));
	for (const [index, position] of after.positions.entries()) {
		const state = after.stateAt(position);
		const texts = Array.from({length: state.texts.length}, (_, number) => state.texts.of(number)).join('\n');
		t.false(texts.includes('nginx'));
		t.true(texts.includes('process1'));
		t.false(state.names.values().toArray().includes('ann'));
		t.true(state.slots().length > 0);
		const peers = state.column('peerAddress');
		t.false(state.slots().some(slot => peers?.[slot * 16] === 192 && peers[slot * 16 + 1] === 0 && peers[slot * 16 + 2] === 2), String(index));
	}

	t.true(after.lives(0, Infinity).every(({process, user, peer}) => process === 'process1' && user === 'user1' && !String(peer).startsWith('192.0.2.')));
	before.close();
	after.close();
	await t.throwsAsync(redact(folder, copy), {message: /has a recording already/v});
});
