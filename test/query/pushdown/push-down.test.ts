import test from 'ava';
import {plainLookups} from '../../../source/names/lookups.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {restrict, restrictionOf} from '../../../source/query/pushdown/push-down.js';
import type {Query} from '../../../source/query/query.js';
import {stateWords} from '../../../source/query/language/values/state-words.js';
import {Family} from '../../../source/addresses/family.js';
import type {ProtocolName} from '../../../source/table/columns/protocols.js';
import type {Restriction, SocketCondition} from '../../../source/table/socket-condition.js';
import {State} from '../../../source/table/columns/states.js';

const restrictionFor = (text: string, protocol: ProtocolName = 'tcp'): Restriction => {
	const parsed = parseFilter(text);
	return restrict('expression' in parsed ? parsed.expression : undefined, protocol);
};

const port = (end: 'local' | 'peer', from: number, to = from) => ({
	kind: 'port', end, from, to,
}) as const;

const conditionOf = test.macro((t, text: string, expected: Restriction['condition']) => {
	t.deepEqual(restrictionFor(text).condition, expected);
});

const either = (...terms: readonly SocketCondition[]): SocketCondition => ({kind: 'or', terms});
const not = (term: SocketCondition): SocketCondition => ({kind: 'not', term});
const host = (end: 'local' | 'peer'): SocketCondition => ({
	kind: 'host', end, family: Family.inet, bytes: [10, 0, 0, 0], length: 8,
});
const withLocal443 = either(port('local', 443), port('peer', 443));
const withPeer443 = either(port('peer', 443), port('local', 443));

// The second part matches the peer's sockets.
for (const [text, expected] of [
	['', undefined],
	['nginx', undefined],
	['sport 443', withLocal443],
	['port 443', either(withLocal443, withPeer443)],
	['sport 80,90-95', either(either(port('local', 80), port('local', 90, 95)), either(port('peer', 80), port('peer', 90, 95)))],
	['nginx port 443 rtt > 5ms', either(withLocal443, withPeer443)],
	['nginx or port 443', undefined],
	['not (nginx or sport 22)', either(not(port('local', 22)), not(port('peer', 22)))],
	['not (nginx and sport 22)', undefined],
	['tcp sport 22 or udp sport 53', either(port('local', 22), port('peer', 22))],
	['fwmark 1/3 dport 1', either({kind: 'and', terms: [{kind: 'mark', value: 1, mask: 3}, port('peer', 1)]}, port('local', 1))],
	['not fwmark 1/3', undefined],
	['dev 2', undefined],
	['dev 2 sport 1', either({kind: 'and', terms: [{kind: 'device', index: 2}, port('local', 1)]}, port('peer', 1))],
	['autobound sport 1', either({kind: 'and', terms: [{kind: 'autobound'}, port('local', 1)]}, port('peer', 1))],
	['not autobound', undefined],
	['dst 10/8', either(host('peer'), host('local'))],
	['dst ::/64', undefined],
	['src *', undefined],
] as const) {
	test(`the part of “${text}” that the kernel evaluates`, conditionOf, text, expected);
}

test('tables and states in which nothing can match are not requested', t => {
	t.deepEqual(restrictionFor('udp').families, []);
	t.deepEqual(restrictionFor('src unix:/run/*').families, []);
	t.deepEqual(restrictionFor('inet6 nginx').families, [Family.inet, Family.inet6]);
	t.deepEqual(restrictionFor('inet inet6').families, []);
	t.deepEqual(restrictionFor('unix or dport 80').condition, either(port('peer', 80), port('local', 80)));
	t.is(restrictionFor('state listening nginx').states, 1 << State.listen);
	t.is(restrictionFor('state established nginx').states, stateWords.connected, 'the other end may be in another state');
	t.is(restrictionFor('state listening or nginx').states, 0xFF_FF_FF_FF);
	t.is(restrictionFor('state listening or udp').states, 1 << State.listen);
	t.is(restrictionFor('state listening or udp', 'udp').states, 0xFF_FF_FF_FF);
	t.is(restrictionFor('state bound-inactive').states, 1 << State.unconnected);
	t.is(restrictionFor('state bound-inactive', 'udp').states, 0);
});

test('toggles restrict too, and some columns forbid restrictions', t => {
	const classes = {protocols: ['tcp'], families: [], states: [State.listen]} as const;
	const query = {
		filter: 'sport 443', search: '', classes, sort: {field: 'state', descending: false}, columns: [], window: {height: 1, cursor: {kind: 'none'}, frozen: false},
	} as const satisfies Query;
	const families = [Family.inet, Family.inet6];
	t.deepEqual(restrictionOf(query, plainLookups)('tcp'), {families, states: 1 << State.listen, condition: withLocal443});
	t.deepEqual(restrictionOf({...query, columns: ['pendingClients']}, plainLookups)('tcp'), {families, states: 0xFF_FF_FF_FF, condition: undefined});
	t.deepEqual(restrictionOf({...query, filter: 'state established sport 443', columns: ['pendingClients']}, plainLookups)('tcp').condition, withLocal443);
});
