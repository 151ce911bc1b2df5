import {
	domainFamilies,
	protocolGroups,
	protocolNames,
	protocols,
	type ProtocolName,
} from '../../table/columns/protocols.js';
import {nearestName} from '../../text/nearest.js';
import type {Token} from '../grammar/syntax.js';
import {
	allOf,
	anyOf,
	type Condition,
	type Expression,
} from './expression.js';
import {canonicalGlob, unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {resolveText} from './resolve-field.js';
import {findStateWord, sortStateWords, stateSpellings} from './values/state-words.js';

/** Words for the IP families. */
export const familyWords: Readonly<Record<string, 'inet' | 'inet6'>> = {
	inet: 'inet', ipv4: 'inet', ip4: 'inet', ip: 'inet', inet6: 'inet6', ipv6: 'inet6', ip6: 'inet6',
};

const groups = new Map<string, readonly ProtocolName[]>(Object.entries(protocolGroups));

/** A protocol with an IP version: netstat and lsof write `tcp6`. */
const ofFamily = /^(?<protocol>tcp|udp|raw|sctp|mptcp|udplite)(?<version>[46])$/v;

/** Returns the condition for a word that names one or several protocols: `tcp`, `u_str`, `unix`, `tcp6`. Undefined for any other word. */
export const findProtocol = (word: string): Expression | undefined => {
	const lower = word.toLowerCase();
	const name = protocolNames.find(each => each === lower);
	if (name !== undefined) {
		return {kind: 'protocol', protocol: name};
	}

	const group = groups.get(lower);
	if (group !== undefined) {
		return anyOf(group.map((protocol): Condition => ({kind: 'protocol', protocol})));
	}

	const {protocol, version} = ofFamily.exec(lower)?.groups ?? {};
	return protocol === undefined ? undefined : allOf([{kind: 'protocol', protocol: protocol as ProtocolName}, {kind: 'family', family: version === '4' ? 'inet' : 'inet6'}]);
};

/** Rejects comparisons by size: words have no order. */
const checkComparison = ({name, comparison, signSpan}: Clause): void => {
	if (comparison !== '=') {
		fail(`${quote(name)} has no order, so compare it with = != or ~.`, signSpan);
	}
};

/** Resolves conditions on the protocol: by name, by the name of a group, or by its number in the IP header. A quoted value is compared as text. */
export const resolveProtocol = (clause: Clause): Expression => resolveWords('protocol', clause, text =>
	findProtocol(text) ?? findNumbered(text), [...protocolNames, ...groups.keys()]);

const findNumbered = (text: string): Expression | undefined => {
	const protocol = /^[1-9]\d*$/v.test(text) ? protocols.find(({ipProtocol}) => ipProtocol === Number(text)) : undefined;
	return protocol && {kind: 'protocol', protocol: protocol.name};
};

/** Resolves conditions on the address family. */
export const resolveFamily = (clause: Clause): Expression => resolveWords('family', clause, text => findFamily(text), ['inet', 'inet6', ...Object.keys(domainFamilies)]);

const findFamily = (text: string): Expression | undefined => {
	const lower = text.toLowerCase();
	const family = familyWords[/^[46]$/v.test(lower) ? `ip${lower}` : lower];
	const ofDomain = protocols.filter(({domain}) => domain === (lower === 'link' ? 'packet' : lower) && domain !== 'inet');
	return family === undefined ? (ofDomain.length === 0 ? undefined : anyOf(ofDomain.map(({name}) => ({kind: 'protocol', protocol: name})))) : {kind: 'family', family};
};

const resolveWords = (field: string, clause: Clause, find: (text: string) => Expression | undefined, names: readonly string[]): Expression => {
	if (clause.comparison === '~') {
		return resolveText(field, clause);
	}

	checkComparison(clause);
	return anyOf(clause.values.map(token => token.form === 'plain' && canonicalGlob(token.raw) === undefined
		? find(unescapeText(token.raw)) ?? failWord(field, token, names)
		: resolveText(field, {...clause, values: [token]})));
};

const failWord = (field: string, token: Token, names: readonly string[]): never => {
	const nearest = nearestName(token.raw, names);
	return fail(`There is no ${field} ${quote(token.raw)}; ${nearest === undefined ? `there are ${names.slice(0, 4).join(', ')} and others.` : `did you mean ${quote(nearest)}?`}`, token);
};

/** Resolves conditions on the state. */
export const resolveState = (clause: Clause): Expression => {
	if (clause.comparison === '~') {
		return resolveText('state', clause);
	}

	checkComparison(clause);
	const states = clause.values.map(token => findStateWord(unescapeText(token.raw)) ?? unknownState(token));
	return {kind: 'state', states: sortStateWords(states)} satisfies Condition;
};

const unknownState = (token: Token): never => {
	const nearest = nearestName(token.raw, stateSpellings);
	const hint = nearest === undefined ? 'there are established, listening, time-wait and others.' : `did you mean ${quote(nearest)}?`;
	return fail(`There is no state ${quote(token.raw)}; ${hint}`, token);
};
