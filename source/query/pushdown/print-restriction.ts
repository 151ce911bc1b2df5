import type {Restriction, SocketCondition} from '../../table/socket-condition.js';
import {
	allOf,
	anyOf,
	negate,
	type Expression,
} from '../language/expression.js';
import {printFilter} from '../language/print.js';
import {portCondition} from '../language/resolve-numbers.js';
import {sortStateWords, stateWords, type StateWord} from '../language/values/state-words.js';
import {everyState} from './push-down.js';

/** Formats what the kernel is asked for as a filter; undefined for whole tables, empty for nothing. */
export const printRestriction = ({families, states, condition}: Restriction): string | undefined => {
	if (families.length === 0 || states === 0) {
		return '';
	}

	const terms = [...(states === everyState ? [] : [stateCondition(states)]), ...(condition === undefined ? [] : [toExpression(condition)])];
	return terms.length === 0 ? undefined : printFilter(allOf(terms));
};

const sizeOf = (states: number): number => states.toString(2).replaceAll('0', '').length;

/** Words for several states come before words for one. */
const words = (Object.keys(stateWords) as StateWord[]).toSorted((a, b) => sizeOf(stateWords[b]) - sizeOf(stateWords[a]));

/** Returns a condition on states with as few words as possible. */
const stateCondition = (states: number): Expression => {
	let remaining = states;
	const chosen = words.filter(word => {
		const mask = stateWords[word];
		const isNeeded = (mask & ~states) === 0 && (mask & remaining) !== 0;
		remaining &= isNeeded ? ~mask : -1;
		return isNeeded;
	});
	return {kind: 'state', states: sortStateWords(chosen)};
};

const toExpression = (condition: SocketCondition): Expression => {
	switch (condition.kind) {
		case 'port': {
			return portCondition(condition.end, [{from: condition.from, to: condition.to}]);
		}

		case 'host': {
			const {family, bytes, length} = condition;
			return {kind: 'host', end: condition.end, host: {prefix: {family, bytes, length}}};
		}

		case 'device': {
			return {
				kind: 'number', field: 'interfaceIndex', comparison: '=', value: condition.index,
			};
		}

		case 'mark': {
			const {value, mask} = condition;
			return {
				kind: 'mask', field: 'mark', value, mask,
			};
		}

		case 'cgroup': {
			return {
				kind: 'number', field: 'cgroupId', comparison: '=', value: condition.id,
			};
		}

		case 'autobound': {
			return {kind: 'flag', flag: 'autobound'};
		}

		case 'and':
		case 'or': {
			const terms = condition.terms.map(term => toExpression(term));
			return condition.kind === 'and' ? allOf(terms) : anyOf(terms);
		}

		case 'not': {
			return negate(toExpression(condition.term));
		}
	}
};
