import {
	acceptMoment,
	isPlaying,
	openMoment,
	play,
	requestMoment,
	stopPlaying,
} from '../../actions/looking.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel, leave} from './general.js';
import {isBrowsing, isViewing} from './where.js';

const minute = 60_000;

/** Keys that look back. */
export const lookingBindings: readonly BindingRecord[] = [
	{
		keys: ['('], command: 'sampleBack', description: 'Show the previous sample', group: 'Look back', modes: isViewing, run: state => requestMoment(state, {kind: 'sample', by: -1}), label: 'Back',
	},
	{
		keys: [')'], command: 'sampleForward', description: 'Show the next sample', group: 'Look back', modes: isViewing, run: state => requestMoment(state, {kind: 'sample', by: 1}),
	},
	{
		keys: ['{'], command: 'minuteBack', description: 'Go back one minute', group: 'Look back', modes: isViewing, run: state => requestMoment(state, {kind: 'time', by: -minute}),
	},
	{
		keys: ['}'], command: 'minuteForward', description: 'Go forward one minute', group: 'Look back', modes: isViewing, run: state => requestMoment(state, {kind: 'time', by: minute}),
	},
	{
		keys: [':'],
		command: 'problemBack',
		description: 'Go back to the last new problem',
		group: 'Look back',
		modes: isViewing,
		run: state => requestMoment(state, {kind: 'next', what: 'problem', direction: -1}),
	},
	{
		keys: [';'],
		command: 'problemForward',
		description: 'Go forward to the next new problem',
		group: 'Look back',
		modes: isViewing,
		run: state => requestMoment(state, {kind: 'next', what: 'problem', direction: 1}),
	},
	{
		keys: ['"'],
		command: 'resetBack',
		description: 'Go back to the last reset or failed connection',
		group: 'Look back',
		modes: isViewing,
		run: state => requestMoment(state, {kind: 'next', what: 'reset', direction: -1}),
	},
	{
		keys: ['\''],
		command: 'resetForward',
		description: 'Go forward to the next reset or failed connection',
		group: 'Look back',
		modes: isViewing,
		run: state => requestMoment(state, {kind: 'next', what: 'reset', direction: 1}),
	},
	{
		keys: ['@'], command: 'openMoment', description: 'Go to a time: 03:12, yesterday 03:12, -3m', group: 'Look back', modes: isBrowsing, run: openMoment,
	},
	{
		keys: ['P'],
		command: 'play',
		description: 'Play on from the moment that is shown; again for 2, 5, 10 and 60 times as fast, then it stops',
		group: 'Look back',
		modes: isViewing,
		run: play,
		label: 'Play',
	},
	{
		keys: ['='],
		command: 'present',
		description: 'Return to the present; in a recording, to its end',
		group: 'Look back',
		modes: isViewing,
		run: state => requestMoment(state, {kind: 'now'}),
	},
];

/** Keys that are others while a recording plays. */
export const playingBindings: readonly BindingRecord[] = [
	{
		keys: ['p'], command: 'stopPlaying', description: 'While it plays: stop at this moment', inGeneral: 'Stop playing', group: 'Look back', modes: isViewing, run: stopPlaying, label: 'Stop', when: isPlaying,
	},
];

/** Keys of the line for a time. */
export const momentLineBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'], ...accept, description: 'Go to the time', group: 'Look back', modes: ['moment'], run: state => acceptMoment(state), label: 'Go',
	},
	{
		keys: ['escape'], ...cancel, description: 'Cancel going to a time', group: 'Look back', modes: ['moment'], run: leave, label: 'Cancel',
	},
];
