/** What can stand at a place of a filter: out of the tables of the language and the registry of fields. */
import {findField} from '../../fields/registry.js';
import {protocolGroups, protocolNames} from '../../table/columns/protocols.js';
import type {Endpoint} from '../language/expression.js';
import {flagMeanings} from '../language/flags.js';
import {nameEntries, type Subject} from '../language/subjects.js';
import {printFilter, printText} from '../language/print.js';
import {operators} from '../language/clause.js';
import {familyWords} from '../language/resolve-words.js';
import {commonServiceNames} from '../../names/service-table.js';
import {shorthandMeanings} from '../language/shorthands.js';
import {findStateWord, stateSpellings} from '../language/values/state-words.js';
import type {SeenValues} from './seen-values.js';

/** One way to go on. */
export type Candidate = {
	/** What it is compared with what was typed by. */
	readonly text: string;
	/** How the language writes it. */
	readonly insert: string;
	/** What it means, in a sentence or a few words. */
	readonly description: string;
};

const word = (text: string, description: string): Candidate => ({text, insert: text, description});

const wordsOf = (meanings: Readonly<Record<string, string>>): readonly Candidate[] => Object.entries(meanings).map(([text, meaning]) => word(text, meaning));

const meaningOf = (field: string): string => findField(field)?.meaning ?? '';

const isStartOf = (typed: string, text: string): boolean => text.toLowerCase().startsWith(typed.toLowerCase());

const protocolWords = [...new Set([...protocolNames, ...Object.keys(protocolGroups)])].map(name => word(name, meaningOf('protocol')));

const ipWords = Object.keys(familyWords).map(name => word(name, meaningOf('family')));

/** Other ways to write a name are only offered where the usual one does not begin as it was typed. */
const namesFor = (typed: string): readonly Candidate[] => nameEntries.flatMap(({names, meaning}) => {
	const name = names.find(each => isStartOf(typed, each));
	return name === undefined ? [] : [word(name, meaning)];
});

const joiners = [word('and', 'Both must hold; so it is where nothing stands between.'), word('or', 'One of both must hold.')];

/**
What a condition can begin with.

@param typed
@param isFollowing Whether another condition stands right before.
*/
export const conditionWords = (typed: string, isFollowing: boolean): readonly Candidate[] => [
	...namesFor(typed),
	...wordsOf(flagMeanings),
	...wordsOf(shorthandMeanings),
	...protocolWords,
	...ipWords,
	word('not', 'The opposite of what follows.'),
	...(isFollowing ? joiners : []),
];

/** Fields that a word alone is searched in, as far as their values are names. */
const searched = ['comm', 'user', 'localAddress', 'peerAddress'] as const;

/** What is on the screen and can be searched for without a name. */
export const searchWords = (seen: SeenValues): readonly Candidate[] => [
	...searched.flatMap(field => (seen.get(field) ?? []).map(text => ({
		text, insert: printFilter({kind: 'word', pattern: {kind: 'contains', text}}), description: meaningOf(field),
	}))),
	...portValues(seen, 'either'),
];

const endFields = (end: Endpoint, part: 'Address' | 'Port'): readonly string[] => (end === 'either' ? ['local', 'peer'] : [end]).map(name => name + part);

const fieldValues = (seen: SeenValues, field: string): readonly Candidate[] =>
	(seen.get(field) ?? []).map(text => ({text, insert: printText(text), description: meaningOf(field)}));

const portValues = (seen: SeenValues, end: Endpoint): readonly Candidate[] => endFields(end, 'Port').flatMap(field => fieldValues(seen, field));

/** What a subject is compared with: values on the screen, and the words that the language has for them; services, of which there are many, once begun. */
export const valuesFor = (subject: Subject, typed: string, seen: SeenValues): readonly Candidate[] => {
	switch (subject.kind) {
		case 'port': {
			return [...portValues(seen, subject.end), ...(typed === '' ? [] : commonServiceNames.map(name => word(name, 'A service, by its name.')))];
		}

		case 'host': {
			return endFields(subject.end, 'Address').flatMap(field => fieldValues(seen, field));
		}

		case 'state': {
			const shown = (seen.get('state') ?? []).map(text => findStateWord(text)).filter(state => state !== undefined);
			return [...shown, ...stateSpellings].map(state => word(state, meaningOf('state')));
		}

		case 'protocol': {
			return protocolWords;
		}

		case 'family': {
			return ipWords;
		}

		case 'field': {
			const {field} = subject;
			return field.kind === 'text' && field.values !== undefined
				? [...field.values].map(text => ({text, insert: printText(text), description: field.meaning}))
				: fieldValues(seen, field.id === 'processes' ? 'comm' : field.id);
		}

		case 'pid':
		case 'interface':
		case 'mark':
		case 'cgroup': {
			return fieldValues(seen, subject.kind);
		}
	}
};

const isNumber = (subject: Subject): boolean =>
	subject.kind === 'port' || subject.kind === 'pid' || subject.kind === 'mark' || (subject.kind === 'field' && subject.field.kind === 'number');

/** Whether an operator can stand between a subject and a value. */
export const canTakeOperator = (subject: Subject, operator: string): boolean => {
	const {comparison} = operators[operator];
	return comparison === '=' || (comparison === '~') !== isNumber(subject);
};

/** The operators of a subject, each written once: as signs, or as words where letters were typed. */
export const operatorsFor = (subject: Subject, typed: string): readonly Candidate[] => {
	const names = Object.keys(operators).filter(name => /^\w/v.test(name) === (typed !== '') && canTakeOperator(subject, name));
	return names
		.filter((name, index) => names.findIndex(other => operators[other] === operators[name]) === index)
		.map(name => word(name, operators[name].meaning));
};
