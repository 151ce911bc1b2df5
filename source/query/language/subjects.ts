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
	/** The name or index of an interface. */
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

/** Names that are not fields; some come from tcpdump. */
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

/** Fields with a richer syntax in filters than their text or number. */
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

/** These match every process that holds the socket, not only the first one. */
const ownerFields: ReadonlySet<string> = new Set(['process', 'comm']);

/** Names of fields in other programs, so that their users need not look up ours. */
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

/** Whether a name is about one endpoint, so that `port` or `host` may follow, as in tcpdump: `src port 22`. */
export const isEndpoint = (name: string): boolean => {
	const subject = findSubject(name);
	return subject?.kind === 'host' && subject.end !== 'either';
};

/** Whether a word names a part of an endpoint. */
export const isPart = (name: string): boolean => Object.hasOwn(words, name.toLowerCase()) && words[name.toLowerCase()].subject.kind !== 'state';

/** Returns what a name is about; ignores case. Undefined for an unknown name. The name may include a part of an endpoint: `src port`. */
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
	const partSubject = isPart(part) ? words[part.toLowerCase()].subject : undefined;
	if (whole?.kind !== 'host') {
		return undefined;
	}

	return partSubject?.kind === 'port' ? {kind: 'port', end: whole.end} : partSubject && whole;
};

/** All names: the spellings of each, the usual one first, and its meaning. */
export const nameEntries: ReadonlyArray<{readonly names: readonly string[]; readonly meaning: string}> = [
	...[...new Set(Object.values(words))].map(entry => ({names: Object.keys(words).filter(word => words[word] === entry), meaning: entry.meaning})),
	...fields.map(({id, aliases = [], meaning}) => ({names: [id, ...aliases], meaning})),
];

/** Prefixes of names in Wireshark: `tcp.port`, `ip.addr`. */
const layer = /^(?:tcp|udp|ip|ipv6)\./iv;

/** Suggests the name that a misspelled one was probably meant to be; undefined if none is close. */
export const suggestName = (name: string): string | undefined => layer.test(name) && findSubject(name.replace(layer, '')) !== undefined
	? name.replace(layer, '')
	: nearestName(name, nameEntries.flatMap(({names}) => names));
