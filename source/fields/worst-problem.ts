import {problemsBySeverity, verdicts} from '../table/health/verdicts.js';
import type {World} from './model/field.js';

/** What is wrong with some sockets, and with how many. */
export type Problem = {readonly name: string; readonly count: number; readonly isGrave?: true};

/** The worst that is wrong with any of these living sockets; undefined where nothing is, or where health is not judged. */
export const worstProblem = ({table}: World, slots: Uint32Array): Problem | undefined => {
	const verdictOf = table.optional('verdict');
	if (verdictOf === undefined) {
		return undefined;
	}

	const counts = new Uint32Array(verdicts.length);
	for (const slot of slots) {
		if (!table.isClosed(slot)) {
			counts[verdictOf[slot]]++;
		}
	}

	const worst = problemsBySeverity.find(number => counts[number] > 0);
	const verdict = worst === undefined ? undefined : verdicts[worst];
	return worst === undefined || verdict === undefined
		? undefined
		: {name: verdict.name, count: counts[worst], ...(verdict.isGrave && {isGrave: true})};
};
