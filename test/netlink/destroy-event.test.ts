import {readFileSync} from 'node:fs';
import test from 'ava';
import {mutated} from '../helpers/mutated.js';
import fc from '../helpers/property.js';
import {readDestroyEvent} from '../../source/netlink/destroy-event.js';
import {createViews, headerLength} from '../../source/netlink/framing.js';
import {eachMessage} from '../helpers/each-message.js';

const recording = readFileSync(new URL('../fixtures/netlink/destroy-events.nl', import.meta.url));

const readAll = (bytes: Uint8Array): string[] => {
	const views = createViews(bytes);
	const lines: string[] = [];
	eachMessage(views, bytes.byteLength, (start, end) => {
		const event = readDestroyEvent(views, start, end);
		lines.push(event === undefined ? 'none' : `${event.ipProtocol} ${event.localPort} ${event.peerPort}`);
	});
	return lines;
};

test('reads which socket was destroyed', t => {
	t.deepEqual(readAll(recording).slice(0, 7), ['6 33780 7000', '6 7000 33780', '6 7000 0', '6 7001 41532', '6 41532 7001', '6 7001 0', '6 48598 0']);
	t.deepEqual(readAll(recording).slice(16, 18), ['17 59127 5353', '17 5353 0']);
	t.is(readAll(recording).at(-1), '6 0 0');
});

test('accepts mutated and truncated messages', t => {
	fc.assert(fc.property(mutated(recording), bytes => {
		readAll(bytes);
	}));
	const first = Uint8Array.from(recording.subarray(0, recording.readUInt32LE(0)));
	for (let end = headerLength; end < first.byteLength; end++) {
		t.notThrows(() => readDestroyEvent(createViews(first), headerLength, end));
	}
});
