import test from 'ava';
import fc from '../../helpers/property.js';
import {findField} from '../../../source/fields/registry.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {printFilter} from '../../../source/query/language/print.js';
import {compileFilter} from '../../../source/query/match/predicate.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {createTestContext} from '../../helpers/context.js';
import {createScene, sockets, socketNames} from '../scene.js';

const scene = createScene();

const select = (text: string): string => {
	const parsed = parseFilter(text);
	if ('problem' in parsed) {
		throw new Error(parsed.problem.message);
	}

	const matches = predicateOf(compileFilter(parsed.expression).bind(scene));
	return socketNames.filter((_, index) => matches(scene.slots[index])).join(' ');
};

const selects = test.macro((t, text: string, expected: string) => {
	t.is(select(text), expected);
});

for (const [text, expected] of [
	// Quoted, as in the columns Local and Peer.
	['"10.0.0.5:443"', 'client waiting arriving'],
	['"10.0.0.5]:443"', 'mapped'],
	['"192.168.7.9:50443"', 'client'],
	['"192.168.7.9:50"', 'client'],
	['"7.9:50443"', 'client'],
	['":5432"', 'database'],
	['"[::1]:5432"', 'database'],
	['"::1]:54"', 'database'],
	['"[fe80::1]%eth0:22"', 'scoped'],
	['"127.0.0.53%lo:53"', 'stub'],
	['"%lo"', 'stub'],
	['"[::ffff:10.0.0.5]:443"', 'mapped'],
	['"0.0.0.0:*"', 'web stub'],
	['"[::]:*"', 'web6'],
	['"5432"', 'database'],
	['"50443"', 'client'],
	['"10.0.0.5:44"', 'client waiting arriving'],
	['"10.0.0.50:443"', ''],
	['"0.0.5:4433"', ''],
	// Without quotation marks, if it still is a text.
	['10.0.0.5:', 'client waiting arriving away'],
	['eth0', 'scoped'],
	['[fe80', 'scoped'],
	// The whole text, and a part that an expression matches.
	['10.*:443', 'client waiting arriving'],
	['10.0.0.?:44*', 'client waiting arriving'],
	[String.raw`/^10\..*:443$/`, 'client waiting arriving'],
	[String.raw`/\]:(22|5432)$/`, 'database'],
	['/%(lo|eth0):/', 'scoped stub'],
	['not "10.0.0.5:443"', 'web web6 mapped database scoped away stub names'],
	// Name and pid of a process.
	['nginx/100', 'web web6'],
	['nginx/10', 'web web6 client mapped'],
	['"nginx/101"', 'web web6 client mapped'],
	[String.raw`/^nginx\/100$/`, 'web web6'],
	['process = nginx/100', 'web web6'],
	['process ~ res/2', 'database'],
] as const) {
	test(`${text} selects ${expected}`, selects, text, expected);
}

const ends = ['local', 'peer'].map(id => findField(id)).filter(field => field?.kind === 'text');

test('every part of the texts in the endpoint columns matches when quoted', t => {
	fc.assert(fc.property(fc.constantFrom(...socketNames), fc.constantFrom(...ends), fc.nat(), fc.nat(), (name, field, a, b) => {
		const slot = scene.slots[socketNames.indexOf(name)];
		const shown = field.read(scene, slot) ?? '';
		const [from, to] = [a % shown.length, b % (shown.length + 1)].toSorted((x, y) => x - y);
		const part = shown.slice(from, Math.max(to, from + 1));
		t.true(select(`"${part}"`).split(' ').includes(name), `${part} of ${shown}`);
	}));
});

test('nothing else matches', t => {
	const parts = fc.array(fc.constantFrom('1', '0', '.', ':', '443', '10.0.0.5', '[::1]', '%lo', '*', ']', '5432', 'fe80', '::'), {minLength: 1, maxLength: 4});
	fc.assert(fc.property(parts, list => {
		const part = list.join('');
		const expected = socketNames.filter((_, index) => ends.some(field => field.read(scene, scene.slots[index])?.includes(part)));
		const others = new Set<string>(['root', 'ann', '1001', 'tcp', 'udp']);
		fc.pre([...others].every(text => !text.includes(part)));
		t.is(select(`"${part}"`), expected.join(' '), part);
	}));
});

test('an interface also matches for IPv4, where only octets are tested', t => {
	const context = createTestContext();
	const slots = [context.add({...sockets.client, core: {interfaceIndex: 3}}), context.add(sockets.client)];
	const interfaceName = (index: number): string | undefined => index === 3 ? 'fe0.10' : undefined;
	for (const text of ['fe0', '0.1', 'fe0.10', '%fe']) {
		const expression = {kind: 'word', pattern: {kind: 'contains', text}} as const;
		const matches = predicateOf(compileFilter(expression).bind({...context, interfaceName}));
		t.true(matches(slots[0]), printFilter(expression));
	}
});
