/** A value as a file or a person gives it → what it sets a preference to, or what is wrong with it. */
import {nearestName} from '../text/nearest.js';
import {normalizeName} from '../text/spelling.js';
import type {
	Choice,
	List,
	Order,
	Preference,
	Quantity,
	Text,
	Value,
} from './preference.js';
import {readSort} from './sort-text.js';

/** A value, absent where none of what was given counts, and a sentence for each thing that is wrong. */
export type ReadValue = {readonly value?: Value; readonly problems: readonly string[]};

const good = (value: Value): ReadValue => ({value, problems: []});
const bad = (problem: string): ReadValue => ({problems: [problem]});

/** Characters that a sentence takes of what somebody has written. */
const longestQuote = 60;

/** Sentences about one text: one that has more mistakes is of another kind. */
export const mostProblems = 20;

/** What somebody has written, as far as a sentence takes it. */
export const shortened = (text: string): string => text.length > longestQuote ? `${text.slice(0, longestQuote - 1)}…` : text;

/** The same as a name. */
export const quoted = (name: string): string => `"${shortened(name)}"`;

/** How a value is shown in a sentence. */
const shown = (value: unknown): string => {
	try {
		return shortened(JSON.stringify(value) ?? String(value));
	} catch {
		// Keys with thousands of dots.
		return 'tables within tables';
	}
};

/** ` did you mean "dark"?`, or nothing where no name is near. */
export const meant = (word: string, names: Iterable<string>): string => {
	const nearest = nearestName(word, names);
	return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
};

const joinedWithOr = (words: readonly string[]): string => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/**
Reads a value.

@param preference What it is for.
@param value As a parser of TOML gives it.
@param name What the person calls it, for sentences.
*/
export const readValue = (preference: Preference, value: unknown, name: string): ReadValue => {
	switch (preference.kind) {
		case 'choice': {
			return readChoice(preference, value, name);
		}

		case 'number': {
			return readNumber(preference, value, name);
		}

		case 'switch': {
			return typeof value === 'boolean' ? good(value) : bad(`${name} takes true or false; got ${shown(value)}`);
		}

		case 'list': {
			return readList(preference, value, name);
		}

		case 'order':
		case 'text': {
			return typeof value === 'string' ? readText(preference, value) : bad(`${name} takes a text in quotes; got ${shown(value)}`);
		}
	}
};

/** Any text will do, but for an order. */
const readText = (preference: Order | Text, value: string): ReadValue => {
	const isFree = preference.kind === 'text' || (preference.mayBeEmpty && value === '');
	const read = isFree ? undefined : readSort(value, 'the order');
	return typeof read === 'string' ? bad(read) : good(value);
};

const readChoice = ({options}: Choice, value: unknown, name: string): ReadValue => {
	const words = options.map(option => option.value);
	const word = typeof value === 'string' ? value : '';
	const found = words.find(each => normalizeName(each) === normalizeName(word));
	return found === undefined ? bad(`${name} takes ${joinedWithOr(words)}; got ${shown(value)}${meant(word, words)}`) : good(found);
};

const readNumber = ({unit, least, most}: Quantity, value: unknown, name: string): ReadValue =>
	typeof value === 'number' && value >= least && value <= most ? good(value) : bad(`${name} takes ${unit} from ${least} to ${most}; got ${shown(value)}`);

const readList = ({of, entries, find, mayBeEmpty, most = Infinity}: List, value: unknown, name: string): ReadValue => {
	if (!Array.isArray(value) || value.some(each => typeof each !== 'string')) {
		return bad(`${name} takes names in brackets, as in ["${entries().slice(0, 2).map(({id}) => id).join('", "')}"]; got ${shown(value)}`);
	}

	const names = value as readonly string[];
	const found = [...new Set(names.flatMap(each => find(each) ?? []))];
	const unknown = names.filter(each => find(each) === undefined);
	const problems = unknown.slice(0, mostProblems).map(each => `${name} has no ${of} ${shown(each)}${meant(each, entries().map(({id}) => id))}`);
	if (found.length > most) {
		return bad(`${name} takes at most ${most} names; got ${shown(value)}`);
	}

	const isUsable = found.length > 0 || (mayBeEmpty && unknown.length === 0);
	return isUsable ? {value: found, problems} : {problems: problems.length === 0 ? [`${name} needs one name at least`] : problems};
};
