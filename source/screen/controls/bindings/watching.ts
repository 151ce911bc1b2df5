import {toggleAlert, whyNoAlert} from '../../actions/alerting.js';
import {openCopies, whyNothingToCopy} from '../../actions/copying.js';
import {setMark, toggleDifference, toggleNew} from '../../actions/marking.js';
import {narrow} from '../../actions/narrowing.js';
import {toggleRecording, whyNotRecording} from '../../actions/recording.js';
import type {BindingRecord} from '../../state/state.js';
import {isBrowsing, sockets, isViewing} from './where.js';

/** Keys that pause, set a mark, compare with it, and change how sockets are written. */
export const pauseBindings: readonly BindingRecord[] = [
	{
		keys: ['p', 'Z'],
		command: 'pause',
		description: 'Pause or resume',
		group: 'Watch',
		modes: isViewing,
		run: state => ({...state, isPaused: !state.isPaused}),
		label: 'Pause',
	},
];

export const markBindings: readonly BindingRecord[] = [
	{
		keys: ['m'], command: 'mark', description: 'Set a mark at this moment; “new” in a filter then means opened since', group: 'Watch', modes: isBrowsing, run: setMark, label: 'Mark',
	},
	{
		keys: ['M'], command: 'toggleNew', description: 'Show only sockets that are new since the mark, or all; sets a mark if there is none', group: 'Watch', modes: isBrowsing, run: toggleNew,
	},
	{
		keys: ['d'],
		command: 'toggleDifference',
		description: 'Show only what opened, closed or grew since the mark, or all; sets a mark if there is none',
		group: 'Watch',
		modes: sockets,
		run: toggleDifference,
		label: 'Difference',
	},
	{
		keys: ['n'],
		command: 'toggleNames',
		description: 'Show host and service names, or numbers',
		group: 'Watch',
		modes: isBrowsing,
		run: state => ({...state, areNamesSwitched: !state.areNamesSwitched}),
		label: 'Names',
	},
	{
		keys: ['O'],
		command: 'toggleConnections',
		description: 'One row per connection with both endpoints on this machine, or one per socket',
		group: 'Watch',
		modes: isBrowsing,
		run: state => narrow(state, {areConnectionsSwitched: !state.areConnectionsSwitched}),
		label: 'One row',
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
		keys: ['a'],
		command: 'toggleAlert',
		description: 'Alert: call when a new socket matches the filter, port, states or problems shown; without any, for new ESTAB connections; again ends it',
		group: 'Watch',
		modes: isViewing,
		run: toggleAlert,
		label: 'Alert',
		whyDisabled: whyNoAlert,
	},
	{
		keys: ['R'],
		command: 'toggleRecording',
		description: 'Start or stop recording what is sampled, as conntop record does',
		group: 'Watch',
		modes: isViewing,
		run: toggleRecording,
		label: 'Record',
		whyDisabled: whyNotRecording,
	},
	{
		keys: ['L'],
		command: 'toggleReader',
		description: 'Switch between the screen and lines of text for screen readers',
		group: 'Watch',
		modes: isViewing,
		run: state => ({...state, isReaderSwitched: !state.isReaderSwitched}),
	},
];
