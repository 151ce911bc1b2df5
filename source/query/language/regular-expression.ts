import {parse} from '../grammar/grammar.js';
import type {PatternSyntax, Span} from '../grammar/syntax.js';
import {
	buildAutomaton,
	countNodes,
	type Automaton,
} from './automaton.js';
import {fail} from './problem.js';

/** With so few places, a character of a text costs microseconds at worst, whatever the expression. */
const mostPlaces = 256;
const deepest = 20;

/**
Reads a regular expression: characters, `.`, `[…]`, `\d \w \s` and their opposites, `^ $`, groups, `|`, `* + ? {n} {n,} {n,m}`. What cannot be matched
in one pass over the text is refused: back-references, look-around, word boundaries.

@param source
@param offset Where the source stands in the filter, for the places of problems.
@throws FilterError when it is not understood or too large.
*/
export const parseRegularExpression = (source: string, offset: number): PatternSyntax => {
	const failThere = (message: string, {start, end}: Span): never => fail(message, {start: start + offset, end: end + offset});
	const syntax = parse(source, {startRule: 'RegularExpression', fail: failThere, nesting: deepest});
	return countNodes(syntax) < mostPlaces ? syntax : failThere('The regular expression is too large.', {start: 0, end: source.length});
};

/** A set of places where the match may have come to, and the sets that follow by the next character. */
type State = {
	readonly places: readonly number[];
	readonly isFound: boolean;
	/** Whether it is found when the text ends here. */
	readonly isFoundAtEnd: boolean;
	readonly next: Map<string, State>;
};

/** States that are kept; when there are more, all are forgotten and made anew as they are needed. */
const mostStates = 500;

/**
Makes a regular expression ready for many texts, which come in lower case: whether it is found in them.

Unlike JavaScript's, it cannot hang: it goes over the text once, keeping the set of places that the match may have come to. The sets that occur are
few and are remembered, so that a character usually costs one look-up.
*/
export const compileRegularExpression = (syntax: PatternSyntax): (lowerCase: string) => boolean => {
	const automaton = buildAutomaton(syntax);
	const {places, first} = automaton;
	let states = new Map<string, State>();
	let initial: State | undefined;

	const stateOf = (from: readonly number[], isStart: boolean): State => {
		const reached = follow(automaton, from, isStart, false);
		const key = `${isStart} ${reached.join(' ')}`;
		const known = states.get(key);
		if (known !== undefined) {
			return known;
		}

		if (states.size === mostStates) {
			states = new Map();
			initial = undefined;
		}

		const state: State = {
			places: reached,
			isFound: reached.some(place => places[place].kind === 'found'),
			isFoundAtEnd: follow(automaton, reached, isStart, true).some(place => places[place].kind === 'found'),
			next: new Map(),
		};
		states.set(key, state);
		return state;
	};

	const step = (state: State, character: string): State => {
		const from = [first];
		for (const number of state.places) {
			const place = places[number];
			if (place.kind === 'character' && place.accepts(character)) {
				from.push(place.next);
			}
		}

		const next = stateOf(from, false);
		state.next.set(character, next);
		return next;
	};

	return text => {
		initial ??= stateOf([first], true);
		let state = initial;
		for (let index = 0; index < text.length && !state.isFound; index++) {
			state = state.next.get(text[index]) ?? step(state, text[index]);
		}

		return state.isFound || state.isFoundAtEnd;
	};
};

/** The places that can be reached without a character. */
const follow = ({places}: Automaton, from: readonly number[], isStart: boolean, isEnd: boolean): number[] => {
	const reached = new Set<number>();
	const open = [...from];
	for (let number = open.pop(); number !== undefined; number = open.pop()) {
		if (reached.has(number)) {
			continue;
		}

		reached.add(number);
		const place = places[number];
		if (place.kind === 'fork') {
			open.push(...place.next);
		} else if ((place.kind === 'start' && isStart) || (place.kind === 'end' && isEnd)) {
			open.push(place.next);
		}
	}

	return [...reached].toSorted((a, b) => a - b);
};
