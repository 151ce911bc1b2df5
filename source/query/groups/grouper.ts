import type {FieldContext} from '../../fields/model/field.js';
import {compareByLevels} from '../order/level.js';
import type {Folded, Query} from '../query.js';
import type {Selection} from '../order/selection.js';
import {createGroupTree, type GroupTree} from './group-tree.js';
import {groupings, type BoundGrouping} from './groupings.js';
import {createInterner} from './interner.js';
import {createOutline, type Outline} from './outline.js';
import {flatOutline} from './flat-outline.js';

/** The lines of a selection, and the groups that some of them are heads of. */
export type Grouped = {
	readonly outline: Outline;
	readonly tree?: GroupTree;
	/** Returns the name of a group, which is not escaped yet. */
	readonly label: (group: number) => string;
};

/**
Maximum number of interned numbers. When it is exceeded, all are dropped before the next sample, together with what is folded: millions of hosts would fill the
memory.
*/
const maxNumbers = 1_000_000;

type BuiltTree = {readonly tree: GroupTree; readonly levels: readonly BoundGrouping[]};

/** What the cached groups were made from. */
type CachedGroups = {
	readonly selection: Selection;
	readonly by: string;
	/** Absent without groupings. */
	readonly built?: BuiltTree;
	readonly folded: string;
	readonly grouped: Grouped;
};

/** Makes a function that groups selections as queries request. Trees are kept until the selection or the groupings change, outlines until a group is folded. */
export const createGrouper = (): ((query: Query, context: FieldContext, selection: Selection) => Grouped) => {
	let interner = createInterner();
	let last: CachedGroups | undefined;

	const buildTree = ({sort}: Query, context: FieldContext, selection: Selection, by: readonly string[]): BuiltTree | undefined => {
		const isFrozen = last?.by === by.join(',') && last.selection.order === selection.order;
		const before = isFrozen ? last?.built?.tree : undefined;
		if (interner.size > maxNumbers && before === undefined) {
			interner = createInterner();
		}

		const levels = groupings.flatMap((grouping, root) => by.includes(grouping.id) ? [{place: by.indexOf(grouping.id), grouping, root}] : [])
			.toSorted((a, b) => a.place - b.place)
			.map(({grouping, root}) => grouping.bind(context, interner, root));
		const [outer, inner] = levels;
		if (levels.length === 0) {
			return undefined;
		}

		const tree = createGroupTree(context, {
			selection, sort, levels: inner === undefined ? [outer] : [outer, inner], interner, before,
		});
		return {tree, levels};
	};

	const buildOutline = ({tree, levels}: BuiltTree, folded: Folded, selection: Selection): Grouped => ({
		outline: createOutline(tree, folded, compareByLevels(selection.levels)),
		tree,
		label(group) {
			const isOuter = tree.hasGroups(group) || levels.length === 1;
			return levels[isOuter ? 0 : 1].label(tree.memberOf(group));
		},
	});

	return (query, context, selection) => {
		const {by, folded} = query.groups ?? {by: [], folded: {all: false, except: []}};
		const [wanted, foldedText] = [by.join(','), JSON.stringify(folded)];
		const isSameTree = last?.selection === selection && last.by === wanted;
		if (last !== undefined && isSameTree && last.folded === foldedText) {
			return last.grouped;
		}

		const built = isSameTree ? last?.built : buildTree(query, context, selection, by);
		const grouped = built === undefined ? {outline: flatOutline(selection), label: () => ''} : buildOutline(built, folded, selection);
		last = {
			selection, by: wanted, ...(built && {built}), folded: foldedText, grouped,
		};
		return grouped;
	};
};
