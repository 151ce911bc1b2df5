import type {World} from '../../fields/model/field.js';
import {shownName} from '../../owners/process-details.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoize} from './memoize.js';
import {filterByValue, type SelectionFilter} from './selection-filter.js';

/** Tests the pids of the processes that hold a socket. */
export const bindPid = ({table, owners: sets}: World, isMatch: (pid: number) => boolean): ((slot: number) => boolean) => {
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
export const bindProcessName = ({owners: sets, processDetails}: World, matches: TextMatcher, {text: pattern}: Pattern): ((set: number) => boolean) => {
	const isNamed = memoize((name: string) => matches(name.toLowerCase()));
	const isNumbered = pattern.includes('/') ? (name: string, pid: number) => matches(`${name.toLowerCase()}/${pid}`) : () => false;
	// The name as shown counts too.
	return memoize((set: number) => sets.of(set).some(owner => {
		const shown = shownName(owner, processDetails);
		return isNamed(owner.name) || isNamed(shown) || isNumbered(shown, owner.pid);
	}));
};

/** Keeps sockets that a process with a matching name holds. */
export const filterByProcessName = (world: World, matches: TextMatcher, pattern: Pattern): SelectionFilter =>
	filterByValue(world.table.core.owners, bindProcessName(world, matches, pattern));
