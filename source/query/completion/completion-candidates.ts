/** Candidates for completion, from the tables of the language and the registry of fields. */
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

/** One candidate. */
export type Candidate = {
	/** The text that typed characters are compared with. */
	readonly text: string;
	/** The text to insert, quoted if necessary. */
	readonly insert: string;
	/** Its meaning, in a sentence or a few words. */
	readonly description: string;
};

const word = (text: string, description: string): Candidate => ({text, insert: text, description});

const wordsOf = (meanings: Readonly<Record<string, string>>): readonly Candidate[] => Object.entries(meanings).map(([text, meaning]) => word(text, meaning));

const meaningOf = (field: string): string => findField(field)?.meaning ?? '';

const isStartOf = (typed: string, text: string): boolean => text.toLowerCase().startsWith(typed.toLowerCase());

const protocolWords = [...new Set([...protocolNames, ...Object.keys(protocolGroups)])].map(name => word(name, meaningOf('protocol')));

const ipWords = Object.keys(familyWords).map(name => word(name, meaningOf('family')));

/** Other spellings of a name are offered only if the usual one does not begin with what was typed. */
const namesFor = (typed: string): readonly Candidate[] => nameEntries.flatMap(({names, meaning}) => {
	const name = names.find(each => isStartOf(typed, each));
	return name === undefined ? [] : [word(name, meaning)];
});

const joiners = [word('and', 'Both must hold; this is the default between two conditions.'), word('or', 'At least one of the two must hold.')];

/**
Returns the words that a condition can begin with.

@param isFollowing Whether another condition comes directly before.
*/
export const conditionWords = (typed: string, isFollowing: boolean): readonly Candidate[] => [
	...namesFor(typed),
	...wordsOf(flagMeanings),
	...wordsOf(shorthandMeanings),
	...protocolWords,
	...ipWords,
	word('not', 'Negates the next condition.'),
	...(isFollowing ? joiners : []),
];

/** Fields that a bare word searches, if their values are names. */
const searched = ['comm', 'user', 'localAddress', 'peerAddress'] as const;

/** Returns the values on the screen that can be searched for without a name. */
export const searchWords = (seen: SeenValues): readonly Candidate[] => [
	...searched.flatMap(field => (seen.get(field) ?? []).map(text => ({
		text, insert: printFilter({kind: 'word', pattern: {kind: 'contains', text}}), description: meaningOf(field),
	}))),
	...portValues(seen, 'either'),
];

const endpointFields = (end: Endpoint, part: 'Address' | 'Port'): readonly string[] => (end === 'either' ? ['local', 'peer'] : [end]).map(name => name + part);

const fieldValues = (seen: SeenValues, field: string): readonly Candidate[] =>
	(seen.get(field) ?? []).map(text => ({text, insert: printText(text), description: meaningOf(field)}));

const portValues = (seen: SeenValues, end: Endpoint): readonly Candidate[] => endpointFields(end, 'Port').flatMap(field => fieldValues(seen, field));

/**
Returns the values that a subject can be compared with: values on the screen and words of the language; service names only after the first letter, because there
are many.
*/
export const valuesFor = (subject: Subject, typed: string, seen: SeenValues): readonly Candidate[] => {
	switch (subject.kind) {
		case 'port': {
			return [...portValues(seen, subject.end), ...(typed === '' ? [] : commonServiceNames.map(name => word(name, 'Service name.')))];
		}

		case 'host': {
			return endpointFields(subject.end, 'Address').flatMap(field => fieldValues(seen, field));
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

/** Whether an operator can be used with a subject. */
export const canTakeOperator = (subject: Subject, operator: string): boolean => {
	const {comparison} = operators[operator];
	return comparison === '=' || (comparison === '~') !== isNumber(subject);
};

/** Returns the operators of a subject, one spelling each: signs, or words if letters were typed. */
export const operatorsFor = (subject: Subject, typed: string): readonly Candidate[] => {
	const names = Object.keys(operators).filter(name => /^\w/v.test(name) === (typed !== '') && canTakeOperator(subject, name));
	return names
		.filter((name, index) => names.findIndex(other => operators[other] === operators[name]) === index)
		.map(name => word(name, operators[name].meaning));
};
