import {columnsFor, findField} from '../../fields/registry.js';
import {Family} from '../../addresses/family.js';
import {Protocol, type ProtocolName} from '../../table/columns/protocols.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {State} from '../../table/columns/states.js';
import {conditionsOf, type Condition, type Expression} from '../language/expression.js';
import {compilePattern, type Pattern} from '../language/pattern.js';
import {isInRanges, type Comparison} from '../language/values/ranges.js';
import {stateMask, type StateWord} from '../language/values/state-words.js';
import type {Binder} from './binder.js';
import {bindFlag, flagColumns} from './flag-predicate.js';
import {compileHost} from './host-predicate.js';
import {compileNamed} from './named-predicate.js';
import {bindPid, filterByProcessName} from './owner-predicate.js';
import {portsIn, filterByPorts} from './port-set.js';
import {protocolsIn} from './protocols-in.js';
import {
	keepAll,
	intersection,
	union,
	keepNone,
	complement,
	filterBy,
	filterByColumn,
} from './selection-filter.js';
import {compileWord} from './word.js';

export type CompiledFilter = {
	/** The optional columns that it reads. */
	readonly columns: ReadonlySet<OptionalColumn>;
	/** The protocols that it names. */
	readonly protocols: readonly ProtocolName[];
	/** Must be called for each pass over the table: columns are replaced when the table grows, and test results for texts are cached during the pass. */
	readonly bind: Binder;
};

/** Compiles an expression. An empty filter matches all sockets. */
export const compileFilter = (expression: Expression | undefined): CompiledFilter => ({
	columns: expression === undefined ? new Set() : columnsOf(expression),
	protocols: expression === undefined ? [] : protocolsIn(expression),
	bind: expression === undefined ? () => keepAll : compile(expression),
});

/** Returns the optional columns that an expression reads. */
const columnsOf = (expression: Expression): ReadonlySet<OptionalColumn> => {
	const conditions = conditionsOf(expression);
	const fields = conditions.map(condition => 'field' in condition ? findField(condition.field) : undefined).filter(field => field !== undefined);
	const flags = conditions.map(condition => condition.kind === 'flag' ? condition.flag : undefined).filter(flag => flag !== undefined);
	return new Set([...columnsFor(fields), ...flags.flatMap(flag => flagColumns[flag])]);
};

const compile = (expression: Expression): Binder => {
	if (expression.kind === 'and' || expression.kind === 'or') {
		const binders = expression.terms.toSorted((a, b) => costs[a.kind] - costs[b.kind]).map(term => compile(term));
		const join = expression.kind === 'and' ? intersection : union;
		return context => join(binders.map(bind => bind(context)));
	}

	if (expression.kind === 'not') {
		const term = compile(expression.term);
		return context => complement(term(context));
	}

	return compileCondition(expression);
};

/** Cheap conditions are tested first. */
const costs: Readonly<Record<Expression['kind'], number>> = {
	protocol: 0, family: 0, state: 0, flag: 0, port: 0, host: 1, named: 1, pid: 2, mask: 2, number: 3, text: 4, not: 5, and: 5, or: 5, word: 6,
};

const compileCondition = (condition: Condition): Binder => {
	switch (condition.kind) {
		case 'word': {
			return compileWord(condition.pattern);
		}

		case 'port': {
			const set = portsIn(condition.ranges);
			return ({table}) => filterByPorts(table, condition.end, set);
		}

		case 'host': {
			const bind = compileHost(condition.end, condition.host);
			return context => filterBy(bind(context));
		}

		case 'named': {
			const bind = compileNamed(condition.end, condition.host);
			return context => filterBy(bind(context));
		}

		case 'state': {
			return compileStates(condition.states);
		}

		case 'protocol': {
			return withColumn('protocol', singleton(Protocol[condition.protocol]));
		}

		case 'family': {
			return withColumn('family', singleton(Family[condition.family]));
		}

		case 'pid': {
			return context => filterBy(bindPid(context, pid => isInRanges(pid, condition.ranges)));
		}

		case 'number': {
			return compileNumber(condition);
		}

		case 'mask': {
			return compileMask(condition);
		}

		case 'flag': {
			return context => filterBy(bindFlag(condition.flag)(context));
		}

		case 'text': {
			return compileText(condition.field, condition.pattern);
		}
	}
};

/** Keeps sockets whose value in a column of small numbers is in a set, which has 1 at its members. */
const withColumn = (name: 'state' | 'protocol' | 'family', set: Uint8Array): Binder => context => filterByColumn(context.table.core[name], set);

const singleton = (number: number): Uint8Array => Uint8Array.from({length: 256}, (_, other) => other === number ? 1 : 0);

const compileStates = (states: readonly StateWord[]): Binder => {
	const mask = stateMask(states);
	const ofStates = withColumn('state', Uint8Array.from({length: 256}, (_, state) => state < 32 ? (mask >>> state) & 1 : 0));
	// TCP has no other sockets in this state.
	return states.includes('bound-inactive') && ((mask >>> State.unconnected) & 1) === 0
		? context => union([ofStates(context), intersection([unconnected(context), ofTcp(context)])])
		: ofStates;
};

const unconnected = withColumn('state', singleton(State.unconnected));
const ofTcp = withColumn('protocol', singleton(Protocol.tcp));

const compileMask = ({field: id, value, mask}: Extract<Condition, {kind: 'mask'}>): Binder => {
	const field = findField(id);
	return field?.kind === 'number'
		? context => filterBy(slot => {
			const number = field.read(context, slot);
			return number !== undefined && ((number & mask) >>> 0) === value;
		})
		: never;
};

const never: Binder = () => keepNone;

const compileNumber = ({field: id, comparison, value}: Extract<Condition, {kind: 'number'}>): Binder => {
	const field = findField(id);
	if (field?.kind !== 'number') {
		return never;
	}

	const {read, zeroIsNone} = field;
	const none = zeroIsNone ? 0 : undefined;
	const {isLess, isEqual, isMore} = comparisons[comparison];
	// A number that is only a lower bound can only be compared with `>` and `>=`.
	const isMinimum = isMore ? undefined : field.isMinimum;
	return context => filterBy(slot => {
		const number = read(context, slot) ?? none;
		return number !== undefined && (number < value ? isLess : (number > value ? isMore : isEqual)) && !isMinimum?.(context, slot);
	});
};

/** Which numbers match. */
const comparisons: Readonly<Record<Comparison, {readonly isLess: boolean; readonly isEqual: boolean; readonly isMore: boolean}>> = {
	'=': {isLess: false, isEqual: true, isMore: false},
	'<': {isLess: true, isEqual: false, isMore: false},
	'<=': {isLess: true, isEqual: true, isMore: false},
	'>': {isLess: false, isEqual: false, isMore: true},
	'>=': {isLess: false, isEqual: true, isMore: true},
};

const compileText = (id: string, pattern: Pattern): Binder => {
	const field = findField(id);
	const matches = compilePattern(pattern);
	if (field?.kind === 'owners') {
		return context => filterByProcessName(context, matches, pattern);
	}

	if (field?.kind !== 'text') {
		return never;
	}

	const isMatch = (text: string): boolean => matches(text.toLowerCase());
	const {read, readAll} = field;
	return readAll === undefined
		? context => filterBy(slot => {
			const text = read(context, slot);
			return text !== undefined && isMatch(text);
		})
		: context => filterBy(slot => readAll(context, slot).some(text => isMatch(text)));
};
