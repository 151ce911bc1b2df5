import type {World} from '../../fields/model/field.js';
import {shownName} from '../../owners/process-details.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {remember} from './remember.js';
import {sieveValues, type Sieve} from './sieve.js';

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
	const isNamed = remember((name: string) => matches(name.toLowerCase()));
	const isNumbered = pattern.includes('/') ? (name: string, pid: number) => matches(`${name.toLowerCase()}/${pid}`) : () => false;
	// What people read counts as well.
	return remember((set: number) => sets.of(set).some(owner => {
		const shown = shownName(owner, processDetails);
		return isNamed(owner.name) || isNamed(shown) || isNumbered(shown, owner.pid);
	}));
};

/** Keeps sockets that a process with such a name holds. */
export const sieveProcessName = (world: World, matches: TextMatcher, pattern: Pattern): Sieve =>
	sieveValues(world.table.core.owners, bindProcessName(world, matches, pattern));
