/** A tree of groups as lines: the head of each group, and below it what is in it unless it is folded. */
import type {LazySort} from '../order/lazy-sort.js';
import type {Folded} from '../query.js';
import type {GroupTree} from './group-tree.js';

/** One line: a group's head, or a socket. */
export type OutlineLine =
	| {readonly kind: 'group'; readonly group: number; readonly tree: GroupTree; readonly isFolded: boolean}
	| {readonly kind: 'socket'; readonly slot: number};

export type Outline = {
	/** Lines. */
	readonly length: number;
	/** The lines from `from` up to but not including `to`, both within the length. */
	readonly range: (from: number, to: number) => readonly OutlineLine[];
	/** The place of a socket's line; where it is folded away, of the head that stands for it; -1 where nothing of its group is left. */
	readonly placeOfSocket: (slot: number) => number;
	/** The place of a group's head; where it is folded away, of the head that stands for it. */
	readonly placeOfGroup: (group: number) => number;
	/** The order of two sockets in the outline with nothing folded. */
	readonly compare: (a: number, b: number) => number;
	/** Whether a socket comes after a line (1), or before it (-1). A head is before all that is in its group; what is folded away is at its head. */
	readonly isPast: (slot: number, line: OutlineLine, direction: 1 | -1) => boolean;
};

/** The id of a group's row. Those of sockets are above 0. */
export const groupId = ({numbers}: GroupTree, group: number): number => -numbers[group];

/** The group whose row has an id, or -1. */
export const groupWithId = (tree: GroupTree, id: number): number => id < 0 ? tree.find(-id) : -1;

/** Groups of which the lines are taken together while going down the list. */
const step = 64;

/**
@param tree
@param folded
@param folded.all
@param folded.except
@param compareSockets The order of sockets in a group.
*/
export const createOutline = (tree: GroupTree, {all, except}: Folded, compareSockets: (a: number, b: number) => number): Outline => {
	const exceptions = new Set(except.map(id => groupWithId(tree, id)));
	const isFolded = (group: number): boolean => exceptions.has(group) !== all;
	/** Lines of each group, its head counted. Those of the second level come last and are needed first. */
	const lines = new Uint32Array(tree.count);
	for (let group = tree.count - 1; group >= 0; group--) {
		lines[group] = 1 + (isFolded(group) ? 0 : (tree.hasGroups(group) ? sumOf(tree.groupsIn(group), lines) : tree.sizes[group]));
	}

	/** Adds the lines of groups to a list, as far as they are within the range; places count from the first of these groups. */
	const collect = (groups: LazySort, from: number, to: number, list: OutlineLine[]): void => {
		let place = 0;
		for (let index = 0; index < groups.length && place < to; index += step) {
			for (const group of groups.range(index, Math.min(groups.length, index + step))) {
				if (place + lines[group] > from && place < to) {
					collectGroup(group, from - place, to - place, list);
				}

				place += lines[group];
			}
		}
	};

	const collectGroup = (group: number, from: number, to: number, list: OutlineLine[]): void => {
		if (from <= 0) {
			list.push({
				kind: 'group', group, tree, isFolded: isFolded(group),
			});
		}

		if (isFolded(group)) {
			return;
		}

		if (tree.hasGroups(group)) {
			collect(tree.sortedGroups(group), from - 1, to - 1, list);
			return;
		}

		for (const slot of tree.sortedSockets(group).range(Math.max(0, from - 1), Math.min(tree.sizes[group], to - 1))) {
			list.push({kind: 'socket', slot});
		}
	};

	const placeOfGroup = (group: number): number => {
		const parent = tree.parentOf(group);
		const start = parent === -1 ? 0 : placeOfGroup(parent);
		if (parent !== -1 && isFolded(parent)) {
			return start;
		}

		let place = start + (parent === -1 ? 0 : 1);
		for (const other of tree.groupsIn(parent === -1 ? undefined : parent)) {
			if (other !== group && tree.compareGroups(other, group) < 0) {
				place += lines[other];
			}
		}

		return place;
	};

	const headOf = (group: number): number => {
		const parent = tree.parentOf(group);
		return parent !== -1 && isFolded(parent) ? parent : group;
	};

	const compareGroups = (a: number, b: number): number => {
		const [rootA, rootB] = [rootOf(tree, a), rootOf(tree, b)];
		return rootA === rootB ? (a === b ? 0 : tree.compareGroups(a, b)) : tree.compareGroups(rootA, rootB);
	};

	const compare = (a: number, b: number): number => {
		const [groupA, groupB] = [tree.groupOf(a), tree.groupOf(b)];
		return groupA === groupB ? compareSockets(a, b) : compareGroups(groupA, groupB);
	};

	const isIn = (group: number, head: number): boolean => group === head || tree.parentOf(group) === head;

	const isPast = (slot: number, line: OutlineLine, direction: 1 | -1): boolean => {
		if (line.kind === 'socket') {
			return compare(slot, line.slot) * direction > 0;
		}

		const group = tree.groupOf(slot);
		if (isIn(group, line.group)) {
			return direction === 1 && !line.isFolded;
		}

		const other = tree.hasGroups(line.group) ? rootOf(tree, group) : group;
		return compareGroups(other, line.group) * direction > 0;
	};

	return {
		length: sumOf(tree.groupsIn(undefined), lines),
		range(from, to) {
			const list: OutlineLine[] = [];
			collect(tree.sortedGroups(undefined), from, to, list);
			return list;
		},
		placeOfSocket(slot) {
			const group = tree.groupOf(slot);
			if (group === -1) {
				return -1;
			}

			const head = headOf(group);
			return placeOfGroup(head) + (isFolded(head) ? 0 : 1 + tree.sortedSockets(group).placeOf(slot));
		},
		placeOfGroup,
		compare,
		isPast,
	};
};

const rootOf = (tree: GroupTree, group: number): number => {
	const parent = tree.parentOf(group);
	return parent === -1 ? group : parent;
};

const sumOf = (groups: Uint32Array, lines: Uint32Array): number => {
	let sum = 0;
	for (const group of groups) {
		sum += lines[group];
	}

	return sum;
};
