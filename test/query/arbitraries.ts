import fc from '../helpers/property.js';
import {fields} from '../../source/fields/registry.js';
import {
	allOf,
	anyOf,
	negate,
	type Condition,
	type Expression,
} from '../../source/query/language/expression.js';
import {flagNames} from '../../source/query/language/flags.js';
import {parsePrefix} from '../../source/addresses/prefix.js';
import type {Host} from '../../source/query/language/values/host.js';
import type {NamedHost} from '../../source/query/language/values/named-host.js';
import {canonicalGlob, type Pattern} from '../../source/query/language/pattern.js';
import {mergeRanges, type Range} from '../../source/query/language/values/ranges.js';
import {portCondition} from '../../source/query/language/resolve-numbers.js';
import {sortStateWords, stateWords, type StateWord} from '../../source/query/language/values/state-words.js';

/** Words that users type, and words that could be taken for something else. */
const words = fc.oneof(
	fc.constantFrom('nginx', 'port', 'PORT', 'and', 'Or', 'not', 'tcp', 'inet6', 'rtt', 'eq', 'lt', 'ngin*', '(sd-pam)', 'kworker/0:1'),
	fc.constantFrom('443', '80-90', ':80', '*:80', '99999', '10.0.0.0/8', '10.0.0.0/99', '1.2.3.4', '1.2.3.4:5', '[::1]:80', '::', '2001:DB8:0:0::1'),
	fc.constantFrom('', ' ', 'a b', 'a,b', 'a"b', String.raw`a\b`, String.raw`\\`, '"', '/', '/a/', '=', '!', '~', '*', '?', 'fe80::1%eth0'),
	fc.string({maxLength: 8}),
	fc.string({unit: 'binary', maxLength: 6}),
);

const globs = fc.array(fc.oneof(words, fc.constantFrom('*', '?')), {minLength: 1, maxLength: 4})
	.map(parts => parts.map(part => part === '*' || part === '?' ? part : part.replaceAll(/[*?\\]/gv, String.raw`\$&`)).join(''))
	.map(raw => canonicalGlob(raw))
	.filter(glob => glob !== undefined);

const regexes = fc.constantFrom('ngin?x', '^a|b$', String.raw`\d{1,3}\.\d`, '[a-z]+ [^x]', String.raw`a\/b`, '(?:ab)+?c{2,}', '"', String.raw`\\`, '.');

const textPatterns = (plain: 'exact' | 'contains'): fc.Arbitrary<Pattern> => fc.oneof(
	words.map(text => ({kind: plain, text})),
	globs.map(text => ({kind: 'glob', text}) as const),
	regexes.map(text => ({kind: 'regex', text}) as const),
);

const patterns: fc.Arbitrary<Pattern> = fc.oneof(textPatterns('contains'), words.map(text => ({kind: 'exact', text}) as const));

const ranges = (max: number): fc.Arbitrary<readonly Range[]> => fc.array(
	fc.tuple(fc.integer({min: 0, max}), fc.integer({min: 0, max})).map(([a, b]) => ({from: Math.min(a, b), to: Math.max(a, b)})),
	{minLength: 1, maxLength: 3},
).map(list => mergeRanges(list));

const ends = fc.constantFrom('local', 'peer', 'either');

const prefixes = fc.oneof(
	fc.tuple(fc.ipV4(), fc.integer({min: 0, max: 32})),
	fc.tuple(fc.ipV6(), fc.integer({min: 0, max: 128})),
).map(([address, length]) => parsePrefix(address, length)).filter(prefix => prefix !== undefined);

const hosts: fc.Arbitrary<Host> = fc.record({
	prefix: prefixes,
	interface: fc.constantFrom('lo', 'eth0', 'br-1.2', 'a&b'),
	port: fc.integer({min: 0, max: 65_535}),
}, {requiredKeys: [], noNullPrototype: true});

const u32 = fc.integer({min: 0, max: 0xFF_FF_FF_FF});
const numberText = u32.map(String);

const namedHosts: fc.Arbitrary<NamedHost> = fc.oneof(
	fc.oneof(words, fc.constantFrom('/run/*', '@a[b-c]?', '*', String.raw`\*`)).map(name => ({domain: 'unix', name}) as const),
	fc.record({
		domain: fc.constant('link' as const), name: fc.integer({min: 0, max: 0xFF_FF}).map(String), port: fc.constantFrom('lo', '3', 'br-1.2'),
	}, {requiredKeys: ['domain'], noNullPrototype: true}),
	fc.record({domain: fc.constant('netlink' as const), name: fc.constantFrom('rtnl', 'genl', '17', '200'), port: numberText}, {requiredKeys: ['domain'], noNullPrototype: true}),
	fc.record({domain: fc.constant('vsock' as const), name: numberText, port: numberText}, {requiredKeys: ['domain'], noNullPrototype: true}),
);

const numberFields = fields.filter(field => field.kind === 'number' && !['localPort', 'peerPort', 'pid'].includes(field.id)).map(field => field.id);
const textFields = fields.filter(field => field.kind !== 'number' && !['process', 'comm', 'state', 'local', 'peer', 'localAddress', 'peerAddress'].includes(field.id))
	.map(field => field.id);

