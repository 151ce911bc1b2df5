import {
	foldAll,
	foldGroup,
	openGroups,
	unfoldGroup,
	whyNoGroup,
	whyNoGroups,
} from '../../actions/grouping.js';
import {changeInterval, isGrouped, whyNoInterval} from '../../actions/sampling.js';
import {invertSort, moveSort} from '../../actions/sorting.js';
import type {BindingRecord} from '../../state/state.js';
import {isBrowsing} from './where.js';

/** Keys that sort and group the list. */
export const orderBindings: readonly BindingRecord[] = [
	{
		keys: ['<', ','], command: 'sortPrevious', description: 'Sort by the column to the left', group: 'Order', modes: isBrowsing, run: state => moveSort(state, -1),
	},
	{
		keys: ['>', '.'], command: 'sortNext', description: 'Sort by the column to the right', group: 'Order', modes: isBrowsing, run: state => moveSort(state, 1),
	},
	{
		keys: ['I'], command: 'invert', description: 'Reverse the order', group: 'Order', modes: isBrowsing, run: invertSort,
	},
	{
		keys: ['b'],
		command: 'openGroups',
		description: 'Choose what to group by: listener, process, local port, peer address, …; at most two levels',
		group: 'Group',
		modes: isBrowsing,
		run: openGroups,
		label: 'Group',
	},
	{
		keys: ['-'],
		command: 'foldGroup',
		description: 'Fold the group under the cursor',
		group: 'Group',
		modes: isBrowsing,
		run: foldGroup,
		isAboutRow: true,
		when: isGrouped,
		whyDisabled: whyNoGroup,
	},
	{
		keys: ['+'],
		command: 'unfoldGroup',
		description: 'Unfold the group under the cursor',
		group: 'Group',
		modes: isBrowsing,
		run: unfoldGroup,
		isAboutRow: true,
		when: isGrouped,
		whyDisabled: whyNoGroup,
	},
	{
		keys: ['*'], command: 'foldAll', description: 'Fold or unfold all groups', group: 'Group', modes: isBrowsing, run: foldAll, whyDisabled: whyNoGroups,
	},
	{
		keys: ['-'],
		command: 'shorterInterval',
		description: 'Sample more often; where nothing is grouped',
		group: 'Watch',
		modes: isBrowsing,
		run: state => changeInterval(state, -1),
		whyDisabled: whyNoInterval,
	},
	{
		keys: ['+'],
		command: 'longerInterval',
		description: 'Sample less often; where nothing is grouped',
		group: 'Watch',
		modes: isBrowsing,
		run: state => changeInterval(state, 1),
		whyDisabled: whyNoInterval,
	},
];
