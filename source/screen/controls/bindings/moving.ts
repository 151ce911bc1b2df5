import {whyNoFarEnd} from '../../actions/far-end.js';
import {foldGroup, isAtHead, unfoldGroup} from '../../actions/grouping.js';
import {
	moveCursorOf,
	moveDown,
	movePage,
	moveToEnd,
	moveUp,
} from '../../actions/moving.js';
import {scrollColumns} from '../../actions/scrolling-columns.js';
import type {BindingRecord} from '../../state/state.js';
import {
	canScroll,
	hasLetterKeys,
	isBrowsing,
	sockets,
} from './where.js';

/** Keys that move the cursor, or whatever the mode scrolls. */
export const movingBindings: readonly BindingRecord[] = [
	{
		keys: ['up'], command: 'up', description: 'One row up', group: 'Move', modes: canScroll, run: moveUp,
	},
	{
		keys: ['k'], command: 'up', description: 'One row up', group: 'Move', modes: hasLetterKeys, run: moveUp,
	},
	{
		keys: ['down'], command: 'down', description: 'One row down', group: 'Move', modes: canScroll, run: moveDown,
	},
	{
		keys: ['j'], command: 'down', description: 'One row down', group: 'Move', modes: hasLetterKeys, run: moveDown,
	},
	{
		keys: ['pageup'], command: 'pageUp', description: 'One page up', group: 'Move', modes: canScroll, run: state => movePage(state, -1),
	},
	{
		keys: ['pagedown'], command: 'pageDown', description: 'One page down', group: 'Move', modes: canScroll, run: state => movePage(state, 1),
	},
	{
		keys: ['home'], command: 'first', description: 'To the first row', group: 'Move', modes: canScroll, run: state => moveToEnd(state, 'first'),
	},
	{
		keys: ['g'], command: 'first', description: 'To the first row', group: 'Move', modes: hasLetterKeys, run: state => moveToEnd(state, 'first'),
	},
	{
		keys: ['end'], command: 'last', description: 'To the last row', group: 'Move', modes: canScroll, run: state => moveToEnd(state, 'last'),
	},
	{
		keys: ['G'], command: 'last', description: 'To the last row', group: 'Move', modes: hasLetterKeys, run: state => moveToEnd(state, 'last'),
	},
	{
		keys: ['left'],
		command: 'columnsLeft',
		description: 'Columns at the left come back; in groups, fold the one under the cursor',
		group: 'Move',
		modes: isBrowsing,
		run: state => state.scrolled === 0 && state.groups !== undefined ? foldGroup(state) : scrollColumns(state, -1),
		isAboutRow: true,
	},
	{
		keys: ['right'],
		command: 'columnsRight',
		description: 'To the columns that have no room; at the head of a folded group, unfold it',
		group: 'Move',
		modes: isBrowsing,
		run: state => isAtHead(state, true) ? unfoldGroup(state) : scrollColumns(state, 1),
		isAboutRow: true,
	},
	{
		keys: ['o'],
		command: 'farEnd',
		description: 'To the other end of the connection, if it is on this machine',
		group: 'Move',
		modes: sockets,
		run: state => moveCursorOf(state, {kind: 'farEnd'}),
		label: 'Other end',
		isAboutRow: true,
		whyDisabled: whyNoFarEnd,
	},
];
