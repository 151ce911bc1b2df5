import {problemsBySeverity, healthProblems, worseOf} from '../table/health/problems.js';
import type {FieldContext} from './model/field.js';

/** What is wrong with some sockets, and with how many. */
export type Problem = {readonly name: string; readonly count: number; readonly isGrave?: true};

/** The worst health problem of these open sockets; undefined if there is none, or if health problems are not evaluated. */
export const worstProblem = ({table, isPerConnection}: FieldContext, slots: Uint32Array): Problem | undefined => {
	const healthProblemOf = table.optional('healthProblem');
	if (healthProblemOf === undefined) {
		return undefined;
	}

	const counts = new Uint32Array(healthProblems.length);
	for (const slot of slots) {
		if (!table.isClosed(slot)) {
			const other = isPerConnection === true ? table.connections.otherEnd(slot) : -1;
			counts[other === -1 ? healthProblemOf[slot] : worseOf(healthProblemOf[slot], healthProblemOf[other])]++;
		}
	}

	const worst = problemsBySeverity.find(number => counts[number] > 0);
	const healthProblem = worst === undefined ? undefined : healthProblems[worst];
	return worst === undefined || healthProblem === undefined
		? undefined
		: {name: healthProblem.name, count: counts[worst], ...(healthProblem.isGrave && {isGrave: true})};
};
