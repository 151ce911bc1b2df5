import {anyOf, type End, type Expression} from './expression.js';
import {
	bitsOf,
	parsePrefix,
	splitHost,
	type Host,
} from './host.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Question} from './question.js';
import {resolveText} from './resolve-field.js';
import {parsePorts} from './resolve-numbers.js';
import type {ServiceLookup} from './services.js';
import type {Token} from './syntax.js';

/**
Conditions on the address (and port) of an end.

@param end
@param texts Fields whose text `~` compares.
@param question
@param services
*/
export const resolveHost = (end: End, texts: readonly string[], question: Question, services: ServiceLookup): Expression => {
	const {name, comparison, signSpan, values} = question;
	if (comparison === '~') {
		return anyOf(texts.map(field => resolveText(field, question)));
	}

	if (comparison !== '=') {
		return fail(`${quote(name)} is an address, so compare it with = != or ~.`, signSpan);
	}

	return anyOf(values.map(token => {
		const host = parseHost(token, services) ?? fail(`${quote(token.raw)} is no address; write one such as 10.0.0.0/8 or [::1]:80.`, token);
		return {kind: 'host', end, host};
	}));
};

/** Reads `10.0.0.0/8`, `[::1]:80`, `*:https`; undefined when it is no such thing. */
export const parseHost = (token: Token, services: ServiceLookup): Host | undefined => {
	const parts = splitHost(unescapeText(token.raw));
	if (parts === undefined) {
		return undefined;
	}

	const {address, zone, length, port} = parts;
	const isAny = address === '*' || (address === '' && port !== undefined);
	if (isAny && length !== undefined) {
		return undefined;
	}

	if (length !== undefined && length > bitsOf(address)) {
		return parsePrefix(address) && fail(`A prefix of ${address.includes(':') ? 'IPv6' : 'IPv4'} has at most ${bitsOf(address)} bits.`, token);
	}

	const prefix = isAny ? undefined : parsePrefix(address, length);
	if (!isAny && prefix === undefined) {
		return undefined;
	}

	return {
		...(prefix && {prefix}),
		...(zone !== undefined && {interface: zone}),
		...(port !== undefined && port !== '*' && {port: onePort(port, token, services)}),
	};
};

/** The port after an address. */
const onePort = (port: string, token: Token, services: ServiceLookup): number => {
	const ranges = parsePorts({...token, raw: port}, services);
	return ranges?.length === 1 && ranges[0].from === ranges[0].to ? ranges[0].from : fail(`${quote(port)} is no port.`, token);
};
