import {findFlag} from '../language/flags.js';
import {parse} from '../grammar/grammar.js';
import {findSubject} from '../language/subjects.js';
import {maxFilterDepth, nameRules} from '../language/parse.js';
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

/** The completions of the word at a caret. */
export type Completion = {
	/** The part of the text that a candidate replaces, in UTF-16 units: the word before the caret and the rest of it after the caret. */
	readonly start: number;
	readonly end: number;
	/** At least one; each begins with the typed text, ignoring case. */
	readonly candidates: readonly Candidate[];
	/** The longest common prefix of all candidates, if longer than what was typed; otherwise the word as typed. */
	readonly common: string;
};

/**
Completes the word before a caret with names, operators and values.

@param text A filter; it need not be valid after the caret.
@param seen Values that are on the screen.
@returns Undefined if there are no candidates.
*/
export const completeFilter = (text: string, caret: number, seen: SeenValues): Completion | undefined => {
	const before = text.slice(0, caret);
	const word = readWord(before);
	const context = word && readContext(before.slice(0, word.start));
	if (word === undefined || context === undefined) {
		return undefined;
	}

	const typed = unescapeText(word.raw);
	const rest = parse(text.slice(caret), {...options, startRule: 'RestOfWord'});
	const candidates = unique(candidatesAt(context, word, typed, seen).filter(candidate => candidate.text.toLowerCase().startsWith(typed.toLowerCase())));
	return candidates.length === 0 || (word.start === caret && rest !== '')
		? undefined
		: {
			start: word.start,
			end: caret + rest.length,
			candidates,
			common: commonStart(candidates.map(({insert}) => insert), before.slice(word.start)),
		};
};

/** Placeholder for the word to complete: the grammar reads it as a word that is not a name. A character of Unicode's private use area. */
const placeholder = '\u{E000}';

const options = {fail, nesting: maxFilterDepth, ...nameRules};

const readWord = (before: string): Token | undefined => orUndefined(() => parse(before, {...options, startRule: 'LastWord'}));

const readContext = (before: string): UnfinishedSyntax | undefined => orUndefined(() => parse(before + placeholder, {...options, startRule: 'Unfinished'}));

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
	/** Values on the screen are offered only after the first character; before, there are only names. */
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

/** Returns the common prefix of all texts, if it is at least as long as what was typed. A prefix of a quoted text would be invalid. */
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
