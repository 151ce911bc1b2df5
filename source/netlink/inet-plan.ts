/**
What a sample reads of an answer's attributes: the wanted members, sorted by attribute once per dump, so that each attribute costs one look.
*/
import {absentIn, type NumericArray} from '../table/columns/columns.js';
import type {KernelVersion, Member} from './inet-layout.js';

/** A member and the column that it goes to. */
export type Wanted = Pick<Member, 'offset' | 'type'> & {
	readonly array: NumericArray;
	readonly absent: number;
	/** What the column gets for a 0: 0, or the absent value where it means nothing. */
	readonly zero: number;
};

/** What is read of each attribute, by its number. */
export type Nests = Array<Plan | undefined>;

/** What is read of one attribute: members of its payload, and, where the payload is attributes in turn, what is read of those. */
export type Plan = {
	readonly members: Wanted[];
	nests: Nests | undefined;
};

/** One more than the largest attribute number that the layout has. */
const attributeCount = 32;

export const createPlan = (): Plan => ({members: [], nests: undefined});

/** What is read of an attribute, if anything. */
export const findNest = (nests: Nests, attribute: number): Plan | undefined => attribute < attributeCount ? nests[attribute] : undefined;

/** Enters a member into the plan of a whole answer: `array` is the column that it goes to, `kernel` the version of the answer's kernel, 0 where it is not known. */
export const addMember = (plan: Plan, {column, attribute, within = [], offset, type, since}: Member, array: NumericArray, kernel: KernelVersion): Wanted => {
	let place = plan;
	for (const number of [attribute, ...within]) {
		place.nests ??= Array.from({length: attributeCount});
		place.nests[number] ??= createPlan();
		place = place.nests[number];
	}

	const wanted: Wanted = {
		offset, type, array, absent: absentIn(column), zero: since !== undefined && kernel !== 0 && kernel < since ? absentIn(column) : 0,
	};
	place.members.push(wanted);
	return wanted;
};
