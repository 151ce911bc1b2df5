import {acceptCopy} from '../../actions/copying.js';
import {toggleFamily} from '../../actions/families.js';
import {toggleGrouping} from '../../actions/grouping.js';
import {acceptSort} from '../../actions/sorting.js';
import type {BindingRecord} from '../../state/state.js';
import {
	accept,
	cancel,
	leave,
	toggle,
} from './general.js';

const showFamily = 'In the family menu: show or hide these sockets';
const groupByThis = 'In the group menu: add this level of grouping, or remove it';

/** Keys of the sort, family, group and copy menus. */
export const menuBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'], ...accept, description: 'In the sort menu: sort by this column', group: 'Order', modes: ['sort'], run: acceptSort, label: 'Sort',
	},
	{
		keys: ['escape', 'q'], ...cancel, leaves: 'openSort', description: 'In the sort menu: cancel', group: 'Order', modes: ['sort'], run: leave, label: 'Cancel',
	},
	{
		keys: ['space'], ...toggle, description: showFamily, group: 'Narrow', modes: ['families'], run: toggleFamily, label: 'Toggle',
	},
	{
		keys: ['enter'], ...accept, description: showFamily, group: 'Narrow', modes: ['families'], run: toggleFamily,
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openFamilies',
		description: 'In the family menu: close it',
		group: 'Narrow',
		modes: ['families'],
		run: leave,
		label: 'Back',
	},
	{
		keys: ['space'], ...toggle, description: groupByThis, group: 'Group', modes: ['groups'], run: toggleGrouping, label: 'Toggle',
	},
	{
		keys: ['enter'], ...accept, description: groupByThis, group: 'Group', modes: ['groups'], run: toggleGrouping,
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openGroups',
		description: 'In the group menu: close it',
		group: 'Group',
		modes: ['groups'],
		run: leave,
		label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: 'In the copy menu: copy this', group: 'Watch', modes: ['copy'], run: acceptCopy, label: 'Copy',
	},
	{
		keys: ['escape', 'q'],
		...cancel,
		leaves: 'openCopies',
		description: 'In the copy menu: cancel',
		group: 'Watch',
		modes: ['copy'],
		run: leave,
		label: 'Cancel',
	},
];
