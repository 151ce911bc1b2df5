import type {FieldContext} from '../../fields/model/field.js';
import {shownName} from '../../owners/process-details.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoize} from './memoize.js';
import {filterBy, filterByValue, type SelectionFilter} from './selection-filter.js';

/** Tests the pids of the processes that hold a socket. */
export const bindPid = ({table, owners: sets}: FieldContext, isMatch: (pid: number) => boolean): ((slot: number) => boolean) => {
	const {owners} = table.core;
	return slot => {
		for (const {pid} of sets.of(owners[slot])) {
			if (isMatch(pid)) {
				return true;
			}
		}

		return false;
	};
};

/** Tests the names of the processes in a set of owners; if the pattern has a slash, also name and pid: `nginx/812`. Many sockets share a few sets. */
export const bindProcessName = ({owners: sets, processDetails}: FieldContext, matches: TextMatcher, {text: pattern}: Pattern): ((set: number) => boolean) => {
	const isNamed = memoize((name: string) => matches(name.toLowerCase()));
	const isNumbered = pattern.includes('/') ? (name: string, pid: number) => matches(`${name.toLowerCase()}/${pid}`) : () => false;
	// The name as shown counts too.
	return memoize((set: number) => sets.of(set).some(owner => {
		const shown = shownName(owner, processDetails);
		return isNamed(owner.name) || isNamed(shown) || isNumbered(shown, owner.pid);
	}));
};

/** Keeps sockets that a process with a matching name holds. */
export const filterByProcessName = (context: FieldContext, matches: TextMatcher, pattern: Pattern): SelectionFilter =>
	filterByValue(context.table.core.owners, bindProcessName(context, matches, pattern));

/**
Keeps sockets whose other end is held by owners that are wanted. Finding the other end takes longer than all else that a word looks at, so it is done only where some
socket has such owners.
*/
export const filterByFarOwner = ({table}: FieldContext, isWanted: (set: number) => boolean): SelectionFilter => {
	let isAnyWanted: boolean | undefined;
	const filter = filterBy(slot => {
		const set = table.pairs.farOwners(slot);
		return set !== 0 && isWanted(set);
	});
	return (slots, count) => {
		isAnyWanted ??= isAnyOwner(table, isWanted);
		return isAnyWanted ? filter(slots, count) : 0;
	};
};

/** Next to a socket stand others of the same owners: the set before is decided on already. */
const isAnyOwner = ({core: {owners}, used, pairs}: FieldContext['table'], isWanted: (set: number) => boolean): boolean => {
	let last = 0;
	for (let slot = 0; slot < used; slot++) {
		const set = owners[slot];
		if (set !== last && isWanted(set)) {
			return true;
		}

		last = set;
	}

	// Those of other ends that are gone.
	for (const set of pairs.ownersInUse()) {
		if (set !== 0 && isWanted(set)) {
			return true;
		}
	}

	return false;
};
