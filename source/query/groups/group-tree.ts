/** Groups of sockets, in columns: no object for a socket, and none for a group. */
import {findField} from '../../fields/registry.js';
import {addendOf, findRepeated, sumOf} from '../../fields/model/sums.js';
import type {World} from '../../fields/model/field.js';
import {compareByLevels} from '../order/level.js';
import {lazySort, type LazySort} from '../order/lazy-sort.js';
import {partition, upTo} from '../order/partition.js';
import type {Sort} from '../query.js';
import type {Selection} from '../order/selection.js';
import type {Interner} from './interner.js';
import type {BoundGrouping} from './groupings.js';

/** Groups are called by their places: those of the first level, then, where there are two levels, those of the second. */
export type GroupTree = {
	/** Groups of the first level, and all. */
	readonly roots: number;
	readonly count: number;
	/** By group: the interned number that stands for it in every sample. */
	readonly numbers: Uint32Array;
	/** By group: its sockets. */
	readonly sizes: Uint32Array;
	/** The group with a number, or -1. */
	readonly find: (number: number) => number;
	/** The group that a group is in, or -1. */
	readonly parentOf: (group: number) => number;
	/** The group of a socket, at the last level. */
	readonly groupOf: (slot: number) => number;
	/** Whether groups are in a group, and not sockets. */
	readonly hasGroups: (group: number) => boolean;
	/** The groups of the first level, or those in a group, in no order. */
	readonly groupsIn: (parent: number | undefined) => Uint32Array;
	/** The slots of the sockets of a group of the last level, in no order. */
	readonly socketsIn: (group: number) => Uint32Array;
	/** The slots of all sockets of a group of any level, in no order. At least one. */
	readonly allIn: (group: number) => Uint32Array;
	/** The slot of one socket of a group of any level: what all have in common can be read from it. */
	readonly memberOf: (group: number) => number;
	/** Groups and sockets in order. */
	readonly sortedGroups: (parent: number | undefined) => LazySort;
	readonly sortedSockets: (group: number) => LazySort;
	/** The order of two groups that are in the same one. */
	readonly compareGroups: (a: number, b: number) => number;
	/** By group, what decides that order: whether it comes last, the sum as a key, and the size. */
	readonly ranks: Ranks;
};

/** Which groups follow the others, whatever the order: those that an earlier order did not know, then what has nothing to be grouped by. */
const Late = {no: 0, unknown: 1, without: 2} as const;

type Ranks = {readonly late: Uint8Array; readonly sums: Float64Array; readonly sizes: Uint32Array};

/** What a tree is made of. */
export type TreeMakings = {
	readonly selection: Selection;
	readonly sort: Sort;
	/** One or two groupings. */
	readonly levels: readonly [BoundGrouping, BoundGrouping?];
	/** The one that the groupings use. */
	readonly interner: Interner;
	/** An earlier tree whose order is to stay. Groups that it does not know come last. */
	readonly before: GroupTree | undefined;
};

