import type {World} from '../../fields/model/field.js';
import {shownName} from '../../owners/process-details.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoize} from './memoize.js';
import {filterByValue, type SelectionFilter} from './selection-filter.js';

/** Whether some process that holds a socket has such a number. */
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

/** Whether a process of a set of owners has such a name, or where the pattern has a slash, such a name and number: `nginx/812`. Many sockets have few processes. */
export const bindProcessName = ({owners: sets, processDetails}: World, matches: TextMatcher, {text: pattern}: Pattern): ((set: number) => boolean) => {
	const isNamed = memoize((name: string) => matches(name.toLowerCase()));
	const isNumbered = pattern.includes('/') ? (name: string, pid: number) => matches(`${name.toLowerCase()}/${pid}`) : () => false;
	// What people read counts as well.
	return memoize((set: number) => sets.of(set).some(owner => {
		const shown = shownName(owner, processDetails);
		return isNamed(owner.name) || isNamed(shown) || isNumbered(shown, owner.pid);
	}));
};

/** Keeps sockets that a process with such a name holds. */
export const filterByProcessName = (world: World, matches: TextMatcher, pattern: Pattern): SelectionFilter =>
	filterByValue(world.table.core.owners, bindProcessName(world, matches, pattern));
