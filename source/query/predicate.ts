import type {World} from '../fields/field.js';
import {columnsFor, findField} from '../fields/registry.js';
import {Family, Protocol, type ProtocolName} from '../table/protocols.js';
import type {OptionalColumn} from '../table/columns.js';
import {State} from '../table/states.js';
import {
	conditionsOf,
	type Comparison,
	type Condition,
	type Expression,
} from './expression.js';
import {compileFlag, flagColumns} from './flag-predicate.js';
import {compileHost} from './host-predicate.js';
import {compileNamed} from './named-predicate.js';
import {bindPid, bindProcessName} from './owner-predicate.js';
import {compilePattern, type Pattern} from './pattern.js';
import {bindPort, portsIn} from './port-set.js';
import {protocolsIn} from './protocols-in.js';
import {isInRanges} from './ranges.js';
import {stateMask, type StateWord} from './state-words.js';
import {compileWord} from './word.js';

export type SlotPredicate = (slot: number) => boolean;

/** Binds a predicate to the columns as they are now. What it gives is good until the table changes. */
export type Binder = (world: World) => SlotPredicate;

export type CompiledFilter = {
	/** The optional columns that it reads. */
	readonly columns: ReadonlySet<OptionalColumn>;
	/** The protocols that it names. */
	readonly protocols: readonly ProtocolName[];
	/** Call it once for each pass over the table: columns are replaced when the table grows, and texts are remembered for the pass. */
	readonly bind: Binder;
};

/** Makes an expression ready for many sockets. An empty filter lets all pass. */
export const compileFilter = (expression: Expression | undefined): CompiledFilter => ({
	columns: expression === undefined ? new Set() : columnsOf(expression),
	protocols: expression === undefined ? [] : protocolsIn(expression),
	bind: expression === undefined ? () => isSocket : compile(expression),
});

/** The optional columns that an expression reads. */
const columnsOf = (expression: Expression): ReadonlySet<OptionalColumn> => {
	const conditions = conditionsOf(expression);
	const fields = conditions.map(condition => 'field' in condition ? findField(condition.field) : undefined).filter(field => field !== undefined);
	const flags = conditions.map(condition => condition.kind === 'flag' ? condition.flag : undefined).filter(flag => flag !== undefined);
	return new Set([...columnsFor(fields), ...flags.flatMap(flag => flagColumns[flag])]);
};

const compile = (expression: Expression): Binder => {
	if (expression.kind === 'and' || expression.kind === 'or') {
		return compileTerms(expression.kind, expression.terms);
	}

	if (expression.kind === 'not') {
		const term = compile(expression.term);
		return world => {
			const holds = term(world);
			return slot => !holds(slot);
		};
	}

	return compileCondition(expression);
};

/** What costs least is asked first. */
const costs: Readonly<Record<Expression['kind'], number>> = {
	protocol: 0, family: 0, state: 0, flag: 0, port: 0, host: 1, named: 1, pid: 2, mask: 2, number: 3, text: 4, not: 5, and: 5, or: 5, word: 6,
};

const compileTerms = (kind: 'and' | 'or', terms: readonly Expression[]): Binder => {
	const binders = terms.toSorted((a, b) => costs[a.kind] - costs[b.kind]).map(term => compile(term));
	const join = kind === 'and' ? both : either;
	return world => joinWith(join, binders.map(bind => bind(world)));
};

type Join = (isFirst: SlotPredicate, isSecond: SlotPredicate) => SlotPredicate;

const both: Join = (isFirst, isSecond) => slot => isFirst(slot) && isSecond(slot);
const either: Join = (isFirst, isSecond) => slot => isFirst(slot) || isSecond(slot);

const joinWith = (join: Join, [first = isSocket, ...rest]: readonly SlotPredicate[]): SlotPredicate => {
	let joined = first;
	for (const next of rest) {
		joined = join(joined, next);
	}

	return joined;
};

/** Every one is. */
const isSocket: SlotPredicate = () => true;