const numbers = fc.oneof(
	fc.nat(),
	fc.nat().map(value => value * 1024),
	fc.nat(100_000).map(value => value * 60_000),
	fc.double({min: 1e-9, max: 1e12, noNaN: true}),
);

export const conditions: fc.Arbitrary<Condition> = fc.oneof(
	textPatterns('contains').map((pattern): Condition => ({kind: 'word', pattern})),
	fc.tuple(ends, ranges(65_535)).map(([end, list]) => portCondition(end, list)),
	fc.tuple(ends, hosts).map(([end, host]): Condition => ({kind: 'host', end, host})),
	fc.tuple(ends, namedHosts).map(([end, host]): Condition => ({kind: 'named', end, host})),
	fc.tuple(u32, u32).map(([value, mask]): Condition => ({
		kind: 'mask', field: 'mark', value, mask,
	})),
	fc.constantFrom(...flagNames).map((flag): Condition => ({kind: 'flag', flag})),
	fc.uniqueArray(fc.constantFrom(...Object.keys(stateWords) as StateWord[]), {minLength: 1}).map((states): Condition => ({kind: 'state', states: sortStateWords(states)})),
	fc.constantFrom<Condition>({kind: 'protocol', protocol: 'tcp'}, {kind: 'protocol', protocol: 'udp'}, {kind: 'family', family: 'inet'}, {kind: 'family', family: 'inet6'}),
	ranges(4_194_304).map((list): Condition => ({kind: 'pid', ranges: list})),
	fc.tuple(fc.constantFrom(...numberFields), fc.constantFrom('=', '<', '<=', '>', '>='), numbers).map(([field, comparison, value]): Condition => ({
		kind: 'number', field, comparison, value,
	})),
	fc.tuple(fc.constantFrom(...textFields), patterns).map(([field, pattern]): Condition => ({kind: 'text', field, pattern})),
);

const expressionsOf = (simple: fc.Arbitrary<Condition>): fc.Arbitrary<Expression> => fc.letrec<{expression: Expression}>(tie => ({
	expression: fc.oneof(
		{maxDepth: 4, depthIdentifier: 'expression'},
		simple,
		fc.array(tie('expression'), {minLength: 2, maxLength: 3}).map(terms => allOf(terms)),
		fc.array(tie('expression'), {minLength: 2, maxLength: 3}).map(terms => anyOf(terms)),
		tie('expression').map(term => negate(term)),
	),
})).expression;

/** Expressions in the form that the parser produces. */
export const expressions: fc.Arbitrary<Expression> = expressionsOf(conditions);

const scenePorts = fc.constantFrom(0, 22, 53, 123, 443, 1500, 1600, 1700, 8080, 9000, 9001, 9002, 9003, 9100, 40_000, 65_535);
const sceneHosts = fc.constantFrom('127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '0.0.0.0', '::', '::1', '::ffff:127.0.0.4', '10.0.0.0');

const sceneConditions: fc.Arbitrary<Condition> = fc.oneof(
	fc.tuple(ends, scenePorts, scenePorts).map(([end, a, b]) => portCondition(end, [{from: Math.min(a, b), to: Math.max(a, b)}])),
	fc.tuple(ends, scenePorts).map(([end, port]) => portCondition(end, [{from: port, to: port}])),
	fc.tuple(ends, sceneHosts, fc.constantFrom(0, 8, 30, 32, 96, 127, 128), fc.option(scenePorts, {nil: undefined})).map(([end, address, length, port]): Condition => {
		const prefix = parsePrefix(address, Math.min(length, address.includes(':') ? 128 : 32));
		return {kind: 'host', end, host: {...(prefix && {prefix}), ...(port !== undefined && {port})}};
	}),
	fc.uniqueArray(fc.constantFrom(...Object.keys(stateWords) as StateWord[]), {minLength: 1, maxLength: 3})
		.map((states): Condition => ({kind: 'state', states: sortStateWords(states)})),
	fc.constantFrom<Condition>(
		{kind: 'protocol', protocol: 'tcp'},
		{kind: 'protocol', protocol: 'udp'},
		{kind: 'protocol', protocol: 'u_str'},
		{kind: 'family', family: 'inet'},
		{kind: 'family', family: 'inet6'},
		{kind: 'flag', flag: 'autobound'},
		{kind: 'flag', flag: 'new'},
		{kind: 'named', end: 'local', host: {domain: 'unix', name: '*'}},
		{kind: 'word', pattern: {kind: 'contains', text: 'tim'}},
		{kind: 'text', field: 'interface', pattern: {kind: 'exact', text: 'lo'}},
		{
			kind: 'number', field: 'interfaceIndex', comparison: '=', value: 1,
		},
		{
			kind: 'mask', field: 'mark', value: 1, mask: 0x0F,
		},
		{
			kind: 'number', field: 'mark', comparison: '=', value: 0,
		},
		{
			kind: 'number', field: 'idle', comparison: '>', value: 1,
		},
	),
);

/** Expressions about the sockets of `test/sources/filter-scene.ts`. */
export const sceneExpressions: fc.Arbitrary<Expression> = expressionsOf(sceneConditions);
