import test from 'ava';
import fc from '../../helpers/property.js';
import {allOf, anyOf, negate} from '../../../source/query/language/expression.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {compileFilter} from '../../../source/query/match/predicate.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext} from '../../helpers/context.js';
import {conditions} from '../arbitraries.js';
import {createScene, socketNames} from '../scene.js';

const scene = createScene();

const compile = (text: string) => {
	const parsed = parseFilter(text);
	if ('problem' in parsed) {
		throw new Error(parsed.problem.message);
	}

	return compileFilter(parsed.expression);
};

const select = (text: string): string => {
	const matches = predicateOf(compile(text).bind(scene));
	return socketNames.filter((_, index) => matches(scene.slots[index])).join(' ');
};

const all = socketNames.join(' ');
const without = (...names: readonly string[]): string => socketNames.filter(name => !names.includes(name)).join(' ');

const selects = test.macro((t, text: string, expected: string) => {
	t.is(select(text), expected);
});

for (const [text, expected] of [
	['', all],
	// Ports.
	['443', 'web web6 client mapped waiting arriving away'],
	['port 443', 'web web6 client mapped waiting arriving away'],
	['sport 443', 'web web6 client mapped waiting arriving'],
	['dport :443', 'away'],
	['dport = 0', 'web web6 stub'],
	['port 0', 'web web6 stub'],
	['port < 60', 'scoped stub names'],
	['dport < 60', 'web web6 stub names'],
	['dport != 443', without('away')],
	['port != 443', 'database scoped stub names'],
	['port 22,5432,53', 'database scoped stub names'],
	['port 50000-52000', 'client mapped waiting'],
	['port > 53000', 'scoped'],
	['port >= 53000', 'arriving scoped'],
	['port https and dport > 50000', 'client mapped waiting arriving'],
	// Hosts.
	['src 10/8', 'client mapped waiting arriving away'],
	['dst 192.168.7.9', 'client'],
	['dst 192.168.7.8/29', 'client mapped waiting arriving'],
	['dst ::ffff:192.168.7.10', 'mapped'],
	['host 192.168/16', 'client mapped waiting arriving'],
	['host ::1', 'database'],
	['host 0.0.0.0', 'web stub'],
	['host 0.0.0.0/0', 'web client mapped waiting arriving away stub'],
	['host ::', 'web6'],
	['host ::/0', 'web6 mapped database scoped names'],
	['dst 2001:db8::/32', 'names'],
	['dst 2001:db8::/64', ''],
	['src 2001:db8::/64', 'names'],
	['2001:db8::/33', 'names'],
	['dst [2001:db8:0:1::53]:53', 'names'],
	['[::1]:5432', 'database'],
	['[::1]:5433', ''],
	['10.0.0.5:443', 'client mapped waiting arriving'],
	['dst *:443', 'away'],
	['src *', all],
	['src fe80::1%eth0', 'scoped'],
	['127.0.0.53%lo:53', 'stub'],
	['src *%lo', 'stub'],
	['src fe80::1%lo', ''],
	['src ~ 10.0.0', 'client mapped waiting arriving away'],
	['host ~ ::2', 'scoped'],
	['peer ~ *:53', 'names'],
	// States.
	['state established', 'client mapped database names'],
	['state established state listening', 'web web6 client mapped database names'],
	['state syn-recv', 'arriving'],
	['state connected', without('web', 'web6', 'stub')],
	['state synchronized', without('web', 'web6', 'stub', 'away')],
	['state bucket', 'waiting arriving'],
	['state big', without('waiting', 'arriving')],
	['state all', all],
	['exclude established', without('client', 'mapped', 'database', 'names')],
	['state connected exclude bucket', 'client mapped database scoped away names'],
	['state != listen', without('web', 'web6')],
	['state ~ wait', 'waiting scoped'],
	// Kinds.
	['udp', 'stub names'],
	['tcp inet6', 'web6 mapped database scoped'],
	['protocol = UDP', 'stub names'],
	['inet and not tcp', 'stub'],
	// Processes.
	['pid 101', 'web web6 client mapped'],
	['pid 150-250', 'database'],
	['pid >= 200', 'database away names'],
	['process = nginx', 'web web6 client mapped'],
	['process ~ ngin*', 'web web6 client mapped'],
	['process ~ *res', 'database'],
	['process ~ g', 'web web6 client mapped database'],
	['process !~ g', 'waiting arriving scoped away stub names'],
	['process ~ /^(nginx|postgres)$/', 'web web6 client mapped database'],
	['process = "(sd-pam) ünï"', 'away names'],
	['process = postgr', ''],
	// Fields.
	['user = root', 'web web6 scoped'],
	['user = ROOT,1001', 'web web6 database scoped'],
	['user ~ nn', 'client mapped away stub names'],
	['uid > 1000', 'database'],
	['rtt > 50ms', 'client'],
	['rtt < 1', 'mapped database'],
	['rtt != 60', without('client')],
	['recvQ >= 64k', 'client'],
	['rxRate > 1MB/s', 'client'],
	['lost > 0', 'database'],
	['interface = eth0', 'scoped'],
	['interface != eth0', without('scoped')],
	// Words.
	['nginx', 'web web6 client mapped'],
	['NGI', 'web web6 client mapped'],
	['postgres', 'database'],
	['sd-pam', 'away names'],
	['ÜNÏ', 'away names'],
	['ann', 'client mapped away stub names'],
	['listen', 'web web6'],
	['established', 'client mapped database names'],
	['wait', 'waiting scoped'],
	['ud', 'stub names'],
	['7.1', 'mapped waiting arriving'],
	['192.168.7.1', 'mapped waiting arriving'],
	['.0.0.5', 'client mapped waiting arriving away stub'],
	['2.16.', 'away'],
	['ffff:10', 'mapped'],
	['2001:db8', 'names'],
	['2001:DB8:0::5', 'names'],
	['::', 'web6 mapped database scoped names'],
	['8.7.?', ''],
	['*8.7.?', 'client'],
	[String.raw`/\.1[01]$/`, 'mapped waiting'],
	['/^nginx$/', 'web web6 client mapped'],
	// Together.
	['nginx 443 not listen', 'client mapped'],
	['nginx and (dport > 50500 or state listening)', 'web web6 mapped'],
	['not nginx and not 192.168/16', 'database scoped away stub names'],
] as const) {
	test(`${text} selects ${expected}`, selects, text, expected);
}

