import {protocolGroups, protocolNames} from '../../table/protocols.js';
import {anyOf, type Condition, type Expression} from './expression.js';
import {findFlag} from './flags.js';
import {canonicalIpv6} from '../../addresses/prefix.js';
import type {Lookups} from '../../names/lookups.js';
import {fail, quote} from './problem.js';
import {patternOf} from './resolve-field.js';
import {parseHost} from './resolve-host.js';
import {parsePorts, portCondition} from './resolve-numbers.js';
import {findShorthand} from './shorthands.js';
import type {Token} from './syntax.js';

/** Words for the families of IP. */
export const familyWords: Readonly<Record<string, 'inet' | 'inet6'>> = {
	inet: 'inet', ipv4: 'inet', inet6: 'inet6', ipv6: 'inet6',
};

const groups = new Map(Object.entries(protocolGroups));

const portShape = /^(?:\*?:\w|\d+(?:-\d+)?$)/v;

/** A prefix, a zone, or an end with its port. */
const hostShape = /[%\/\]]|^[\d.]+:\d/v;

/**
What values without a name mean: a number is a port at either end, `tcp` a protocol, `unix` some, `loopback` what it
says, `10.0.0.0/8` or `[::1]:80` an end; any other word, and all that
stands in quotation marks, is searched in the texts of the row.
*/
export const resolveBare = (values: readonly Token[], lookups: Lookups): Expression => {
	const [token] = values;
	if (values.length > 1) {
		return portCondition('either', values.flatMap(value =>
			(isPort(value) ? parsePorts(value, lookups) : undefined) ?? fail(`${quote(value.raw)} is no port, and only ports can be listed without a name.`, value)));
	}

	return resolvePlain(token, lookups) ?? {kind: 'word', pattern: patternOf(token, 'contains')};
};

const isPort = ({form, raw}: Token): boolean => form === 'plain' && portShape.test(raw);

const resolvePlain = (token: Token, lookups: Lookups): Expression | undefined => {
	// A backslash takes the meaning away, as quotation marks do.
	if (token.form !== 'plain' || token.raw.includes('\\')) {
		return undefined;
	}

	const ports = isPort(token) ? parsePorts(token, lookups) : undefined;
	if (ports !== undefined) {
		return portCondition('either', ports);
	}

	const lower = token.raw.toLowerCase();
	const protocol = protocolNames.find(name => name === lower);
	if (protocol !== undefined) {
		return {kind: 'protocol', protocol};
	}

	const group = groups.get(lower);
	if (group !== undefined) {
		return anyOf(group.map((name): Condition => ({kind: 'protocol', protocol: name})));
	}

	if (Object.hasOwn(familyWords, lower)) {
		return {kind: 'family', family: familyWords[lower]};
	}

	const meant = findFlag(lower) ?? findShorthand(lower);
	if (meant !== undefined) {
		return meant;
	}

	const host = hostShape.test(token.raw) ? parseHost(token, lookups) : undefined;
	if (host !== undefined) {
		return {kind: 'host', end: 'either', host};
	}

	const address = canonicalIpv6(token.raw);
	return address === undefined ? undefined : {kind: 'word', pattern: {kind: 'contains', text: address}};
};
