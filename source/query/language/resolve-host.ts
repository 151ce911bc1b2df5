import {
	allOf,
	anyOf,
	type End,
	type Expression,
} from './expression.js';
import {type Prefix, parsePrefix, bitsOf} from '../../addresses/prefix.js';
import {splitHost, type Host, type HostParts} from './host.js';
import type {Lookups} from '../../names/lookups.js';
import {
	exampleOfNamed,
	isNamedDomain,
	parseNamedHost,
	splitFamily,
} from './named-host.js';
import {unescapeText} from './pattern.js';
import {fail, FilterError, quote} from './problem.js';
import type {Question} from './question.js';
import {resolveText} from './resolve-field.js';
import {parsePorts} from './resolve-numbers.js';
import type {Token} from './syntax.js';

/**
Conditions on the address (and port) of an end.

@param end
@param texts Fields whose text `~` compares.
@param question
@param lookups
*/
export const resolveHost = (end: End, texts: readonly string[], question: Question, lookups: Lookups): Expression => {
	const {name, comparison, signSpan, values} = question;
	if (comparison === '~') {
		return anyOf(texts.map(field => resolveText(field, question)));
	}

	if (comparison !== '=') {
		return fail(`${quote(name)} is an address, so compare it with = != or ~.`, signSpan);
	}

	return anyOf(values.map(token => resolveEnd(end, token, lookups)
		?? fail(`${quote(token.raw)} is no address; write one such as 10.0.0.0/8 or [::1]:80.`, token)));
};

/** What one value says of an end; undefined when it is no address, name of a host or end of another family. */
const resolveEnd = (end: End, token: Token, lookups: Lookups): Expression | undefined => {
	const text = unescapeText(token.raw);
	const {family, rest} = splitFamily(text);
	if (isNamedDomain(family)) {
		const host = parseNamedHost(family, rest) ?? fail(`${quote(token.raw)} names no end; write one such as ${exampleOfNamed(family)}.`, token);
		return {kind: 'named', end, host};
	}

	// Nothing else begins so.
	if (family === undefined && /^[\/@]/v.test(text)) {
		return {kind: 'named', end, host: {domain: 'unix', name: text}};
	}

	const hosts = parseHosts(rest === '' ? '*' : rest, token, lookups);
	const expression = hosts && anyOf(hosts.map((host): Expression => ({kind: 'host', end, host})));
	return expression === undefined || family === undefined ? expression : allOf([{kind: 'family', family}, expression]);
};

/** Reads `10.0.0.0/8`, `[::1]:80`, `*:https`; undefined when it is no such thing. */
export const parseHost = (token: Token, lookups: Lookups): Host | undefined => {
	const text = unescapeText(token.raw);
	const parts = splitHost(text);
	return parts && hostOf(parts, token, lookups);
};

/** One host, or each address of a host's name. */
const parseHosts = (text: string, token: Token, lookups: Lookups): readonly Host[] | undefined => {
	const parts = splitHost(text);
	if (parts === undefined) {
		return undefined;
	}

	const host = hostOf(parts, token, lookups);
	if (host !== undefined || parts.length !== undefined) {
		return host && [host];
	}

	const prefixes = lookUpHost(parts.address, token, lookups);
	return prefixes?.map(prefix => ({prefix, ...restOf(parts, token, lookups)}));
};

const hostName = /^[\p{Letter}\p{Number}_](?:[\p{Letter}\p{Number}\-._]*[\p{Letter}\p{Number}_])?\.?$/v;
/** What is all numbers there is a wrong address. */
const lastPart = /(?:^|\.)\d*[^\d.][^.]*\.?$/v;

const lookUpHost = (name: string, token: Token, {hosts}: Lookups): readonly Prefix[] | undefined => {
	if (hosts === undefined || !hostName.test(name) || !lastPart.test(name)) {
		return undefined;
	}

	const answer = hosts(name.toLowerCase());
	if (answer === 'pending') {
		throw new FilterError(`Looking for the addresses of ${quote(name)} …`, token, true);
	}

	return answer === 'unknown'
		? fail(`${quote(name)} is no address, and no host has that name.`, token)
		: answer.map(address => parsePrefix(address)).filter(prefix => prefix !== undefined);
};

const hostOf = (parts: HostParts, token: Token, lookups: Lookups): Host | undefined => {
	const {address, length, port} = parts;
	const isAny = address === '*' || (address === '' && port !== undefined);
	if (isAny && length !== undefined) {
		return undefined;
	}

	if (length !== undefined && length > bitsOf(address)) {
		return parsePrefix(address) && fail(`A prefix of ${address.includes(':') ? 'IPv6' : 'IPv4'} has at most ${bitsOf(address)} bits.`, token);
	}

	const prefix = isAny ? undefined : parsePrefix(address, length);
	return isAny || prefix !== undefined ? {...(prefix && {prefix}), ...restOf(parts, token, lookups)} : undefined;
};

/** What is said besides the address. */
const restOf = ({zone, port}: HostParts, token: Token, lookups: Lookups): Omit<Host, 'prefix'> => ({
	...(zone !== undefined && {interface: zone}),
	...(port !== undefined && port !== '*' && {port: onePort(port, token, lookups)}),
});

/** The port after an address. */
const onePort = (port: string, token: Token, lookups: Lookups): number => {
	const ranges = parsePorts({...token, raw: port}, lookups);
	return ranges?.length === 1 && ranges[0].from === ranges[0].to ? ranges[0].from : fail(`${quote(port)} is no port.`, token);
};
