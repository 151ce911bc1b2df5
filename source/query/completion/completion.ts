import {findFlag} from '../language/flags.js';
import {parse} from '../grammar/grammar.js';
import {findSubject} from '../language/subjects.js';
import {deepestFilter, nameRules} from '../language/parse.js';
import {unescapeText} from '../language/pattern.js';
import {fail, FilterError} from '../language/problem.js';
import type {Token, UnfinishedSyntax} from '../grammar/syntax.js';
import type {SeenValues} from './seen-values.js';
import {
	conditionWords,
	operatorsFor,
	searchWords,
	canTakeOperator,
	valuesFor,
	type Candidate,
} from './completion-candidates.js';

/** How the word at a caret can go on. */
export type Completion = {
	/** The part of the text that a candidate takes the place of, in UTF-16 units: the word before the caret and what stands right after it. */
	readonly start: number;
	readonly end: number;
	/** At least one; each begins as the word does, in any case. */
	readonly candidates: readonly Candidate[];
	/** What all candidates begin with, if that is more than was typed; else the word as it was typed. */
	readonly common: string;
};

/**
Completes the word before a caret: names, operators and values, whatever can stand there.

@param text A filter, which need not make sense after the caret.
@param caret
@param seen Values that are on the screen.
@returns Undefined where nothing can be said.
*/
export const completeFilter = (text: string, caret: number, seen: SeenValues): Completion | undefined => {
	const before = text.slice(0, caret);
	const word = readWord(before);
	const place = word && readPlace(before.slice(0, word.start));
	if (word === undefined || place === undefined) {
		return undefined;
	}

	const typed = unescapeText(word.raw);
	const rest = parse(text.slice(caret), {...options, startRule: 'RestOfWord'});
	const candidates = unique(candidatesAt(place, word, typed, seen).filter(candidate => candidate.text.toLowerCase().startsWith(typed.toLowerCase())));
	return candidates.length === 0 || (word.start === caret && rest !== '')
		? undefined
		: {
			start: word.start,
			end: caret + rest.length,
			candidates,
			common: commonStart(candidates.map(({insert}) => insert), before.slice(word.start)),
		};
};

/** Stands for the word that is completed: a word for the grammar, and no name. From the private use area of Unicode. */
const stand = '\u{E000}';

const options = {fail, nesting: deepestFilter, ...nameRules};

const readWord = (before: string): Token | undefined => orUndefined(() => parse(before, {...options, startRule: 'LastWord'}));

const readPlace = (before: string): UnfinishedSyntax | undefined => orUndefined(() => parse(before + stand, {...options, startRule: 'Unfinished'}));

const orUndefined = <T>(work: () => T): T | undefined => {
	try {
		return work();
	} catch (error) {
		if (error instanceof FilterError) {
			return undefined;
		}

		throw error;
	}
};

const candidatesAt = ({condition, isFollowing}: UnfinishedSyntax, {form}: Token, typed: string, seen: SeenValues): readonly Candidate[] => {
	const isQuoted = form === 'quoted';
	/** What is shown is no help before anything is typed: the names come first. */
	const beginning = (isNext: boolean): readonly Candidate[] =>
		[...(isQuoted ? [] : conditionWords(typed, isNext)), ...(typed === '' ? [] : searchWords(seen))];
	if (condition.kind === 'bare') {
		return condition.values.length > 1 ? valuesFor({kind: 'port', end: 'either'}, typed, seen) : beginning(isFollowing);
	}

	const {name, operator, values} = condition;
	const subject = findSubject(unescapeText(name.raw));
	if (subject === undefined) {
		return [];
	}

	if (operator !== undefined) {
		return canTakeOperator(subject, operator.text) ? valuesFor(subject, typed, seen) : [];
	}

	if (values.length > 1 || isQuoted) {
		return valuesFor(subject, typed, seen);
	}

	const isOwnCondition = findFlag(name.raw) !== undefined;
	const signs = operatorsFor(subject, typed);
	const known = valuesFor(subject, typed, seen);
	return [...(subject.kind === 'field' ? [...signs, ...known] : [...known, ...signs]), ...(isOwnCondition ? beginning(true) : [])];
};

const unique = (candidates: readonly Candidate[]): readonly Candidate[] => {
	const seen = new Set<string>();
	return candidates.filter(({insert}) => {
		const isNew = !seen.has(insert);
		seen.add(insert);
		return isNew;
	});
};

/** The longest start of all, if what was typed is a part of it. The start of a text in quotation marks would be an error. */
const commonStart = (inserts: readonly string[], typed: string): string => {
	const [first] = inserts;
	let {length} = first;
	for (const insert of inserts) {
		while (!insert.startsWith(first.slice(0, length))) {
			length--;
		}
	}

	const common = first.slice(0, length);
	const isGood = inserts.length === 1 || (!common.startsWith('"') && common.isWellFormed());
	return isGood && length >= typed.length ? common : typed;
};
