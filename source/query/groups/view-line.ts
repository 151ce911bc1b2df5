import type {FieldContext} from '../../fields/model/field.js';
import type {GroupTree} from './group-tree.js';
import type {Grouped} from './grouper.js';
import {groupId, type OutlineLine} from './outline.js';

/** One line of the window. `groups` are the ids of the groups that contain it, the outermost first. */
export type ViewLine = GroupLine | {readonly kind: 'socket'; readonly slot: number; readonly groups: readonly number[]};

export type GroupLine = {
	readonly kind: 'group';
	/** Negative, and the same as long as the group has sockets. */
	readonly id: number;
	readonly groups: readonly number[];
	/** The name, not escaped yet. */
	readonly label: string;
	readonly isFolded: boolean;
	/** The slots of all its sockets, in no order. */
	readonly slots: Uint32Array;
};

/** Returns the id of the socket or group of a line. */
export const idOf = (line: OutlineLine, {table: {core}}: FieldContext): number => line.kind === 'socket' ? core.id[line.slot] : groupId(line.tree, line.group);

/** Converts a line of an outline for the answer. */
export const readLine = (line: OutlineLine, {tree, label}: Grouped): ViewLine => {
	if (line.kind === 'socket') {
		return {kind: 'socket', slot: line.slot, groups: tree === undefined ? [] : pathOf(tree, tree.groupOf(line.slot))};
	}

	const {group, isFolded} = line;
	return {
		kind: 'group',
		id: groupId(line.tree, group),
		groups: pathOf(line.tree, group).slice(0, -1),
		isFolded,
		label: label(group),
		slots: line.tree.allIn(group),
	};
};

/** Returns the ids of a group and of the group that contains it, outermost first. */
const pathOf = (tree: GroupTree, group: number): readonly number[] => {
	const parent = tree.parentOf(group);
	return [...parent === -1 ? [] : [groupId(tree, parent)], groupId(tree, group)];
};
