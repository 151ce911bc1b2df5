import type {Field} from '../fields/field.js';
import {fields, findField} from '../fields/registry.js';
import type {End} from './expression.js';
import {nearestName} from './nearest.js';

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

/** Names that are not those of a field. */
const words: Readonly<Record<string, Subject>> = {
	port: {kind: 'port', end: 'either'},
	host: {kind: 'host', end: 'either', texts: ['localAddress', 'peerAddress']},
	addr: {kind: 'host', end: 'either', texts: ['localAddress', 'peerAddress']},
	exclude: {kind: 'state', isExcluded: true},
	excl: {kind: 'state', isExcluded: true},
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
		return words[lower];
	}

	const field = findField(name);
	if (field === undefined) {
		return undefined;
	}

	return Object.hasOwn(fieldSubjects, field.id)
		? fieldSubjects[field.id]
		: {kind: 'field', field: (ownerFields.has(field.id) ? findField('processes') : undefined) ?? field};
};

/** The name that a wrong one was probably meant to be, or undefined. */
export const suggestName = (name: string): string | undefined =>
	nearestName(name, [...Object.keys(words), ...fields.flatMap(field => [field.id, ...field.aliases ?? []])]);
