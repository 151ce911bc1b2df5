import type {World} from '../../fields/model/field.js';
import {compareByLevels} from '../order/level.js';
import type {Folded, Query} from '../query.js';
import type {Selection} from '../order/selection.js';
import {createGroupTree, type GroupTree} from './group-tree.js';
import {groupings, type BoundGrouping} from './groupings.js';
import {createInterner} from './interner.js';
import {createOutline, type Outline} from './outline.js';
import {flatOutline} from './flat-outline.js';

/** A selection in lines, and the groups that some of them are heads of. */
export type Grouped = {
	readonly outline: Outline;
	readonly tree?: GroupTree;
	/** What a group is called; foreign text. */
	readonly label: (group: number) => string;
};

/**
Numbers of groups that are remembered. Beyond, they are forgotten before the next sample, and with them what was folded: hosts by the million would fill the
memory.
*/
const mostNumbers = 1_000_000;

type Planted = {readonly tree: GroupTree; readonly levels: readonly BoundGrouping[]};

/** What a tree was made for. */
type Made = {
	readonly selection: Selection;
	readonly by: string;
	/** Absent without groupings. */
	readonly planted?: Planted;
	readonly folded: string;
	readonly grouped: Grouped;
};

/** Groups selections as queries ask for it. Trees are kept as long as neither the selection nor the groupings changed, outlines until a group is folded. */
export const createGrouper = (): ((query: Query, world: World, selection: Selection) => Grouped) => {
	let interner = createInterner();
	let last: Made | undefined;

	const plant = ({sort}: Query, world: World, selection: Selection, by: readonly string[]): Planted | undefined => {
		const isFrozen = last?.by === by.join(',') && last.selection.order === selection.order;
		const before = isFrozen ? last?.planted?.tree : undefined;
		if (interner.size > mostNumbers && before === undefined) {
			interner = createInterner();
		}

		const levels = groupings.flatMap((grouping, root) => by.includes(grouping.id) ? [{place: by.indexOf(grouping.id), grouping, root}] : [])
			.toSorted((a, b) => a.place - b.place)
			.map(({grouping, root}) => grouping.bind(world, interner, root));
		const [outer, inner] = levels;
		if (levels.length === 0) {
			return undefined;
		}

		const tree = createGroupTree(world, {
			selection, sort, levels: inner === undefined ? [outer] : [outer, inner], interner, before,
		});
		return {tree, levels};
	};

	const lay = ({tree, levels}: Planted, folded: Folded, selection: Selection): Grouped => ({
		outline: createOutline(tree, folded, compareByLevels(selection.levels)),
		tree,
		label(group) {
			const isOuter = tree.hasGroups(group) || levels.length === 1;
			return levels[isOuter ? 0 : 1].label(tree.memberOf(group));
		},
	});

	return (query, world, selection) => {
		const {by, folded} = query.groups ?? {by: [], folded: {all: false, except: []}};
		const [wanted, foldedText] = [by.join(','), JSON.stringify(folded)];
		const isSameTree = last?.selection === selection && last.by === wanted;
		if (last !== undefined && isSameTree && last.folded === foldedText) {
			return last.grouped;
		}

		const planted = isSameTree ? last?.planted : plant(query, world, selection, by);
		const grouped = planted === undefined ? {outline: flatOutline(selection), label: () => ''} : lay(planted, folded, selection);
		last = {
			selection, by: wanted, ...(planted && {planted}), folded: foldedText, grouped,
		};
		return grouped;
	};
};
