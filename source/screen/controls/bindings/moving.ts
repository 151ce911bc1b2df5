import {whyNoOtherEnd} from '../../actions/other-end.js';
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

/** Keys that move the cursor or scroll the page. */
export const movingBindings: readonly BindingRecord[] = [
	{
		keys: ['up'], command: 'up', description: 'Move up one row', group: 'Move', modes: canScroll, run: moveUp,
	},
	{
		keys: ['k'], command: 'up', description: 'Move up one row', group: 'Move', modes: hasLetterKeys, run: moveUp,
	},
	{
		keys: ['down'], command: 'down', description: 'Move down one row', group: 'Move', modes: canScroll, run: moveDown,
	},
	{
		keys: ['j'], command: 'down', description: 'Move down one row', group: 'Move', modes: hasLetterKeys, run: moveDown,
	},
	{
		keys: ['pageup'], command: 'pageUp', description: 'Move up one page', group: 'Move', modes: canScroll, run: state => movePage(state, -1),
	},
	{
		keys: ['pagedown'], command: 'pageDown', description: 'Move down one page', group: 'Move', modes: canScroll, run: state => movePage(state, 1),
	},
	{
		keys: ['home'], command: 'first', description: 'Go to the first row', group: 'Move', modes: canScroll, run: state => moveToEnd(state, 'first'),
	},
	{
		keys: ['g'], command: 'first', description: 'Go to the first row', group: 'Move', modes: hasLetterKeys, run: state => moveToEnd(state, 'first'),
	},
	{
		keys: ['end'], command: 'last', description: 'Go to the last row', group: 'Move', modes: canScroll, run: state => moveToEnd(state, 'last'),
	},
	{
		keys: ['G'], command: 'last', description: 'Go to the last row', group: 'Move', modes: hasLetterKeys, run: state => moveToEnd(state, 'last'),
	},
	{
		keys: ['left'],
		command: 'columnsLeft',
		description: 'Scroll the columns left; in groups, fold the group under the cursor',
		group: 'Move',
		modes: isBrowsing,
		run: state => state.scrolled === 0 && state.groups !== undefined ? foldGroup(state) : scrollColumns(state, -1),
		isAboutRow: true,
	},
	{
		keys: ['right'],
		command: 'columnsRight',
		description: 'Scroll the columns right; on a folded group, unfold it',
		group: 'Move',
		modes: isBrowsing,
		run: state => isAtHead(state, true) ? unfoldGroup(state) : scrollColumns(state, 1),
		isAboutRow: true,
	},
	{
		keys: ['o'],
		command: 'farEnd',
		description: 'Go to the socket at the other end, if it is on this machine',
		group: 'Move',
		modes: sockets,
		run: state => moveCursorOf(state, {kind: 'otherEnd'}),
		label: 'Other end',
		isAboutRow: true,
		whyDisabled: whyNoOtherEnd,
	},
];