test('a word that no address contains matches none', t => {
	const context = {...createTestContext(), userName: () => 'zoe'};
	const slot = context.add({local: ['1.2.3.4', 5], core: {uid: 5}});
	t.true(predicateOf(compile('zo').bind(context))(slot));
	t.false(predicateOf(compile('zoo').bind(context))(slot));
});

test('only certain comparisons match the age of a socket that is older than conntop', t => {
	const context = createTestContext();
	const old = context.add();
	context.table.end([]);
	context.table.begin(20_000);
	const young = context.add();
	context.table.end([]);
	context.table.begin(25_000);

	const matching = (text: string) => [old, young].filter(slot => predicateOf(compile(text).bind(context))(slot));
	t.deepEqual(matching('age < 10s'), [young]);
	t.deepEqual(matching('age > 1s'), [old, young]);
	t.deepEqual(matching('age < 1m'), [young]);
	t.deepEqual(matching('age > 1m'), []);
});

test('a filter that is bound again sees the table after it has grown', t => {
	const context = createTestContext();
	const filter = compile('sport 80 and state established and src 10/8');
	context.add({local: ['10.0.0.1', 80]});
	t.true(predicateOf(filter.bind(context))(0));
	const slots = Array.from({length: 5000}, (_, index) => context.add({local: ['10.0.0.1', index]}));
	const matches = predicateOf(filter.bind(context));
	t.deepEqual(slots.filter(slot => matches(slot)), [slots[80]]);
	context.table.setState(slots[80], 0, State.listen);
	t.false(predicateOf(filter.bind(context))(slots[80]));
});

test('a filter names the optional columns that it reads', t => {
	t.deepEqual([...compile('lost > 0 or (not minRtt < 5ms and nginx)').columns].toSorted(), ['lost', 'minRtt']);
	t.deepEqual([...compile('').columns], []);
});

test('and, or and not combine conditions', t => {
	fc.assert(fc.property(conditions, conditions, conditions, (a, b, c) => {
		const [hasA, hasB, hasC] = [a, b, c].map(condition => predicateOf(compileFilter(condition).bind(scene)));
		const matches = predicateOf(compileFilter(anyOf([allOf([a, negate(b)]), c])).bind(scene));
		for (const slot of scene.slots) {
			t.is(matches(slot), (hasA(slot) && !hasB(slot)) || hasC(slot));
		}
	}), {numRuns: 300});
});

test('conditions on processes match any process that holds the socket', t => {
	const details = new Map([[7, {commandLine: 'nginx: master', uid: 0}], [8, {commandLine: 'nginx: worker', uid: 1000}], [9, {}]]);
	const context = createTestContext();
	const owners = [7, 8, 9, 10].map(pid => ({pid, name: 'nginx'}));
	const slots = [context.add({owners}), context.add({owners: owners.slice(0, 1)}), context.add({owners: owners.slice(2)}), context.add()];
	const selected = (text: string): readonly number[] => {
		const matches = predicateOf(compile(text).bind({...context, processDetails: ({pid}) => details.get(pid)}));
		return slots.filter(slot => matches(slot)).map(slot => slots.indexOf(slot));
	};

	t.deepEqual(selected('command ~ worker'), [0]);
	t.deepEqual(selected('command = "nginx: master"'), [0, 1]);
	t.deepEqual(selected('command !~ worker'), [1, 2, 3]);
	t.deepEqual(selected('processUser = ann'), [0]);
	t.deepEqual(selected('processUser = root'), [0, 1]);
});