/**
Makes the tree of a selection.

What has nothing to be grouped by comes last: no listener, no process. The other groups stand in the order of their sums where the field that is sorted by adds up, else in that of their first sockets; those that are equal by it in the order
of their sizes, then as they came.
*/
export const createGroupTree = (world: World, {selection, sort, levels, interner, before}: TreeMakings): GroupTree => {
	const {slots, order} = selection;
	const [{numberOf}, inner] = levels;
	const leafNumber = inner === undefined ? numberOf : (slot: number): number => interner.nest(numberOf(slot), inner.numberOf(slot));
	const leaves = partition(slots, leafNumber);
	const outer = inner === undefined ? undefined : partition(upTo(leaves.count), leaf => interner.outerOf(leaves.numbers[leaf]));
	/** With one level, the leaves are the roots. */
	const firstLeaf = outer?.count ?? 0;
	const count = firstLeaf + leaves.count;
	const roots = outer?.count ?? leaves.count;
	const rootNames = upTo(roots);
	const groupNames = outer?.items.map(leaf => firstLeaf + leaf) ?? new Uint32Array(0);

	const hasGroups = (group: number): boolean => group < firstLeaf;
	const groupsIn = (parent: number | undefined): Uint32Array =>
		parent === undefined || outer === undefined ? rootNames : groupNames.subarray(outer.starts[parent], outer.starts[parent + 1]);
	const socketsIn = (group: number): Uint32Array => leaves.items.subarray(leaves.starts[group - firstLeaf], leaves.starts[group - firstLeaf + 1]);
	const find = (number: number): number => {
		const root = outer?.partOf(number) ?? -1;
		const leaf = leaves.partOf(number);
		return root === -1 && leaf !== -1 ? firstLeaf + leaf : root;
	};

	const numbers = new Uint32Array(count);
	numbers.set(outer?.numbers ?? []);
	numbers.set(leaves.numbers, firstLeaf);
	const sizes = new Uint32Array(count);
	const parents = new Int32Array(count).fill(-1);
	const byFields = compareByLevels(order.byFields(slots));
	/** By group: the socket that is first by the fields sorted by, and the sum of the first of them. */
	const leaders = new Uint32Array(count);
	const sums = new Float64Array(count).fill(NaN);
	const field = findField(sort.field);
	const addend = addendOf(field);

	const addTo = (group: number, leader: number, sum: number, size: number): void => {
		if (sizes[group] === 0 || byFields(leader, leaders[group]) < 0) {
			leaders[group] = leader;
		}

		sums[group] = add(sums[group], sum);
		sizes[group] += size;
	};

	const isRepeating = findRepeated(field, world, slots) !== undefined;
	const addSockets = (leaf: number): void => {
		const repeated = isRepeating ? findRepeated(field, world, socketsIn(leaf)) : undefined;
		// A view of the sockets of each group would take longer than they do: most groups are small.
		const end = leaves.starts[leaf - firstLeaf + 1];
		for (let index = leaves.starts[leaf - firstLeaf]; index < end; index++) {
			const slot = leaves.items[index];
			addTo(leaf, slot, repeated?.has(slot) ? NaN : addend?.(world, slot) ?? NaN, 1);
		}
	};

	for (let leaf = firstLeaf; leaf < count; leaf++) {
		addSockets(leaf);
	}

	for (let root = 0; root < firstLeaf; root++) {
		for (const leaf of groupsIn(root)) {
			parents[leaf] = root;
			addTo(root, leaders[leaf], sums[leaf], sizes[leaf]);
		}
	}

	const allIn = (group: number): Uint32Array => {
		if (!hasGroups(group)) {
			return socketsIn(group);
		}

		const all = new Uint32Array(sizes[group]);
		let at = 0;
		for (const leaf of groupsIn(group)) {
			const end = leaves.starts[leaf - firstLeaf + 1];
			for (let index = leaves.starts[leaf - firstLeaf]; index < end; index++) {
				all[at++] = leaves.items[index];
			}
		}

		return all;
	};

	// What is in two groups of one may be repeated there.
	for (let root = 0; isRepeating && root < firstLeaf; root++) {
		sums[root] = sumOf(field, world, allIn(root)) ?? NaN;
	}

	const late = new Uint8Array(count);
	for (let group = 0; group < roots; group++) {
		late[group] = numbers[group] === levels[0].without ? Late.without : Late.no;
	}

	const ranks = rank(numbers, {sums: keysOfSums(sums, sort.descending), sizes, late}, before);
	const compareGroups = (a: number, b: number): number => {
		if (ranks.late[a] !== ranks.late[b]) {
			return ranks.late[a] - ranks.late[b];
		}

		if (ranks.sums[a] !== ranks.sums[b]) {
			return ranks.sums[a] < ranks.sums[b] ? -1 : 1;
		}

		const byLeader = byFields(leaders[a], leaders[b]);
		if (byLeader !== 0) {
			return byLeader;
		}

		return ranks.sizes[a] === ranks.sizes[b] ? numbers[a] - numbers[b] : ranks.sizes[b] - ranks.sizes[a];
	};

	const remembered = (make: (group: number | undefined) => LazySort): ((group: number | undefined) => LazySort) => {
		const made = new Map<number | undefined, LazySort>();
		return group => {
			let sorted = made.get(group);
			if (sorted === undefined) {
				sorted = make(group);
				made.set(group, sorted);
			}

			return sorted;
		};
	};

	return {
		roots,
		count,
		numbers,
		sizes,
		find,
		parentOf: group => parents[group],
		groupOf: slot => find(leafNumber(slot)),
		hasGroups,
		groupsIn,
		socketsIn,
		allIn,
		memberOf: group => leaders[group],
		sortedGroups: remembered(parent => lazySort(new Uint32Array(groupsIn(parent)), [{compare: compareGroups}])),
		sortedSockets: remembered(group => lazySort(new Uint32Array(group === undefined ? [] : socketsIn(group)), selection.levels)),
		compareGroups,
		ranks,
	};
};

/** NaN is nothing to add. */
const add = (sum: number, value: number): number => Number.isNaN(value) ? sum : (Number.isNaN(sum) ? value : sum + value);

/** Sums as keys: groups without one come last in either direction. */
const keysOfSums = (sums: Float64Array, isDescending: boolean): Float64Array => {
	const keys = new Float64Array(sums.length);
	const {length} = sums;
	for (let group = 0; group < length; group++) {
		const sum = sums[group];
		keys[group] = Number.isNaN(sum) ? Infinity : (isDescending ? -sum : sum);
	}

	return keys;
};

/** What decides the order of groups: as it is now, or as it was in an earlier tree. */
const rank = (numbers: Uint32Array, now: Ranks, before: GroupTree | undefined): Ranks => {
	if (before === undefined) {
		return now;
	}

	const {late, sums, sizes} = {late: now.late, sums: now.sums, sizes: new Uint32Array(now.sizes)};
	for (const [group, number] of numbers.entries()) {
		const known = before.find(number);
		late[group] = known === -1 ? Math.max(late[group], Late.unknown) : before.ranks.late[known];
		if (known === -1 || late[group] === Late.unknown) {
			sums[group] = 0;
			sizes[group] = 0;
		} else {
			sums[group] = before.ranks.sums[known];
			sizes[group] = before.ranks.sizes[known];
		}
	}

	return {late, sums, sizes};
};