/** That all hold. */
export const joinPredicates = (predicates: readonly SlotPredicate[]): SlotPredicate => joinWith(both, predicates.filter(predicate => predicate !== isSocket));

const compileCondition = (condition: Condition): Binder => {
	switch (condition.kind) {
		case 'word': {
			return compileWord(condition.pattern);
		}

		case 'port': {
			const set = portsIn(condition.ranges);
			return ({table}) => bindPort(table, condition.end, set);
		}

		case 'host': {
			return compileHost(condition.end, condition.host);
		}

		case 'named': {
			return compileNamed(condition.end, condition.host);
		}

		case 'state': {
			return compileStates(condition.states);
		}

		case 'protocol': {
			const number = Protocol[condition.protocol];
			return withColumn('protocol', protocol => protocol === number);
		}

		case 'family': {
			const number = Family[condition.family];
			return withColumn('family', family => family === number);
		}

		case 'pid': {
			return world => bindPid(world, pid => isInRanges(pid, condition.ranges));
		}

		case 'number': {
			return compileNumber(condition);
		}

		case 'mask': {
			return compileMask(condition);
		}

		case 'flag': {
			return compileFlag(condition.flag);
		}

		case 'text': {
			return compileText(condition.field, condition.pattern);
		}
	}
};

const withColumn = (name: 'state' | 'protocol' | 'family', isMatch: (value: number) => boolean): Binder => world => {
	const column = world.table.core[name];
	return slot => isMatch(column[slot]);
};

const compileStates = (states: readonly StateWord[]): Binder => {
	const mask = stateMask(states);
	const ofStates = withColumn('state', state => isInMask(mask, state));
	// TCP has no other sockets in this state.
	return states.includes('bound-inactive') && !isInMask(mask, State.unconnected)
		? world => {
			const {protocol, state} = world.table.core;
			const isOther = ofStates(world);
			return slot => isOther(slot) || (state[slot] === State.unconnected && protocol[slot] === Protocol.tcp);
		}
		: ofStates;
};

const isInMask = (mask: number, state: number): boolean => ((mask >>> state) & 1) === 1;

const compileMask = ({field: id, value, mask}: Extract<Condition, {kind: 'mask'}>): Binder => {
	const field = findField(id);
	return field?.kind === 'number'
		? world => slot => {
			const number = field.read(world, slot);
			return number !== undefined && ((number & mask) >>> 0) === value;
		}
		: never;
};

const never: Binder = () => () => false;

const compileNumber = ({field: id, comparison, value}: Extract<Condition, {kind: 'number'}>): Binder => {
	const field = findField(id);
	if (field?.kind !== 'number') {
		return never;
	}

	const compare = comparator(comparison, value);
	// Of a number of which only the least is known, one can but say that it is larger.
	const isMinimum = comparison === '>' || comparison === '>=' ? undefined : field.isMinimum;
	return world => slot => {
		const number = field.read(world, slot);
		return number !== undefined && compare(number) && !isMinimum?.(world, slot);
	};
};

const comparator = (comparison: Comparison, value: number): ((number: number) => boolean) => {
	switch (comparison) {
		case '=': {
			return number => number === value;
		}

		case '<': {
			return number => number < value;
		}

		case '<=': {
			return number => number <= value;
		}

		case '>': {
			return number => number > value;
		}

		case '>=': {
			return number => number >= value;
		}
	}
};

const compileText = (id: string, pattern: Pattern): Binder => {
	const field = findField(id);
	const matches = compilePattern(pattern);
	if (field?.kind === 'owners') {
		return world => bindProcessName(world, matches);
	}

	if (field?.kind !== 'text') {
		return never;
	}

	const isMatch = (text: string): boolean => matches(text.toLowerCase());
	const {read, readAll} = field;
	return readAll === undefined
		? world => slot => {
			const text = read(world, slot);
			return text !== undefined && isMatch(text);
		}
		: world => slot => readAll(world, slot).some(text => isMatch(text));
};
