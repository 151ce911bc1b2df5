import {readFileSync} from 'node:fs';
import test from 'ava';
import {mutated} from '../helpers/mutated.js';
import fc from '../helpers/property.js';
import {readDestroyEvent} from '../../source/netlink/destroy-event.js';
import {createViews, headerLength} from '../../source/netlink/framing.js';
import {hasReceivedFin, readCloseEvidence, readLastCounters} from '../../source/netlink/close-evidence.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {destroyEvent, type TestDestroyEvent} from '../helpers/destroy-event-messages.js';
import {eachMessage} from '../helpers/each-message.js';

const recording = readFileSync(new URL('../fixtures/netlink/destroy-events.nl', import.meta.url));

const names: ReadonlyMap<number, string> = new Map(Object.entries(CloseEvidence).map(([name, number]): [number, string] => [number, name]));

const readAll = (bytes: Uint8Array): string[] => {
	const views = createViews(bytes);
	const lines: string[] = [];
	eachMessage(views, bytes.byteLength, (start, end) => {
		const event = readDestroyEvent(views, start, end);
		readLastCounters(views, start, end);
		hasReceivedFin(views, start, end, {isClosingFirst: false, evidence: CloseEvidence.finAcknowledged});
		lines.push(`${event?.localPort ?? '-'} ${event?.peerPort ?? '-'} ${names.get(readCloseEvidence(views, start, end)) ?? 'wrong'}`);
	});
	return lines;
};

test('reads how the connections of a recording closed', t => {
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

test('accepts mutated and truncated messages', t => {
	fc.assert(fc.property(mutated(recording), bytes => readAll(bytes).every(line => !line.endsWith('wrong'))));
	const first = Uint8Array.from(recording.subarray(0, recording.readUInt32LE(0)));
	for (let end = headerLength; end < first.byteLength; end++) {
		t.notThrows(() => readCloseEvidence(createViews(first), headerLength, end));
		t.notThrows(() => readLastCounters(createViews(first), headerLength, end));
		t.notThrows(() => hasReceivedFin(createViews(first), headerLength, end, {isClosingFirst: true, evidence: CloseEvidence.finAcknowledged}));
	}
});

const base: TestDestroyEvent = {
	cookie: 1, ports: [40_000, 80], sent: 30, received: 101, dataSegmentsIn: 1,
};

const hasFin = (event: Partial<TestDestroyEvent>, isClosingFirst: boolean, evidence: number = CloseEvidence.finAcknowledged): boolean | undefined => {
	const bytes = destroyEvent({...base, ...event});
	return hasReceivedFin(createViews(bytes), headerLength, bytes.byteLength, {isClosingFirst, evidence});
};

test('a side that closes last has received the FIN; one that closes first only if it is still unread', t => {
	t.true(hasFin({}, false));
	t.true(hasFin({recvQ: 1}, true));
	t.is(hasFin({}, true), undefined, 'the FIN may have been read, or may not have arrived');
});

test('a byte received without a data segment is a FIN', t => {
	t.true(hasFin({dataSegmentsIn: 0, received: 1}, true));
	t.false(hasFin({received: 0}, false));
});

test('after a reset, the counters do not show whether a FIN had arrived', t => {
	t.is(hasFin({}, false, CloseEvidence.finUnacknowledged), undefined);
});

test('reads the last payload counters, except of a socket that has lost its peer', t => {
	const counters = (event: TestDestroyEvent) => {
		const bytes = destroyEvent(event);
		return readLastCounters(createViews(bytes), headerLength, bytes.byteLength);
	};

	t.like(counters(base), {sent: 30, received: 101});
	t.is(counters({...base, ports: [40_000, 0]}), undefined);
});
