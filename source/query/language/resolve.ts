import type {Syntax} from '../grammar/syntax.js';
import {
	allOf,
	anyOf,
	negate,
	type Expression,
} from './expression.js';
import {expandBraces} from './braces.js';
import {unescapeText} from './pattern.js';
import {resolveBare} from './resolve-bare.js';
import {resolveCondition} from './resolve-subject.js';
import type {Scope} from './scope.js';
import {findStateWord, sortStateWords, type StateWord} from './values/state-words.js';

/**
Resolves the names and values of a syntax tree.

@throws FilterError if a name is unknown or a value is not valid for its name.
*/
export const resolve = (syntax: Syntax, scope: Scope): Expression => {
	switch (syntax.kind) {
		case 'or': {
			return anyOf(syntax.terms.map(term => resolve(term, scope)));
		}

		case 'and': {
			return resolveAnd(syntax, scope);
		}

		case 'not': {
			return negate(resolve(syntax.term, scope));
		}

		case 'bare': {
			return resolveBare(syntax.values, scope);
		}

		case 'condition': {
			return resolveCondition(syntax, scope);
		}
	}
};

/**
Resolves terms that must all hold. But states next to each other without a word between them are alternatives: `state A state B`, as in `ss`, and `state A B`,
which a shell makes of `state {A,B}`.
*/
const resolveAnd = ({first, rest}: Extract<Syntax, {kind: 'and'}>, scope: Scope): Expression => {
	const terms: Expression[] = [];
	/** Index in `terms` of the states that more `state` conditions add to; -1 for none. */
	let states = -1;
	/** Index in `terms` of the states that a bare state word adds to, because it follows them; -1 for none. */
	let list = -1;
	for (const {isSigned, term} of [{isSigned: true, term: first}, ...rest]) {
		if (isSigned) {
			states = -1;
			list = -1;
		}

		const words = list === -1 ? undefined : stateWordsOf(term);
		if (words !== undefined) {
			terms[list] = withStates(terms[list], words);
			continue;
		}

		const expression = resolve(term, scope);
		const isCondition = term.kind === 'condition';
		if (isCondition && expression.kind === 'state' && states !== -1) {
			terms[states] = withStates(terms[states], expression.states);
			list = states;
			continue;
		}

		terms.push(expression);
		list = isCondition && statesIn(expression) !== undefined ? terms.length - 1 : -1;
		states = isCondition && expression.kind === 'state' ? terms.length - 1 : states;
	}

	return allOf(terms);
};

/** Returns the states that a condition requires or excludes. */
const statesIn = (expression: Expression): readonly StateWord[] | undefined => {
	if (expression.kind === 'state') {
		return expression.states;
	}

	return expression.kind === 'not' ? statesIn(expression.term) : undefined;
};

/** Returns the condition with more states. */
const withStates = (expression: Expression, more: readonly StateWord[]): Expression =>
	expression.kind === 'not' ? negate(withStates(expression.term, more)) : {kind: 'state', states: sortStateWords([...statesIn(expression) ?? [], ...more])};

/** Returns the states that values without a name mean; undefined if one of the values is not a state. */
const stateWordsOf = (term: Syntax): readonly StateWord[] | undefined => {
	const tokens = term.kind === 'bare' ? term.values.flatMap(token => expandBraces(token)) : [];
	const words = tokens.map(({form, raw}) => form === 'plain' ? findStateWord(unescapeText(raw)) : undefined).filter(word => word !== undefined);
	return words.length > 0 && words.length === tokens.length ? words : undefined;
};
