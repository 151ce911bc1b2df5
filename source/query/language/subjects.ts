import type {Field} from '../../fields/model/field.js';
import {fields, findField} from '../../fields/registry.js';
import type {End} from './expression.js';
import {nearestName} from '../../text/nearest.js';

/** What a name in a filter is about. */
export type Subject =
	| {readonly kind: 'port'; readonly end: End}
	/** `texts` are the ids of the fields that `~` searches. */
	| {readonly kind: 'host'; readonly end: End; readonly texts: readonly string[]}
	| {readonly kind: 'state'; readonly isExcluded: boolean}
	| {readonly kind: 'pid'}
	/** The name or the index of an interface. */
	| {readonly kind: 'interface'}
	| {readonly kind: 'mark'}
	| {readonly kind: 'cgroup'}
	| {readonly kind: 'field'; readonly field: Field};

type NamedSubject = {readonly subject: Subject; readonly meaning: string};

const eitherHost: NamedSubject = {
	subject: {kind: 'host', end: 'either', texts: ['localAddress', 'peerAddress']}, meaning: 'Address or network, with or without port, at either end.',
};
const excluded: NamedSubject = {subject: {kind: 'state', isExcluded: true}, meaning: 'All states but this one.'};

/** Names that are not those of a field. */
const words: Readonly<Record<string, NamedSubject>> = {
	port: {subject: {kind: 'port', end: 'either'}, meaning: 'Port at either end.'},
	host: eitherHost,
	addr: eitherHost,
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
	pid: {kind: 'pid'},
	interface: {kind: 'interface'},
	mark: {kind: 'mark'},
	cgroup: {kind: 'cgroup'},
};

/** Every process that holds the socket counts, not only the first one, which has a column of its own. */
const ownerFields: ReadonlySet<string> = new Set(['process', 'comm']);

/** What a name is about, in any case; undefined for an unknown name. */
export const findSubject = (name: string): Subject | undefined => {
	const lower = name.toLowerCase();
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

/** All that can be named: the ways of writing each name, the usual one first, and what it means. */
export const nameEntries: ReadonlyArray<{readonly names: readonly string[]; readonly meaning: string}> = [
	...[...new Set(Object.values(words))].map(entry => ({names: Object.keys(words).filter(word => words[word] === entry), meaning: entry.meaning})),
	...fields.map(({id, aliases = [], meaning}) => ({names: [id, ...aliases], meaning})),
];

/** The name that a wrong one was probably meant to be, or undefined. */
export const suggestName = (name: string): string | undefined => nearestName(name, nameEntries.flatMap(({names}) => names));
