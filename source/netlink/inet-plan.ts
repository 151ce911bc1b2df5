/**
The plan for reading attributes of answers: the wanted members, indexed by attribute once per dump, so that each attribute costs one lookup.
*/
import {absentIn, type NumericArray} from '../table/columns/columns.js';
import type {KernelVersion, Member} from './inet-layout.js';

/** A member and its column. */
export type Wanted = Pick<Member, 'offset' | 'type'> & {
	readonly array: NumericArray;
	readonly absent: number;
	/** The column's value for a 0: 0, or the absent value if a 0 means absent. */
	readonly zero: number;
};

/** Plans by attribute number. */
export type Nests = Array<Plan | undefined>;

/** What to read in one attribute: members of its payload, and if the payload consists of attributes, plans for those. */
export type Plan = {
	readonly members: Wanted[];
	nests: Nests | undefined;
};

/** More than the largest attribute number in the layout. */
const attributeCount = 32;

export const createPlan = (): Plan => ({members: [], nests: undefined});

/** The plan of an attribute; undefined if nothing of it is read. */
export const findNest = (nests: Nests, attribute: number): Plan | undefined => attribute < attributeCount ? nests[attribute] : undefined;

/** Adds a member to the plan of an answer. `array` is its column, `kernel` the version of the answer's kernel, 0 if not known. */
export const addMember = (plan: Plan, {column, attribute, within = [], offset, type, since}: Member, array: NumericArray, kernel: KernelVersion): Wanted => {
	let target = plan;
	for (const number of [attribute, ...within]) {
		target.nests ??= Array.from({length: attributeCount});
		target.nests[number] ??= createPlan();
		target = target.nests[number];
	}

	const wanted: Wanted = {
		offset, type, array, absent: absentIn(column), zero: since !== undefined && kernel !== 0 && kernel < since ? absentIn(column) : 0,
	};
	target.members.push(wanted);
	return wanted;
};
