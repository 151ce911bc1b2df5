import {readFileSync} from 'node:fs';
import test from 'ava';
import {mutated} from '../helpers/mutated.js';
import fc from '../helpers/property.js';
import {readDestroyEvent} from '../../source/netlink/destroy-event.js';
import {createViews, headerLength} from '../../source/netlink/framing.js';
import {readCloseEvidence} from '../../source/netlink/close-evidence.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {eachMessage} from '../helpers/each-message.js';

const recording = readFileSync(new URL('../fixtures/netlink/destroy-events.nl', import.meta.url));

const names: ReadonlyMap<number, string> = new Map(Object.entries(CloseEvidence).map(([name, number]): [number, string] => [number, name]));

const readAll = (bytes: Uint8Array): string[] => {
	const views = createViews(bytes);
	const lines: string[] = [];
	eachMessage(views, bytes.byteLength, (start, end) => {
		const ending = readDestroyEvent(views, start, end);
		lines.push(`${ending?.localPort ?? '-'} ${ending?.peerPort ?? '-'} ${names.get(readCloseEvidence(views, start, end)) ?? 'wrong'}`);
	});
	return lines;
};

test('tells how the connections of a recording ended', t => {
	t.deepEqual(readAll(recording).slice(0, 7), [
		'33780 7000 finAcknowledged',
		'7000 33780 finAcknowledged',
		'7000 0 none',
		'7001 41532 finAcknowledged',
		'41532 7001 finAcknowledged',
		'7001 0 none',
		'48598 0 disconnected',
	]);
});

test('survives messages that are mutated or cut', t => {
	fc.assert(fc.property(mutated(recording), bytes => readAll(bytes).every(line => !line.endsWith('wrong'))));
	const first = Uint8Array.from(recording.subarray(0, recording.readUInt32LE(0)));
	for (let end = headerLength; end < first.byteLength; end++) {
		t.notThrows(() => readCloseEvidence(createViews(first), headerLength, end));
	}
});
