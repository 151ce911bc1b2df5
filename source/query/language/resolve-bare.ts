import {canonicalIpv6} from '../../addresses/prefix.js';
import type {Token} from '../grammar/syntax.js';
import {anyOf, type Expression} from './expression.js';
import {expandBraces} from './braces.js';
import {findFlag} from './flags.js';
import {fail, quote} from './problem.js';
import {patternOf} from './resolve-field.js';
import {failAddress, parseHost, resolveEndpoint} from './resolve-host.js';
import {parsePorts, portCondition, unknownService} from './resolve-numbers.js';
import {resolveOtherForm, splitName} from './resolve-other-forms.js';
import {resolveCondition} from './resolve-subject.js';
import {familyWords, findProtocol} from './resolve-words.js';
import type {Scope} from './scope.js';
import {findShorthand} from './shorthands.js';

const portShape = /^(?:\*?:\w|(?:\d+|0x[\da-f]+)(?:-(?:\d+|0x[\da-f]+))?$)/iv;

/** A prefix, a zone, or an endpoint with a port. */
const hostShape = /[%\/\]]|^[\d.]+:(?:\w|\*$)|^\*?:\*$/v;

/** Looks like a network, even if its numbers are invalid. */
const networkShape = /^(?:[\d.]+|[\d.a-f]*:[\d.:a-f]*)\/[\d.]+(?::.*)?$/iv;

/**
Resolves values without a name: a number is a port of either endpoint, `tcp` a protocol, `unix` several protocols, `loopback` a shorthand, `10.0.0.0/8` or
`[::1]:80` an endpoint. Conditions in the syntax of other programs are accepted too (`port:22`). Any other word, and everything in quotation marks, is searched
in the texts of the row.

@throws FilterError for what looks like a condition but is invalid, and cannot occur in a row: `10.0.0.0/33`, `foo:bar`.
*/
export const resolveBare = (values: readonly Token[], scope: Scope): Expression => {
	const [first, ...others] = values;
	const named = splitName(first);
	if (named !== undefined) {
		return resolveCondition({...named, kind: 'condition', values: [...named.values, ...others]}, scope);
	}

	if (values.length > 1) {
		return portCondition('either', values.flatMap(value => expandBraces(value)).flatMap(value =>
			(isPort(value) ? parsePorts(value, scope) : undefined) ?? fail(`${quote(value.raw)} is not a port, and only ports can be listed without a name.`, value)));
	}

	return anyOf(expandBraces(first).map(token => (isBare(token) ? resolvePlain(token, scope, true) : undefined) ?? wordOf(token)));
};

/** Resolves a word of a search: like a word of a filter, but what cannot occur in a row is searched too. */
export const resolveSearchWord = (token: Token, scope: Scope): Expression => (isBare(token) ? resolvePlain(token, scope, false) : undefined) ?? wordOf(token);

const wordOf = (token: Token): Expression => ({kind: 'word', pattern: patternOf(token, 'contains')});

/** A backslash makes a word literal, as quotation marks do. */
const isBare = ({form, raw}: Token): boolean => form === 'plain' && !raw.includes('\\');

const isPort = ({form, raw}: Token): boolean => form === 'plain' && portShape.test(raw);

const resolvePlain = (token: Token, scope: Scope, isStrict: boolean): Expression | undefined => {
	const {raw} = token;
	if (isPort(token)) {
		const ports = parsePorts(token, scope);
		if (ports !== undefined) {
			return portCondition('either', ports);
		}

		// With an asterisk, it is an endpoint of a packet socket.
		return isStrict && raw.startsWith(':') ? unknownService(token) : undefined;
	}

	const lower = raw.toLowerCase();
	const meant = findProtocol(lower) ?? findFamily(lower) ?? findFlag(lower) ?? findShorthand(lower);
	if (meant !== undefined) {
		return meant;
	}

	if (lower === 'localhost') {
		return resolveEndpoint('either', token, scope);
	}

	const host = hostShape.test(raw) ? parseHost(token, scope) : undefined;
	if (host !== undefined) {
		return {kind: 'host', end: 'either', host};
	}

	const address = canonicalIpv6(raw);
	if (address !== undefined) {
		return {kind: 'word', pattern: {kind: 'contains', text: address}};
	}

	return isStrict ? resolveOddWord(token, scope) : undefined;
};

const findFamily = (word: string): Expression | undefined => Object.hasOwn(familyWords, word) ? {kind: 'family', family: familyWords[word]} : undefined;

const resolveOddWord = (token: Token, scope: Scope): Expression | undefined => {
	if (networkShape.test(token.raw)) {
		return failAddress(token, 'host');
	}

	return isNeverInIpv4(token.raw)
		? fail(`${quote(token.raw)} is not part of any address: IPv4 addresses are four numbers from 0 to 255.`, token)
		: resolveOtherForm(token, scope);
};

/** Whether a text of digits and dots, perhaps with a port, cannot be part of an IPv4 address: `10.0.0.256`, `1.2.3.4.5`. */
const isNeverInIpv4 = (text: string): boolean => {
	const address = /^(?<address>\d*\.[\d.]*)(?::\d*)?$/v.exec(text)?.groups?.address;
	const numbers = address?.split('.') ?? [];
	return address !== undefined && (numbers.length > 5 || numbers.slice(1, -1).includes('') || numbers.filter(number => number !== '').length > 4
		|| numbers.some(number => Number(number) > 255));
};
