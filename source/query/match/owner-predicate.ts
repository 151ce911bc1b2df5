import type {FieldContext} from '../../fields/model/field.js';
import type {Owner, OwnerSets} from '../../owners/owner.js';
import {shownName} from '../../owners/process-details.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoize} from './memoize.js';
import {
	filterBy,
	filterByValue,
	keepNone,
	type SelectionFilter,
} from './selection-filter.js';

/** Tests lists of owners by their numbers. Most have one owner, and its process has many lists: a million sockets take one test for each process. */
const bindOwners = (sets: OwnerSets, isMatch: (owner: Owner) => boolean): ((set: number) => boolean) => {
	const isAnyMatch = (set: number): boolean => sets.read(set).some(owner => isMatch(owner));
	const ofLists = memoize(isAnyMatch);
	const ofProcesses = new Map<number, boolean>();
	return set => {
		const process = sets.soleProcess(set);
		if (process === 0) {
			return ofLists(set);
		}

		const isKept = ofProcesses.get(process) ?? isAnyMatch(set);
		ofProcesses.set(process, isKept);
		return isKept;
	};
};

/** Tests the pids of the processes that hold a socket. */
export const bindPid = ({table, owners: sets}: FieldContext, isMatch: (pid: number) => boolean): ((slot: number) => boolean) => {
	const {owners} = table.core;
	const isHolder = bindOwners(sets, ({pid}) => isMatch(pid));
	return slot => isHolder(owners[slot]);
};

/** Tests the names of the processes in a list of owners; if the pattern has a slash, also name and pid: `nginx/812`. */
export const bindProcessName = ({owners: sets, processDetails}: FieldContext, matches: TextMatcher, {text: pattern}: Pattern): ((set: number) => boolean) => {
	const isNumbered = pattern.includes('/') ? (name: string, pid: number) => matches(`${name.toLowerCase()}/${pid}`) : () => false;
	return bindOwners(sets, owner => {
		// The name as shown counts too.
		const shown = shownName(owner, processDetails);
		return matches(owner.name.toLowerCase()) || matches(shown.toLowerCase()) || isNumbered(shown, owner.pid);
	});
};

/** Keeps sockets that a process with a matching name holds. */
export const filterByProcessName = (context: FieldContext, matches: TextMatcher, pattern: Pattern): SelectionFilter =>
	filterByValue(context.table.core.owners, bindProcessName(context, matches, pattern));

/**
Keeps sockets whose other end has a matching owner. Finding the other end is the most expensive test of a word, so it is done only if any socket has such an owner.
*/
export const filterByFarOwner = ({table}: FieldContext, isMatch: (set: number) => boolean): SelectionFilter => isAnyOwner(table, isMatch)
	? filterBy(slot => {
		const set = table.pairs.farOwners(slot);
		return set !== 0 && isMatch(set);
	})
	: keepNone;

/** Whether any set of owners matches. Neighbouring sockets often have the same set, which is tested once. */
const isAnyOwner = ({core: {owners}, used, pairs}: FieldContext['table'], isMatch: (set: number) => boolean): boolean => {
	let last = 0;
	for (let slot = 0; slot < used; slot++) {
		const set = owners[slot];
		if (set !== last && isMatch(set)) {
			return true;
		}

		last = set;
	}

	// Owners of other ends that have closed.
	for (const set of pairs.ownersInUse()) {
		if (set !== 0 && isMatch(set)) {
			return true;
		}
	}

	return false;
};
