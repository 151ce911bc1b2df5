import {parse} from '../grammar/grammar.js';
import type {PatternSyntax, Span} from '../grammar/syntax.js';
import {
	buildAutomaton,
	countNodes,
	type Automaton,
} from './automaton.js';
import {fail} from './problem.js';

/** With so few nodes, a character of a text costs at most microseconds, whatever the expression. */
const maxNodes = 256;
const maxDepth = 20;

/**
Parses a regular expression: characters, `.`, `[…]`, `\d \w \s` and their opposites, `^ $`, groups, `|`, `* + ? {n} {n,} {n,m}`. What cannot be matched in one
pass over the text is rejected: back-references, look-around, word boundaries.

@param offset Position of the source in the filter, for the positions of problems.
@throws FilterError if it cannot be parsed or is too large.
*/
export const parseRegularExpression = (source: string, offset: number): PatternSyntax => {
	const failThere = (message: string, {start, end}: Span): never => fail(message, {start: start + offset, end: end + offset});
	const syntax = parse(source, {startRule: 'RegularExpression', fail: failThere, nesting: maxDepth});
	return countNodes(syntax) < maxNodes ? syntax : failThere('The regular expression is too large.', {start: 0, end: source.length});
};

/** A set of nodes that the match may have reached, and the sets that follow it, by next character. */
type State = {
	readonly nodes: readonly number[];
	readonly isFound: boolean;
	/** Whether there is a match if the text ends here. */
	readonly isFoundAtEnd: boolean;
	readonly next: Map<string, State>;
};

/** Maximum number of cached states; when it is exceeded, the cache is cleared. */
const maxStates = 500;

/**
Compiles a regular expression to a function that tells whether it matches anywhere in a text. Texts must be in lower case.

Unlike JavaScript's, it cannot hang: it makes one pass over the text and keeps the set of nodes that the match may have reached. Few different sets occur, and
they are cached, so a character usually costs one lookup.
*/
export const compileRegularExpression = (syntax: PatternSyntax): (lowerCase: string) => boolean => {
	const automaton = buildAutomaton(syntax);
	const {nodes, first} = automaton;
	let states = new Map<string, State>();
	let initial: State | undefined;

	const stateOf = (from: readonly number[], isStart: boolean): State => {
		const reached = follow(automaton, from, isStart, false);
		const key = `${isStart} ${reached.join(' ')}`;
		const known = states.get(key);
		if (known !== undefined) {
			return known;
		}

		if (states.size === maxStates) {
			states = new Map();
			initial = undefined;
		}

		const state: State = {
			nodes: reached,
			isFound: reached.some(node => nodes[node].kind === 'found'),
			isFoundAtEnd: follow(automaton, reached, isStart, true).some(node => nodes[node].kind === 'found'),
			next: new Map(),
		};
		states.set(key, state);
		return state;
	};

	const step = (state: State, character: string): State => {
		const from = [first];
		for (const number of state.nodes) {
			const node = nodes[number];
			if (node.kind === 'character' && node.accepts(character)) {
				from.push(node.next);
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

/** Returns the nodes that can be reached without reading a character. */
const follow = ({nodes}: Automaton, from: readonly number[], isStart: boolean, isEnd: boolean): number[] => {
	const reached = new Set<number>();
	const open = [...from];
	for (let number = open.pop(); number !== undefined; number = open.pop()) {
		if (reached.has(number)) {
			continue;
		}

		reached.add(number);
		const node = nodes[number];
		if (node.kind === 'fork') {
			open.push(...node.next);
		} else if ((node.kind === 'start' && isStart) || (node.kind === 'end' && isEnd)) {
			open.push(node.next);
		}
	}

	return [...reached].toSorted((a, b) => a - b);
};
