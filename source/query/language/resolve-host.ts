import {
	bitsOf,
	parseNetmask,
	parsePrefix,
	type Prefix,
} from '../../addresses/prefix.js';
import type {Token} from '../grammar/syntax.js';
import {
	allOf,
	anyOf,
	type Endpoint,
	type Expression,
} from './expression.js';
import {splitHost, type Host, type HostParts} from './values/host.js';
import {
	exampleOfNamed,
	isNamedDomain,
	parseNamedHost,
	splitFamily,
} from './values/named-host.js';
import {unescapeText} from './pattern.js';
import {fail, FilterError, quote} from './problem.js';
import type {Clause} from './clause.js';
import {resolveText} from './resolve-field.js';
import {parsePorts} from './resolve-numbers.js';
import type {Scope} from './scope.js';

/**
Conditions on the address (and port) of an endpoint.

@param end
@param texts Fields whose text `~` compares.
@param question
@param scope
*/
export const resolveHost = (end: Endpoint, texts: readonly string[], question: Clause, scope: Scope): Expression => {
	const {name, comparison, signSpan, values} = question;
	if (comparison === '~') {
		return anyOf(texts.map(field => resolveText(field, question)));
	}

	return comparison === '='
		? anyOf(values.map(token => resolveEndpoint(end, token, scope) ?? failAddress(token, name)))
		: fail(`${quote(name)} is an address, so compare it with = != or ~.`, signSpan);
};

/** Refuses what is no address, with what to write. */
export const failAddress = (token: Token, name: string): never => {
	const text = unescapeText(token.raw);
	if (hasWildcard(text)) {
		return fail(`${quote(text)} is no address; write one such as 10.0.0.0/8, or “${name} unix:${text}” for the name of a UNIX socket.`, token);
	}

	const hint = /^\d+$/v.test(text) ? `write “${name} :${text}” for a port` : 'write one such as 10.0.0.0/8 or [::1]:80';
	return fail(`${quote(token.raw)} is no address; ${hint}.`, token);
};

/** Whether a text is a pattern of the shell, and not an IPv6 address in brackets. */
const hasWildcard = (text: string): boolean => /[*?]|\[[^:\[\]]+\]/v.test(text);

/** What one value says of an endpoint; undefined when it is no address, no name of a host and no endpoint of another family. */
export const resolveEndpoint = (end: Endpoint, token: Token, scope: Scope): Expression | undefined => {
	const text = unescapeText(token.raw);
	const {family = scope.onlyDomain, rest} = splitFamily(text);
	if (isNamedDomain(family)) {
		const host = parseNamedHost(family, rest) ?? fail(`${quote(token.raw)} names no endpoint; write one such as ${exampleOfNamed(family)}.`, token);
		return {kind: 'named', end, host};
	}

	// Nothing else begins so.
	if (family === undefined && /^[\/@]/v.test(text)) {
		return {kind: 'named', end, host: {domain: 'unix', name: text}};
	}

	const hosts = parseHosts(rest === '' ? '*' : rest, token, scope);
	if (hosts === undefined) {
		return family === undefined && scope.hasUnix && hasWildcard(text) ? {kind: 'named', end, host: {domain: 'unix', name: text}} : undefined;
	}

	const expression = anyOf(hosts.map((host): Expression => ({kind: 'host', end, host})));
	return family === undefined ? expression : allOf([{kind: 'family', family}, expression]);
};

/** Reads `10.0.0.0/8`, `[::1]:80`, `*:https`; undefined when it is no such thing. */
export const parseHost = (token: Token, scope: Scope): Host | undefined => {
	const text = unescapeText(token.raw);
	const parts = splitHost(text);
	return parts && hostOf(parts, token, scope);
};

/** One host, or each address of a host's name. */
const parseHosts = (text: string, token: Token, scope: Scope): readonly Host[] | undefined => {
	const parts = splitHost(text);
	if (parts === undefined) {
		return undefined;
	}

	const host = hostOf(parts, token, scope);
	if (host !== undefined || parts.length !== undefined || parts.mask !== undefined) {
		return host && [host];
	}

	const prefixes = lookUpHost(parts.address, token, scope);
	return prefixes?.map(prefix => ({prefix, ...restOf(parts, token, scope)}));
};

const hostName = /^[\p{Letter}\p{Number}_](?:[\p{Letter}\p{Number}\-._]*[\p{Letter}\p{Number}_])?\.?$/v;
/** What is all numbers there is a wrong address. */
const lastPart = /(?:^|\.)\d*[^\d.][^.]*\.?$/v;

/** RFC 6761, 6.3, where names are not looked up. */
const localhost: readonly Prefix[] = ['127.0.0.1', '::1'].map(address => parsePrefix(address)).filter(prefix => prefix !== undefined);

const lookUpHost = (name: string, token: Token, {hosts}: Scope): readonly Prefix[] | undefined => {
	if (name.toLowerCase() === 'localhost' && hosts === undefined) {
		return localhost;
	}

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

/** Words for any address, which `ss` takes from iproute2. */
const anyWords: ReadonlySet<string> = new Set(['*', 'any', 'all', 'default']);

const hostOf = (parts: HostParts, token: Token, scope: Scope): Host | undefined => {
	const {address, port} = parts;
	const length = lengthOf(parts, token);
	const isAny = anyWords.has(address) || (address === '' && port !== undefined);
	if (isAny && length !== undefined) {
		return undefined;
	}

	if (length !== undefined && length > bitsOf(address)) {
		return parsePrefix(address) && fail(`A prefix of ${address.includes(':') ? 'IPv6' : 'IPv4'} has at most ${bitsOf(address)} bits.`, token);
	}

	const prefix = isAny ? undefined : parsePrefix(address, length);
	return isAny || prefix !== undefined ? {...(prefix && {prefix}), ...restOf(parts, token, scope)} : undefined;
};

/** How many bits of the address count: as many as stand after the slash, or as the netmask there has. */
const lengthOf = ({address, length, mask}: HostParts, token: Token): number | undefined => {
	if (mask === undefined) {
		return length;
	}

	if (address.includes(':')) {
		return fail(`IPv6 takes a number of bits after the slash, such as /64; ${quote(mask)} is none.`, token);
	}

	const netmask = parseNetmask(mask);
	if (netmask === undefined) {
		return fail(`${quote(mask)} is neither a number of bits, such as 8, nor a netmask, such as 255.0.0.0.`, token);
	}

	if (netmask.length === undefined) {
		return fail(netmask.isInverted
			? `${quote(mask)} is a netmask upside down; write it as 255.0.0.0, or as the number of its bits, such as 8.`
			: `${quote(mask)} is no netmask, because its ones do not all come first; write one such as 255.255.0.0, or the number of its bits, such as 16.`, token);
	}

	return netmask.length;
};

/** The interface and the port. */
const restOf = ({zone, port}: HostParts, token: Token, scope: Scope): Omit<Host, 'prefix'> => ({
	...(zone !== undefined && {interface: zone}),
	...(port !== undefined && port !== '*' && {port: onePort(port, token, scope)}),
});

/** The port after an address. */
const onePort = (port: string, token: Token, scope: Scope): number => {
	const ranges = parsePorts({...token, raw: port}, scope);
	return ranges?.length === 1 && ranges[0].from === ranges[0].to ? ranges[0].from : fail(`${quote(port)} is no port.`, token);
};
