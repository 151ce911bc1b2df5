import {
	allOf,
	anyOf,
	negate,
	type Condition,
	type Expression,
} from './expression.js';
import {findFlag} from './flags.js';
import type {Lookups} from '../../names/lookups.js';
import {findSubject, suggestName, type Subject} from './subjects.js';
import {nearestName} from '../../text/nearest.js';
import {exampleOf} from './numbers.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import {questionOf, type Question} from './question.js';
import {resolveBare} from './resolve-bare.js';
import {resolveField, resolveText} from './resolve-field.js';
import {resolveHost} from './resolve-host.js';
import {resolvePid} from './resolve-numbers.js';
import {resolvePort} from './resolve-port.js';
import {resolveCgroup, resolveInterface, resolveMark} from './resolve-settings.js';
import {findStateWord, sortStateWords, stateSpellings} from './state-words.js';
import type {ConditionSyntax, Syntax, Token} from './syntax.js';

/**
Gives names and values their meaning.

@throws FilterError when a name is unknown, or a value is not one for its name.
*/
export const resolve = (syntax: Syntax, lookups: Lookups): Expression => {
	switch (syntax.kind) {
		case 'or': {
			return anyOf(syntax.terms.map(term => resolve(term, lookups)));
		}

		case 'and': {
			return resolveAnd(syntax, lookups);
		}

		case 'not': {
			return negate(resolve(syntax.term, lookups));
		}

		case 'bare': {
			return resolveBare(syntax.values, lookups);
		}

		case 'condition': {
			return resolveCondition(syntax, lookups);
		}
	}
};

/** All terms hold; but states that stand next to each other without a word between them are alternatives, as in ss. */
const resolveAnd = ({first, rest}: Extract<Syntax, {kind: 'and'}>, lookups: Lookups): Expression => {
	const terms: Expression[] = [];
	/** Where the states of the current row of terms stand among `terms`; -1 while there are none. */
	let place = -1;
	for (const {isSigned, term} of [{isSigned: true, term: first}, ...rest]) {
		const expression = resolve(term, lookups);
		const before = isSigned ? undefined : terms[place];
		if (isSigned) {
			place = -1;
		}

		if (term.kind !== 'condition' || expression.kind !== 'state') {
			terms.push(expression);
		} else if (before?.kind === 'state') {
			terms[place] = {kind: 'state', states: sortStateWords([...before.states, ...expression.states])};
		} else {
			place = terms.length;
			terms.push(expression);
		}
	}

	return allOf(terms);
};

const resolveCondition = (syntax: ConditionSyntax, lookups: Lookups): Expression => {
	const {name, operator} = syntax;
	const subject = findSubject(unescapeText(name.raw));
	if (subject === undefined) {
		const nearest = suggestName(name.raw);
		return fail(`There is no field ${quote(name.raw)}${nearest === undefined ? '.' : `; did you mean ${quote(nearest)}?`}`, name);
	}

	const asked = questionOf(syntax);
	const flag = asked === undefined && operator === undefined ? findFlag(name.raw) : undefined;
	if (flag !== undefined) {
		return flag;
	}

	if (asked === undefined) {
		return fail(`A value must follow ${quote(operator?.text ?? name.raw)}, as in “${name.raw} ${exampleFor(subject)}”.`, operator ?? name);
	}

	const expression = resolveSubject(subject, asked.question, lookups);
	return asked.isNegated ? negate(expression) : expression;
};

const exampleFor = (subject: Subject): string => {
	switch (subject.kind) {
		case 'port': {
			return '443';
		}

		case 'host': {
			return '10.0.0.0/8';
		}

		case 'state': {
			return 'established';
		}

		case 'pid': {
			return '1234';
		}

		case 'interface': {
			return 'eth0';
		}

		case 'mark': {
			return '0x1/0xff';
		}

		case 'cgroup': {
			return '/system.slice/ssh.service';
		}

		case 'field': {
			return subject.field.kind === 'number' ? exampleOf(subject.field.unit) : '~ text';
		}
	}
};

const resolveSubject = (subject: Subject, question: Question, lookups: Lookups): Expression => {
	switch (subject.kind) {
		case 'port': {
			return resolvePort(subject.end, question, lookups);
		}

		case 'host': {
			return resolveHost(subject.end, subject.texts, question, lookups);
		}

		case 'state': {
			const state = resolveState(question);
			return subject.isExcluded ? negate(state) : state;
		}

		case 'pid': {
			return resolvePid(question);
		}

		case 'interface': {
			return resolveInterface(question);
		}

		case 'mark': {
			return resolveMark(question);
		}

		case 'cgroup': {
			return resolveCgroup(question);
		}

		case 'field': {
			return resolveField(subject.field, question);
		}
	}
};

const resolveState = (question: Question): Expression => {
	const {name, comparison, signSpan, values} = question;
	if (comparison === '~') {
		return resolveText('state', question);
	}

	if (comparison !== '=') {
		return fail(`${quote(name)} has no order, so compare it with = != or ~.`, signSpan);
	}

	const states = values.map(token => findStateWord(unescapeText(token.raw)) ?? unknownState(token));
	return {kind: 'state', states: sortStateWords(states)} satisfies Condition;
};

const unknownState = (token: Token): never => {
	const nearest = nearestName(token.raw, stateSpellings);
	const hint = nearest === undefined ? 'there are established, listening, time-wait and others.' : `did you mean ${quote(nearest)}?`;
	return fail(`There is no state ${quote(token.raw)}; ${hint}`, token);
};
