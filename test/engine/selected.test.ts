import test from 'ava';
import {readSelected} from '../../source/engine/selected.js';
import {readFilter} from '../../source/query/match/current-filter.js';
import {predicateOf} from '../../source/query/match/selection-filter.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {createScene} from '../query/scene.js';

test('the filter for a socket matches only that socket', t => {
	const scene = createScene();
	for (const slot of scene.slots) {
		const {filter = ''} = readSelected(scene, slot);
		const isKept = predicateOf(readFilter(filter).bind(scene));
		t.deepEqual(scene.slots.filter(each => isKept(each)), [slot], filter);
	}
});

test('endpoints are numeric; a socket without ports has no filter', t => {
	const scene = createScene();
	t.deepEqual(readSelected(scene, scene.slots[2]), {
		protocol: 'tcp', local: '10.0.0.5:443', peer: '192.168.7.9:50443', filter: 'tcp and src 10.0.0.5:443 and dst 192.168.7.9:50443',
	});
	const unix = scene.add({protocol: Protocol.u_str, names: {localName: '/run/x.sock'}});
	t.like(readSelected(scene, unix), {protocol: 'u_str', filter: undefined});
});
