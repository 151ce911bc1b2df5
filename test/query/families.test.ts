import test from 'ava';
import {compileFilter} from '../../source/query/match/predicate.js';
import {keepNone, predicateOf} from '../../source/query/match/selection-filter.js';
import {parseFilter} from '../../source/query/language/parse.js';
import {compileClasses} from '../../source/query/match/classes.js';
import {Family} from '../../source/addresses/family.js';
import {domainFamilies, Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const createContext = (): TestContext => {
	const context = createTestContext();
	context.add({local: ['0.0.0.0', 80]});
	context.add({
		protocol: Protocol.u_str, state: State.listen, names: {localName: '/run/dbus/socket'}, core: {family: domainFamilies.unix, inode: 5},
	});
	context.add({protocol: Protocol.u_dgr, names: {localName: '@tmp'}, core: {family: domainFamilies.unix, inode: 6, peerInode: 777}});
	context.add({protocol: Protocol.nl, names: {localName: 'rtnl:kernel'}, core: {family: domainFamilies.netlink}});
	context.add({protocol: Protocol.p_raw, names: {localName: '[2048]'}, core: {family: domainFamilies.packet, interfaceIndex: 1}});
	return context;
};

const found = (filter: string): readonly number[] => {
	const parsed = parseFilter(filter);
	if ('problem' in parsed) {
		throw new Error(parsed.problem.message);
	}

	const matches = predicateOf(compileFilter(parsed.expression).bind(createContext()));
	return [0, 1, 2, 3, 4].filter(slot => matches(slot));
};

test('protocols of all families, and groups of them, are words', t => {
	t.deepEqual(found('u_str'), [1]);
	t.deepEqual(found('unix'), [1, 2]);
	t.deepEqual(found('not unix'), [0, 3, 4]);
	t.deepEqual(found('packet or netlink'), [3, 4]);
});

test('names match words and are compared as texts', t => {
	t.deepEqual(found('dbus'), [1]);
	t.deepEqual(found('@tmp'), [2]);
	t.deepEqual(found('local ~ kernel'), [3]);
	t.deepEqual(found('local ~ lo'), [4]);
	t.deepEqual(found('peerInode = 777'), [2]);
	t.deepEqual(found('type = stream'), [0, 1]);
});

test('sockets without IP addresses match no address and no port', t => {
	t.deepEqual(found('src 0.0.0.0'), [0]);
	t.deepEqual(found('src 0.0.0.0/0'), [0]);
	t.deepEqual(found('0.0.0'), [0]);
	t.deepEqual(found('sport = 0'), []);
	t.deepEqual(found('dport = 0'), [0]);
});

test('the IP version does not limit other families', t => {
	const context = createContext();
	const matches = predicateOf(compileClasses({protocols: ['tcp', 'u_str', 'u_dgr'], families: [Family.inet6], states: []})?.(context.table) ?? keepNone);
	t.deepEqual([0, 1, 2, 3, 4].filter(slot => matches(slot)), [1, 2]);
});
