import test from 'ava';
import fc from '../helpers/property.js';
import {createInterfaceNames} from '../../source/names/interfaces.js';
import {parseDevices, readInterfaces} from '../../source/names/read-interfaces.js';

const start = (first: Array<[number, string]>) => {
	const state = {names: new Map(first), reads: 0, time: 0};
	const interfaces = createInterfaceNames({
		read() {
			state.reads++;
			return new Map(state.names);
		},
		now: () => state.time,
	});
	return {state, interfaces};
};

test('looks up names by index and indexes by name', t => {
	const {interfaces, state} = start([[1, 'lo'], [2, 'eth0']]);
	t.is(interfaces.name(2), 'eth0');
	t.is(interfaces.index('lo'), 1);
	t.is(interfaces.name(3), undefined);
	t.is(interfaces.index('eth'), undefined);
	t.is(state.reads, 1);
});

test('reads again for an unknown interface at most once per second', t => {
	const {interfaces, state} = start([[1, 'lo']]);
	t.is(interfaces.name(7), undefined);
	state.names.set(7, 'veth1');
	state.time = 999;
	t.is(interfaces.name(7), undefined);
	state.time = 1000;
	t.is(interfaces.name(7), 'veth1');
	t.is(interfaces.index('veth1'), 7);
	for (; state.time < 2000; state.time++) {
		t.is(interfaces.index('veth2'), undefined);
	}

	t.is(state.reads, 2);
});

test('notices a new name after ten seconds', t => {
	const {interfaces, state} = start([[1, 'lo'], [2, 'eth0']]);
	t.is(interfaces.name(2), 'eth0');
	state.names.set(2, 'lan');
	state.time = 9999;
	t.is(interfaces.name(2), 'eth0');
	state.time = 10_000;
	t.is(interfaces.name(2), 'lan');
	t.is(interfaces.index('eth0'), undefined);
});

test('parses /proc/net/dev', t => {
	const text = [
		'Inter-|   Receive                                                |  Transmit',
		' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
		'    lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0',
		'enp0s31f6:1234567890 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
		'',
	].join('\n');
	t.deepEqual(parseDevices(text), ['lo', 'enp0s31f6']);
	t.deepEqual(parseDevices(''), []);
	fc.assert(fc.property(fc.string(), noise => {
		t.notThrows(() => parseDevices(noise));
	}));
});

test('reads the interfaces of this machine', t => {
	// Every network namespace has the loopback interface.
	t.is(readInterfaces().get(1), 'lo');
});
