import test from 'ava';
import {readCell, readTone} from '../../source/fields/model/cell.js';
import type {Field, FieldValue, Tone} from '../../source/fields/model/field.js';
import {formatValue} from '../../source/fields/model/format.js';
import {fields} from '../../source/fields/registry.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestSocket, type TestContext} from '../helpers/context.js';

const fieldOf = (id: string): Field => {
	const field = fields.find(candidate => candidate.id === id);
	if (field === undefined) {
		throw new Error(`No field: ${id}`);
	}

	return field;
};

const valueIn = (context: TestContext, slot: number, id: string): FieldValue | undefined => readCell(fieldOf(id), context, slot);
const textIn = (context: TestContext, slot: number, id: string): string => formatValue(fieldOf(id), valueIn(context, slot, id));

const value = (socket: TestSocket, id: string): FieldValue | undefined => {
	const context = createTestContext();
	return valueIn(context, context.add(socket), id);
};

const text = (socket: TestSocket, id: string): string => {
	const context = createTestContext();
	return textIn(context, context.add(socket), id);
};

const tone = (socket: TestSocket, id: string): Tone | undefined => {
	const context = createTestContext();
	return readTone(fieldOf(id), context, context.add(socket));
};

test('formats identity fields', t => {
	t.is(text({}, 'protocol'), 'tcp');
	t.is(text({protocol: Protocol.udp}, 'protocol'), 'udp');
	t.is(text({}, 'family'), 'inet');
	t.is(text({local: ['::1', 1]}, 'family'), 'inet6');
	t.is(text({core: {family: 99}}, 'family'), '');
	t.is(text({state: State.closeWait}, 'state'), 'CLOSE-WAIT');
	t.is(text({core: {inode: 4_294_967_295}}, 'inode'), '4294967295');
});

test('writes cookies as ss does', t => {
	t.is(text({core: {cookieLow: 0x16_AB_DE}}, 'cookie'), '16abde');
	t.is(text({core: {cookieLow: 0xAB, cookieHigh: 0x12}}, 'cookie'), '12000000ab');
	t.is(text({core: {cookieLow: 0}}, 'cookie'), '');
});

test('user names, and the uid of users without a name', t => {
	t.is(text({core: {uid: 0}}, 'user'), 'root');
	t.is(text({core: {uid: 4242}}, 'user'), '4242');
	t.is(value({core: {uid: 4242}}, 'uid'), 4242);
});

test('states have their colours', t => {
	t.is(tone({state: State.established}, 'state'), undefined, 'normal states have no colour');
	t.is(tone({state: State.listen}, 'state'), undefined);
	t.is(tone({state: State.newSynReceived}, 'state'), 'warning');
	t.is(tone({state: State.timeWait}, 'state'), 'dim');
	t.is(tone({state: State.unconnected}, 'state'), undefined);
});

test('writes endpoints as ss does', t => {
	const socket: TestSocket = {local: ['fe80::1', 8080], peer: ['fe80::2', 443], core: {interfaceIndex: 2}};
	t.is(text(socket, 'local'), '[fe80::1]%eth0:8080');
	t.is(text(socket, 'peer'), '[fe80::2]:443');
	t.is(text(socket, 'localAddress'), 'fe80::1');
	t.is(text(socket, 'interface'), 'eth0');
	t.is(text({local: ['127.0.0.1', 5354], core: {interfaceIndex: 77}}, 'local'), '127.0.0.1%77:5354');
	t.is(text({state: State.listen, local: ['0.0.0.0', 80]}, 'peer'), '0.0.0.0:*');
	t.is(text({state: State.listen, local: ['::', 80]}, 'peer'), '[::]:*');
	t.is(text({state: State.listen, local: ['::', 80]}, 'peerPort'), '*');
	t.is(value({state: State.listen, local: ['::', 80]}, 'peerPort'), 0);
	t.is(tone({state: State.listen}, 'peer'), 'dim');
	t.is(tone({peer: ['10.0.0.1', 80]}, 'peerAddress'), 'address');
});

test('the queues of a listener mean something else', t => {
	const listener = (recvQ: number, sendQ: number): TestSocket => ({state: State.listen, core: {recvQ, sendQ}});
	t.is(tone(listener(0, 128), 'recvQ'), 'dim');
	t.is(tone(listener(0, 0), 'recvQ'), 'dim');
	t.is(tone(listener(3, 128), 'recvQ'), 'warning');
	t.is(tone(listener(128, 128), 'recvQ'), 'bad');
	t.is(tone(listener(0, 128), 'sendQ'), 'dim');
	t.is(tone({core: {recvQ: 128, sendQ: 128}}, 'recvQ'), 'warning');
	t.is(tone({core: {sendQ: 1}}, 'sendQ'), 'warning');
	t.is(tone({}, 'sendQ'), 'dim');
});

test('queues are exact while they fit', t => {
	t.is(text({core: {recvQ: 128_512}}, 'recvQ'), '128512');
	t.is(text({core: {sendQ: 3_782_144}}, 'sendQ'), '3.6M');
});

test('formats rates', t => {
	const socket: TestSocket = {core: {txRate: 1536, rxRate: 0}};
	t.is(text(socket, 'txRate'), '1.5K');
	t.is(text(socket, 'rate'), '1.5K');
	t.is(tone(socket, 'txRate'), undefined);
	t.is(tone(socket, 'rxRate'), 'dim');
	t.is(value({core: {rxRate: 5}}, 'rate'), 5);
	t.is(value({core: {txRate: 5, rxRate: 6}}, 'rate'), 11);
});

