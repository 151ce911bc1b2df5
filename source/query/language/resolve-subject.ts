import type {ConditionSyntax} from '../grammar/syntax.js';
import {negate, type Expression} from './expression.js';
import {findFlag} from './flags.js';
import {exampleOf} from './values/numbers.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import {clauseOf, type Clause} from './clause.js';
import {resolveField} from './resolve-field.js';
import {resolveHost} from './resolve-host.js';
import {resolvePid} from './resolve-numbers.js';
import {resolvePort} from './resolve-port.js';
import {resolveCgroup, resolveInterface, resolveMark} from './resolve-settings.js';
import {resolveFamily, resolveProtocol, resolveState} from './resolve-words.js';
import type {Scope} from './scope.js';
import {findSubject, suggestName, type Subject} from './subjects.js';

/**
Resolves a condition.

@throws FilterError if the name is unknown or a value is not valid for it.
*/
export const resolveCondition = (syntax: ConditionSyntax, scope: Scope): Expression => {
	const {name, operator} = syntax;
	const subject = findSubject(unescapeText(name.raw));
	if (subject === undefined) {
		const nearest = suggestName(name.raw);
		return fail(`There is no field ${quote(name.raw)}${nearest === undefined ? '.' : `; did you mean ${quote(nearest)}?`}`, name);
	}

	const read = clauseOf(syntax);
	const flag = read === undefined && operator === undefined ? findFlag(name.raw) : undefined;
	if (flag !== undefined) {
		return flag;
	}

	if (read === undefined) {
		return fail(`A value must follow ${quote(operator?.text ?? name.raw)}, as in “${name.raw} ${exampleFor(subject)}”.`, operator ?? name);
	}

	const expression = resolveSubject(subject, read.clause, scope);
	return read.isNegated ? negate(expression) : expression;
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

		case 'protocol': {
			return 'tcp';
		}

		case 'family': {
			return 'inet6';
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

const resolveSubject = (subject: Subject, clause: Clause, scope: Scope): Expression => {
	switch (subject.kind) {
		case 'port': {
			return resolvePort(subject.end, clause, scope);
		}

		case 'host': {
			return resolveHost(subject.end, subject.texts, clause, scope);
		}

		case 'state': {
			const state = resolveState(clause);
			return subject.isExcluded ? negate(state) : state;
		}

		case 'protocol': {
			return resolveProtocol(clause);
		}

		case 'family': {
			return resolveFamily(clause);
		}

		case 'pid': {
			return resolvePid(clause);
		}

		case 'interface': {
			return resolveInterface(clause);
		}

		case 'mark': {
			return resolveMark(clause);
		}

		case 'cgroup': {
			return resolveCgroup(clause);
		}

		case 'field': {
			return resolveField(subject.field, clause);
		}
	}
};
