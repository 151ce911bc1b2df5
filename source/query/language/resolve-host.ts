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
Resolves conditions on the address (and port) of an endpoint.

@param texts Ids of the fields that `~` compares.
*/
export const resolveHost = (end: Endpoint, texts: readonly string[], clause: Clause, scope: Scope): Expression => {
	const {name, comparison, signSpan, values} = clause;
	if (comparison === '~') {
		return anyOf(texts.map(field => resolveText(field, clause)));
	}

	return comparison === '='
		? anyOf(values.map(token => resolveEndpoint(end, token, scope) ?? failAddress(token, name)))
		: fail(`${quote(name)} is an address, so compare it with = != or ~.`, signSpan);
};

/** Rejects a value that is not an address, and says what to write instead. */
export const failAddress = (token: Token, name: string): never => {
	const text = unescapeText(token.raw);
	if (hasWildcard(text)) {
		return fail(`${quote(text)} is not an address; write one such as 10.0.0.0/8, or “${name} unix:${text}” for the name of a UNIX socket.`, token);
	}

	const hint = /^\d+$/v.test(text) ? `write “${name} :${text}” for a port` : 'write one such as 10.0.0.0/8 or [::1]:80';
	return fail(`${quote(token.raw)} is not an address; ${hint}.`, token);
};

/** Whether a text is a shell pattern, not an IPv6 address in brackets. */
const hasWildcard = (text: string): boolean => /[*?]|\[[^:\[\]]+\]/v.test(text);

/** Resolves one value of an endpoint; undefined if it is not an address, a host name or an endpoint of another family. */
export const resolveEndpoint = (end: Endpoint, token: Token, scope: Scope): Expression | undefined => {
	const text = unescapeText(token.raw);
	const {family = scope.onlyDomain, rest} = splitFamily(text);
	if (isNamedDomain(family)) {
		const host = parseNamedHost(family, rest) ?? fail(`${quote(token.raw)} is not an endpoint; write one such as ${exampleOfNamed(family)}.`, token);
		return {kind: 'named', end, host};
	}

	// Only names of UNIX sockets begin like this.
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

/** Parses `10.0.0.0/8`, `[::1]:80`, `*:https`; undefined for anything else. */
export const parseHost = (token: Token, scope: Scope): Host | undefined => {
	const text = unescapeText(token.raw);
	const parts = splitHost(text);
	return parts && hostOf(parts, token, scope);
};

/** Returns one host, or one for each address of a host name. */
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
/** A name whose last part is a number is a mistyped address. */
const lastPart = /(?:^|\.)\d*[^\d.][^.]*\.?$/v;

/** RFC 6761, 6.3; used if names are not looked up. */
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
		throw new FilterError(`Looking up the addresses of ${quote(name)} …`, token, true);
	}

	return answer === 'unknown'
		? fail(`${quote(name)} is not an address, and no host has that name.`, token)
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

/** Returns the number of address bits that count: the number after the slash, or the length of the netmask there. */
const lengthOf = ({address, length, mask}: HostParts, token: Token): number | undefined => {
	if (mask === undefined) {
		return length;
	}

	if (address.includes(':')) {
		return fail(`IPv6 takes a number of bits after the slash, such as /64; ${quote(mask)} is not one.`, token);
	}

	const netmask = parseNetmask(mask);
	if (netmask === undefined) {
		return fail(`${quote(mask)} is neither a number of bits, such as 8, nor a netmask, such as 255.0.0.0.`, token);
	}

	if (netmask.length === undefined) {
		return fail(netmask.isInverted
			? `${quote(mask)} is an inverted netmask; write it as 255.0.0.0, or as the number of its bits, such as 8.`
			: `${quote(mask)} is not a netmask, because its ones are not all at the start; write one such as 255.255.0.0, or the number of its bits, such as 16.`, token);
	}

	return netmask.length;
};

/** Returns the interface and the port. */
const restOf = ({zone, port}: HostParts, token: Token, scope: Scope): Omit<Host, 'prefix'> => ({
	...(zone !== undefined && {interface: zone}),
	...(port !== undefined && port !== '*' && {port: onePort(port, token, scope)}),
});

/** Parses the port after an address. */
const onePort = (port: string, token: Token, scope: Scope): number => {
	const ranges = parsePorts({...token, raw: port}, scope);
	return ranges?.length === 1 && ranges[0].from === ranges[0].to ? ranges[0].from : fail(`${quote(port)} is not a port.`, token);
};