test('times of TCP are milliseconds', t => {
	t.is(value({core: {rtt: 32}}, 'rtt'), 0.032);
	t.is(value({core: {rtt: 0}}, 'rtt'), undefined);
	t.is(value({core: {rtt: 32}, optional: {rttVariance: 17}}, 'rttVariance'), 0.017);
	t.is(value({optional: {rttVariance: 250_000}}, 'rttVariance'), undefined);
	t.is(value({optional: {rto: 208_000}}, 'rto'), 208);
	t.is(value({optional: {busyTime: 1500}}, 'busyTime'), 1.5);
	t.is(value({optional: {lastDataSent: 1500}}, 'lastDataSent'), 1500);
	t.is(value({state: State.synSent, optional: {lastDataSent: 2_193_464}}, 'lastDataSent'), undefined);
});

test('values that mean "none" are absent', t => {
	t.is(value({optional: {ssthresh: 0x7F_FF_FF_FF}}, 'ssthresh'), undefined);
	t.is(value({optional: {ssthresh: 20}}, 'ssthresh'), 20);
	t.is(value({optional: {minRtt: 0xFF_FF_FF_FF}}, 'minRtt'), undefined);
	t.is(value({optional: {pacingRate: Number(0xFF_FF_FF_FF_FF_FF_FF_FFn)}}, 'pacingRate'), undefined);
	t.is(value({optional: {pacingRate: 1000}}, 'pacingRate'), 1000);
});

test('codes are shown as words', t => {
	t.is(text({optional: {congestionState: 4}}, 'congestionState'), 'Loss');
	t.is(tone({optional: {congestionState: 4}}, 'congestionState'), 'bad');
	t.is(text({optional: {congestionState: 77}}, 'congestionState'), 'unknown');
	t.is(text({optional: {tcpOptions: 0b1111}}, 'tcpOptions'), 'ts sack wscale ecn');
	t.is(text({optional: {tcpOptions: 0}}, 'tcpOptions'), '');
	t.is(text({optional: {tcpOptions: 0b100, windowScale: 0xA7}}, 'windowScale'), '7,10');
	t.is(text({optional: {tcpOptions: 0b011, windowScale: 0}}, 'windowScale'), '');
});

test('formats timers', t => {
	const socket: TestSocket = {core: {timer: 2, timerExpires: 7_140_000, timerRetransmits: 1}};
	t.deepEqual(['timer', 'timerExpires', 'timerRetransmits'].map(id => text(socket, id)), ['keepalive', '1h59', '1']);
	t.deepEqual(['timer', 'timerExpires', 'timerRetransmits'].map(id => text({}, id)), ['', '-', '-']);
	t.is(text({core: {timer: 1, timerExpires: 204}}, 'timerExpires'), '204ms');
	t.is(text({core: {timer: 9}}, 'timer'), 'unknown');
});

test('ages count from when a socket was first seen', t => {
	const context = createTestContext();
	const initial = context.add();
	context.table.end([]);
	context.table.begin(1000.4);
	const opened = context.add();
	context.table.end([]);
	context.table.begin(186_000);
	t.deepEqual(valueIn(context, initial, 'age'), {atLeast: 186_000});
	t.is(textIn(context, initial, 'age'), '3m06+');
	t.is(textIn(context, opened, 'age'), '3m05');
	t.is(valueIn(context, opened, 'age'), 185_000);
	t.is(textIn(context, initial, 'stateAge'), '3m06+');
	context.table.setState(initial, Protocol.tcp, State.closeWait);
	t.is(textIn(context, initial, 'stateAge'), '0s');
	context.table.close(initial);
	context.table.begin(190_000);
	t.is(textIn(context, initial, 'age'), '3m06+');
	t.is(textIn(context, opened, 'age'), '3m09');
});

test('all processes are listed; the short text names the first one', t => {
	const owners = [{pid: 7, name: 'ng\u{1B}x', fd: 3}, {pid: 7, name: 'ng\u{1B}x', fd: 4}, {pid: 9, name: 'work/er'}];
	t.is(text({owners}, 'process'), String.raw`ng\x1bx/7 +1`);
	t.is(text({owners: owners.slice(0, 2)}, 'process'), String.raw`ng\x1bx/7`);
	t.is(text({owners}, 'processes'), String.raw`ng\x1bx/7, ng\x1bx/7, work/er/9`);
	t.is(text({owners}, 'pid'), '7');
	t.is(text({owners}, 'comm'), String.raw`ng\x1bx`);
	t.is(text({owners: []}, 'process'), '');
	t.is(tone({owners}, 'processes'), 'process');
});

test('a process is shortened to its name, and the name only if there is not enough room', t => {
	const field = fieldOf('process');
	const shorten = (written: string, width: number): string | undefined => field.kind === 'text' ? field.shorten?.(written, width) : undefined;
	t.is(shorten('a-long-name/1234 +2', 19), 'a-long-name/1234 +2');
	t.is(shorten('a-long-name/1234 +2', 14), 'a-long-name +2');
	t.is(shorten('a-long-name/1234 +2', 12), 'a-long-name');
	t.is(shorten('a-long-name/1234 +2', 10), 'a-long-na…');
	t.is(shorten('kworker/0:1/1234', 14), 'kworker/0:1');
	t.is(shorten('kworker/0:1/1234', 10), 'kwor…/1234');
});

test('an unknown family is read as IPv4', t => {
	t.is(text({core: {family: Family.inet}}, 'localAddress'), '0.0.0.0');
	t.is(text({core: {family: 0}}, 'local'), '0.0.0.0:*');
});
