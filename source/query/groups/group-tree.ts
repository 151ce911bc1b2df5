/** Groups of sockets, stored in columns: no object for each socket or group. */
import {findField} from '../../fields/registry.js';
import {addendOf, findRepeated, sumOf} from '../../fields/model/sums.js';
import type {FieldContext} from '../../fields/model/field.js';
import {compareByLevels} from '../order/level.js';
import {lazySort, type LazySort} from '../order/lazy-sort.js';
import {partition, upTo} from '../order/partition.js';
import type {Sort} from '../query.js';
import type {Selection} from '../order/selection.js';
import type {Interner} from './interner.js';
import type {BoundGrouping} from './groupings.js';

/** A group is identified by its index: first the groups of the first level, then, if there are two levels, those of the second. */
export type GroupTree = {
	/** Number of groups of the first level. */
	readonly roots: number;
	/** Number of all groups. */
	readonly count: number;
	/** By group: its interned number, which is the same in every sample. */
	readonly numbers: Uint32Array;
	/** By group: the number of its sockets. */
	readonly sizes: Uint32Array;
	/** Returns the group with an interned number, or -1. */
	readonly find: (number: number) => number;
	/** Returns the group that contains a group, or -1. */
	readonly parentOf: (group: number) => number;
	/** Returns the group of a socket at the last level. */
	readonly groupOf: (slot: number) => number;
	/** Whether a group contains groups instead of sockets. */
	readonly hasGroups: (group: number) => boolean;
	/** Returns the groups of the first level, or those in a group, in no order. */
	readonly groupsIn: (parent: number | undefined) => Uint32Array;
	/** Returns the slots of the sockets of a group of the last level, in no order. */
	readonly socketsIn: (group: number) => Uint32Array;
	/** Returns the slots of all sockets of a group of any level, in no order; at least one. */
	readonly allIn: (group: number) => Uint32Array;
	/** Returns the slot of one socket of a group of any level, to read what all of them have in common. */
	readonly memberOf: (group: number) => number;
	/** Groups and sockets, sorted. */
	readonly sortedGroups: (parent: number | undefined) => LazySort;
	readonly sortedSockets: (group: number) => LazySort;
	/** Compares two groups that are in the same group. */
	readonly compareGroups: (a: number, b: number) => number;
	/** By group, the sort keys: whether it is late, its sum as a key, and its size. */
	readonly ranks: Ranks;
};

/** Which groups follow the others, whatever the order: those that an earlier order did not know, then what has nothing to be grouped by. */
const Late = {no: 0, unknown: 1, without: 2} as const;

type Ranks = {readonly late: Uint8Array; readonly sums: Float64Array; readonly sizes: Uint32Array};

/** What a tree is built from. */
export type TreeOptions = {
	readonly selection: Selection;
	readonly sort: Sort;
	/** One or two groupings. */
	readonly levels: readonly [BoundGrouping, BoundGrouping?];
	/** The interner that the groupings use. */
	readonly interner: Interner;
	/** An earlier tree whose order is kept. Groups that are not in it come last. */
	readonly before: GroupTree | undefined;
};

/**
Builds the tree of a selection.

Sockets without anything to group by (no listener, no process) are the last group. If the field sorted by can be summed, the other groups are sorted by their sums,
otherwise by their first sockets. Equal groups are sorted by size, then by when they appeared.
*/
export const createGroupTree = (context: FieldContext, {selection, sort, levels, interner, before}: TreeOptions): GroupTree => {
	const {slots, order} = selection;
	const [{numberOf}, inner] = levels;
	const leafNumber = inner === undefined ? numberOf : (slot: number): number => interner.nest(numberOf(slot), inner.numberOf(slot));
	const leaves = partition(slots, leafNumber);
	const outer = inner === undefined ? undefined : partition(upTo(leaves.count), leaf => interner.outerOf(leaves.numbers[leaf]));
	/** With one level, the leaves are the roots. */
	const firstLeaf = outer?.count ?? 0;
	const count = firstLeaf + leaves.count;
	const roots = outer?.count ?? leaves.count;
	const allRoots = upTo(roots);
	const nestedGroups = outer?.items.map(leaf => firstLeaf + leaf) ?? new Uint32Array(0);

	const hasGroups = (group: number): boolean => group < firstLeaf;
	const groupsIn = (parent: number | undefined): Uint32Array =>
		parent === undefined || outer === undefined ? allRoots : nestedGroups.subarray(outer.starts[parent], outer.starts[parent + 1]);
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
	/** By group: its first socket in the order of the fields, and its sum of the first field. */
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

	const isRepeating = findRepeated(field, context, slots) !== undefined;
	const addSockets = (leaf: number): void => {
		const repeated = isRepeating ? findRepeated(field, context, socketsIn(leaf)) : undefined;
		// Most groups are small: making a subarray for each would take longer than reading its sockets.
		const end = leaves.starts[leaf - firstLeaf + 1];
		for (let index = leaves.starts[leaf - firstLeaf]; index < end; index++) {
			const slot = leaves.items[index];
			addTo(leaf, slot, repeated?.has(slot) ? NaN : addend?.(context, slot) ?? NaN, 1);
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

	// Two inner groups of one outer group may count the same bytes.
	for (let root = 0; isRepeating && root < firstLeaf; root++) {
		sums[root] = sumOf(field, context, allIn(root)) ?? NaN;
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

	const memoized = (make: (group: number | undefined) => LazySort): ((group: number | undefined) => LazySort) => {
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
		sortedGroups: memoized(parent => lazySort(new Uint32Array(groupsIn(parent)), [{compare: compareGroups}])),
		sortedSockets: memoized(group => lazySort(new Uint32Array(group === undefined ? [] : socketsIn(group)), selection.levels)),
		compareGroups,
		ranks,
	};
};

/** Adds two sums; NaN means nothing to add. */
const add = (sum: number, value: number): number => Number.isNaN(value) ? sum : (Number.isNaN(sum) ? value : sum + value);

/** Converts sums to sort keys; groups without a sum come last in both directions. */
const keysOfSums = (sums: Float64Array, isDescending: boolean): Float64Array => {
	const keys = new Float64Array(sums.length);
	const {length} = sums;
	for (let group = 0; group < length; group++) {
		const sum = sums[group];
		keys[group] = Number.isNaN(sum) ? Infinity : (isDescending ? -sum : sum);
	}

	return keys;
};

/** Returns the sort keys of groups: the current ones, or those of an earlier tree. */
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
