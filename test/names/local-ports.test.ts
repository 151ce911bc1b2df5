import test from 'ava';
import {createLocalPorts, readLocalPorts} from '../../source/names/local-ports.js';

test('reads the range of local ports', t => {
	t.deepEqual(readLocalPorts(() => '1024\t65535\n'), {from: 1024, to: 65_535});
	t.is(readLocalPorts(() => 'odd'), undefined);
	t.is(readLocalPorts(() => {
		throw new Error('ENOENT');
	}), undefined);
});

test('reads at most once per second', t => {
	const state = {reads: 0, time: 0};
	const ports = createLocalPorts(() => {
		state.reads++;
		return {from: 1, to: state.reads};
	}, () => state.time);
	t.deepEqual([ports(), ports()], [{from: 1, to: 1}, {from: 1, to: 1}]);
	state.time = 1000;
	t.deepEqual(ports(), {from: 1, to: 2});
});
