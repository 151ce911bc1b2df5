import test from 'ava';
import {compileClasses} from '../../../source/query/match/classes.js';
import type {Classes} from '../../../source/query/query.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {Family} from '../../../source/addresses/family.js';
import {Life} from '../../../source/table/columns/columns.js';
import {protocolNames} from '../../../source/table/columns/protocols.js';
import {State} from '../../../source/table/columns/states.js';
import {createScene, socketNames} from '../scene.js';

const scene = createScene();

const select = (classes: Partial<Classes>): string => {
	const selectionFilter = compileClasses({
		protocols: ['tcp', 'udp'], families: [], states: [], ...classes,
	})?.(scene.table);
	if (selectionFilter === undefined) {
		return 'all';
	}

	const matches = predicateOf(selectionFilter);
	return socketNames.filter((_, index) => matches(scene.slots[index])).join(' ');
};

test('no filter is needed if all kinds are shown', t => {
	t.is(select({protocols: protocolNames}), 'all');
});

test('protocols, families and states each hide sockets', t => {
	t.is(select({protocols: ['udp']}), 'stub names');
	t.is(select({protocols: []}), '');
	t.is(select({families: [Family.inet]}), 'web client waiting arriving away stub');
	t.is(select({states: [State.listen, State.timeWait]}), 'web web6 waiting');
	t.is(select({protocols: ['tcp'], families: [Family.inet6], states: [State.established]}), 'mapped database');
});

test('no set of states shows a short-lived TCP socket of unknown state', t => {
	const {table, slots} = createScene();
	const slot = slots[socketNames.indexOf('client')];
	table.core.state[slot] = State.unconnected;
	const isShown = (states: readonly number[]): boolean => {
		const selectionFilter = compileClasses({protocols: ['tcp', 'udp'], families: [], states})?.(table);
		return selectionFilter !== undefined && predicateOf(selectionFilter)(slot);
	};

	t.true(isShown([State.listen, State.unconnected]), 'a TCP socket that was never connected is shown');
	table.core.life[slot] |= Life.shortLived;
	t.false(isShown([State.listen, State.unconnected]));
	t.true(isShown([]));
});
