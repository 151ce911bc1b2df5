/** A tree of groups as lines: the head of each group, and below it its contents unless it is folded. */
import type {LazySort} from '../order/lazy-sort.js';
import type {Folded} from '../query.js';
import type {GroupTree} from './group-tree.js';

/** One line: the head of a group, or a socket. */
export type OutlineLine =
	| {readonly kind: 'group'; readonly group: number; readonly tree: GroupTree; readonly isFolded: boolean}
	| {readonly kind: 'socket'; readonly slot: number};

export type Outline = {
	/** Number of lines. */
	readonly length: number;
	/** Returns the lines from index `from` to before `to`, both within the length. */
	readonly range: (from: number, to: number) => readonly OutlineLine[];
	/** Returns the index of a socket's line; if it is folded, of the head that hides it; -1 if its group is gone. */
	readonly indexOfSocket: (slot: number) => number;
	/** Returns the index of a group's head; if it is folded, of the head that hides it. */
	readonly indexOfGroup: (group: number) => number;
	/** Compares two sockets in the outline with nothing folded. */
	readonly compare: (a: number, b: number) => number;
	/** Whether a socket comes after (1) or before (-1) a line. A head is before everything in its group; a folded socket is at its head. */
	readonly isPast: (slot: number, line: OutlineLine, direction: 1 | -1) => boolean;
};

/** Returns the id of a group's row; it is negative, and ids of sockets are positive. */
export const groupId = ({numbers}: GroupTree, group: number): number => -numbers[group];

/** Returns the group whose row has an id, or -1. */
export const groupWithId = (tree: GroupTree, id: number): number => id < 0 ? tree.find(-id) : -1;

/** Number of groups whose lines are collected together. */
const step = 64;

/**
Makes the outline of a tree.

@param compareSockets The order of sockets in a group.
*/
export const createOutline = (tree: GroupTree, {all, except}: Folded, compareSockets: (a: number, b: number) => number): Outline => {
	const exceptions = new Set(except.map(id => groupWithId(tree, id)));
	const isFolded = (group: number): boolean => exceptions.has(group) !== all;
	/** Number of lines of each group, including its head. The second level comes last in the array and is computed first. */
	const lines = new Uint32Array(tree.count);
	for (let group = tree.count - 1; group >= 0; group--) {
		lines[group] = 1 + (isFolded(group) ? 0 : (tree.hasGroups(group) ? sumOf(tree.groupsIn(group), lines) : tree.sizes[group]));
	}

	/** Appends the lines of groups that are within the range to a list; indexes count from the first of these groups. */
	const collect = (groups: LazySort, from: number, to: number, list: OutlineLine[]): void => {
		let line = 0;
		for (let index = 0; index < groups.length && line < to; index += step) {
			for (const group of groups.range(index, Math.min(groups.length, index + step))) {
				if (line + lines[group] > from && line < to) {
					collectGroup(group, from - line, to - line, list);
				}

				line += lines[group];
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

	const indexOfGroup = (group: number): number => {
		const parent = tree.parentOf(group);
		const start = parent === -1 ? 0 : indexOfGroup(parent);
		if (parent !== -1 && isFolded(parent)) {
			return start;
		}

		let index = start + (parent === -1 ? 0 : 1);
		for (const other of tree.groupsIn(parent === -1 ? undefined : parent)) {
			if (other !== group && tree.compareGroups(other, group) < 0) {
				index += lines[other];
			}
		}

		return index;
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
		indexOfSocket(slot) {
			const group = tree.groupOf(slot);
			if (group === -1) {
				return -1;
			}

			const head = headOf(group);
			return indexOfGroup(head) + (isFolded(head) ? 0 : 1 + tree.sortedSockets(group).indexOf(slot));
		},
		indexOfGroup,
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
