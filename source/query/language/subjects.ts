import type {Field} from '../../fields/model/field.js';
import {fields, findField} from '../../fields/registry.js';
import {nearestName} from '../../text/nearest.js';
import {normalizeName} from '../../text/spelling.js';
import type {Endpoint} from './expression.js';

/** What a name in a filter is about. */
export type Subject =
	| {readonly kind: 'port'; readonly end: Endpoint}
	/** `texts` are the ids of the fields that `~` searches. */
	| {readonly kind: 'host'; readonly end: Endpoint; readonly texts: readonly string[]}
	| {readonly kind: 'state'; readonly isExcluded: boolean}
	| {readonly kind: 'protocol'}
	| {readonly kind: 'family'}
	| {readonly kind: 'pid'}
	/** The name or the index of an interface. */
	| {readonly kind: 'interface'}
	| {readonly kind: 'mark'}
	| {readonly kind: 'cgroup'}
	| {readonly kind: 'field'; readonly field: Field};

type NamedSubject = {readonly subject: Subject; readonly meaning: string};

const eitherPort: NamedSubject = {subject: {kind: 'port', end: 'either'}, meaning: 'Port of either endpoint.'};
const eitherHost: NamedSubject = {
	subject: {kind: 'host', end: 'either', texts: ['localAddress', 'peerAddress']}, meaning: 'Address or network, with or without port, of either endpoint.',
};
const excluded: NamedSubject = {subject: {kind: 'state', isExcluded: true}, meaning: 'All states but this one.'};

/** Names that are not those of a field; those of tcpdump among them. */
const words: Readonly<Record<string, NamedSubject>> = {
	port: eitherPort,
	portrange: eitherPort,
	ports: eitherPort,
	host: eitherHost,
	net: eitherHost,
	addr: eitherHost,
	address: eitherHost,
	network: eitherHost,
	exclude: excluded,
	excl: excluded,
};

/** Fields that mean more in a filter than their text or number. */
const fieldSubjects: Readonly<Record<string, Subject>> = {
	localPort: {kind: 'port', end: 'local'},
	peerPort: {kind: 'port', end: 'peer'},
	local: {kind: 'host', end: 'local', texts: ['local']},
	peer: {kind: 'host', end: 'peer', texts: ['peer']},
	localAddress: {kind: 'host', end: 'local', texts: ['localAddress']},
	peerAddress: {kind: 'host', end: 'peer', texts: ['peerAddress']},
	state: {kind: 'state', isExcluded: false},
	protocol: {kind: 'protocol'},
	family: {kind: 'family'},
	pid: {kind: 'pid'},
	interface: {kind: 'interface'},
	mark: {kind: 'mark'},
	cgroup: {kind: 'cgroup'},
};

/** Every process that holds the socket counts, not only the first one, which has a column of its own. */
const ownerFields: ReadonlySet<string> = new Set(['process', 'comm']);

/** Names that other programs have for fields: their users should not have to look ours up. */
const otherNames: Readonly<Record<string, string>> = {
	source: 'src',
	destination: 'dst',
	dest: 'dst',
	srcport: 'sport',
	sourceport: 'sport',
	dstport: 'dport',
	destport: 'dport',
	destinationport: 'dport',
	status: 'state',
	program: 'process',
	username: 'user',
};

/** Whether a name is about one endpoint, of which `port` or `host` may then name a part, as in tcpdump: `src port 22`. */
export const isEndpoint = (name: string): boolean => {
	const subject = findSubject(name);
	return subject?.kind === 'host' && subject.end !== 'either';
};

/** Whether a word names a part of an endpoint. */
export const isPart = (name: string): boolean => Object.hasOwn(words, name.toLowerCase()) && words[name.toLowerCase()].subject.kind !== 'state';

/** What a name is about, in any case; undefined for an unknown name. May be one with a part of an endpoint: `src port`. */
export const findSubject = (name: string): Subject | undefined => {
	const [first, part] = name.split(' ', 2);
	if (part !== undefined) {
		return findPart(first, part);
	}

	const lower = normalizeName(name);
	if (Object.hasOwn(otherNames, lower)) {
		return findSubject(otherNames[lower]);
	}

	if (Object.hasOwn(words, lower)) {
		return words[lower].subject;
	}

	const field = findField(name);
	if (field === undefined) {
		return undefined;
	}

	return Object.hasOwn(fieldSubjects, field.id)
		? fieldSubjects[field.id]
		: {kind: 'field', field: (ownerFields.has(field.id) ? findField('processes') : undefined) ?? field};
};

const findPart = (endpoint: string, part: string): Subject | undefined => {
	const whole = findSubject(endpoint);
	const asked = isPart(part) ? words[part.toLowerCase()].subject : undefined;
	if (whole?.kind !== 'host') {
		return undefined;
	}

	return asked?.kind === 'port' ? {kind: 'port', end: whole.end} : asked && whole;
};

/** All that can be named: the ways of writing each name, the usual one first, and what it means. */
export const nameEntries: ReadonlyArray<{readonly names: readonly string[]; readonly meaning: string}> = [
	...[...new Set(Object.values(words))].map(entry => ({names: Object.keys(words).filter(word => words[word] === entry), meaning: entry.meaning})),
	...fields.map(({id, aliases = [], meaning}) => ({names: [id, ...aliases], meaning})),
];

/** What Wireshark puts before names: `tcp.port`, `ip.addr`. */
const layer = /^(?:tcp|udp|ip|ipv6)\./iv;

/** The name that a wrong one was probably meant to be, or undefined. */
export const suggestName = (name: string): string | undefined => layer.test(name) && findSubject(name.replace(layer, '')) !== undefined
	? name.replace(layer, '')
	: nearestName(name, nameEntries.flatMap(({names}) => names));
