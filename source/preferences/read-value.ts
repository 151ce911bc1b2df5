/** Validates the value of a preference from a file or from the user. */
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

/** The value, absent if none of the input is valid, and one sentence for each problem. */
export type ReadValue = {readonly value?: Value; readonly problems: readonly string[]};

const good = (value: Value): ReadValue => ({value, problems: []});
const bad = (problem: string): ReadValue => ({problems: [problem]});

/** Maximum number of characters that a message quotes. */
const maxQuoteLength = 60;

/** Maximum number of messages about one text: a text with more mistakes is something else. */
export const maxProblems = 20;

/** Shortens a user's text for a message. */
export const shortened = (text: string): string => text.length > maxQuoteLength ? `${text.slice(0, maxQuoteLength - 1)}…` : text;

/** Shortens and quotes a name for a message. */
export const quoted = (name: string): string => `"${shortened(name)}"`;

/** Formats a value for a message. */
const shown = (value: unknown): string => {
	try {
		return shortened(JSON.stringify(value) ?? String(value));
	} catch {
		// A key with thousands of dots is nested too deeply.
		return 'tables within tables';
	}
};

/** Returns `; did you mean "dark"?`, or nothing if no name is close. */
export const meant = (word: string, names: Iterable<string>): string => {
	const nearest = nearestName(word, names);
	return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
};

const joinedWithOr = (words: readonly string[]): string => words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/**
Validates a value.

@param value As a TOML parser returns it.
@param name How the user wrote the preference, for messages.
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
			return typeof value === 'string' ? readText(preference, value) : bad(`${name} takes text in quotes; got ${shown(value)}`);
		}
	}
};

/** Any text is valid, except for an order. */
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

const readNumber = ({unit, min, max}: Quantity, value: unknown, name: string): ReadValue =>
	typeof value === 'number' && value >= min && value <= max ? good(value) : bad(`${name} takes ${unit} from ${min} to ${max}; got ${shown(value)}`);

const readList = ({of, entries, find, mayBeEmpty, max = Infinity}: List, value: unknown, name: string): ReadValue => {
	if (!Array.isArray(value) || value.some(each => typeof each !== 'string')) {
		return bad(`${name} takes a list of names, such as ["${entries().slice(0, 2).map(({id}) => id).join('", "')}"]; got ${shown(value)}`);
	}

	const names = value as readonly string[];
	const found = [...new Set(names.flatMap(each => find(each) ?? []))];
	const unknown = names.filter(each => find(each) === undefined);
	const problems = unknown.slice(0, maxProblems).map(each => `${name} has no ${of} ${shown(each)}${meant(each, entries().map(({id}) => id))}`);
	if (found.length > max) {
		return bad(`${name} takes at most ${max} names; got ${shown(value)}`);
	}

	const isUsable = found.length > 0 || (mayBeEmpty && unknown.length === 0);
	return isUsable ? {value: found, problems} : {problems: problems.length === 0 ? [`${name} needs at least one name`] : problems};
};
