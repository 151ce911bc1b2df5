import {openCopies, whyNothingToCopy} from '../../actions/copying.js';
import {setMark, toggleDifference, toggleNew} from '../../actions/marking.js';
import type {BindingRecord} from '../../state/state.js';
import {isBrowsing, sockets, isViewing} from './where.js';

/** Keys that pause, compare with a moment, and change how sockets are written. */
export const pauseBindings: readonly BindingRecord[] = [
	{
		keys: ['p', 'Z'],
		command: 'pause',
		description: 'Pause, and go on',
		group: 'Watch',
		modes: isViewing,
		run: state => ({...state, isPaused: !state.isPaused}),
		label: 'Pause',
	},
];

export const markBindings: readonly BindingRecord[] = [
	{
		keys: ['m'], command: 'mark', description: 'Mark this moment: “new” in a filter then means since', group: 'Watch', modes: isBrowsing, run: setMark, label: 'Mark',
	},
	{
		keys: ['M'], command: 'toggleNew', description: 'Only what is new since the mark, or all; marks where nothing is', group: 'Watch', modes: isBrowsing, run: toggleNew,
	},
	{
		keys: ['d'],
		command: 'toggleDifference',
		description: 'Only what was opened, closed or has grown since the mark, or all; marks where nothing is',
		group: 'Watch',
		modes: sockets,
		run: toggleDifference,
		label: 'Difference',
	},
	{
		keys: ['n'],
		command: 'toggleNames',
		description: 'Names of hosts and services in place of numbers, or numbers again',
		group: 'Watch',
		modes: isBrowsing,
		run: state => ({...state, areNamesSwitched: !state.areNamesSwitched}),
		label: 'Names',
	},
	{
		keys: ['y'],
		command: 'openCopies',
		description: 'Copy the row, its protocol and endpoints, or a filter for it to the clipboard (OSC 52)',
		group: 'Watch',
		modes: isBrowsing,
		run: openCopies,
		label: 'Copy',
		isAboutRow: true,
		whyDisabled: whyNothingToCopy,
	},
	{
		keys: ['L'],
		command: 'toggleReader',
		description: 'Lines of text in place of the screen, for screen readers, or the screen again',
		group: 'Watch',
		modes: isViewing,
		run: state => ({...state, isReaderSwitched: !state.isReaderSwitched}),
	},
];
