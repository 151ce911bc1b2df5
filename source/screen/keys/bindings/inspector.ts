import {whyNoEntry, whyNoFarInspection, whyNothingToInspect} from '../../actions/inspecting.js';
import type {Binding} from '../keys.js';

const back = 'Back to the list, with the cursor on the same socket';

/** Keys that open the inspector, and those in it that other modes do not have. */
export const inspectorBindings: readonly Binding[] = [
	{
		keys: ['enter'],
		command: 'inspect',
		isAboutRow: true,
		description: 'Inspect the socket under the cursor: all that is known of it',
		group: 'Inspect',
		modes: ['table'],
		label: 'Inspect',
		whyDisabled: whyNothingToInspect,
	},
	{
		keys: ['i'],
		command: 'inspectEntry',
		description: 'In the journal: inspect the socket of the entry, or what is known of it still',
		group: 'Inspect',
		modes: ['journal'],
		label: 'Inspect',
		isAboutRow: true,
		whyDisabled: whyNoEntry,
	},
	{
		keys: ['escape', 'q'], command: 'cancel', description: back, group: 'Inspect', modes: ['inspector'], label: 'Back',
	},
	{
		keys: ['enter'], command: 'accept', description: back, group: 'Inspect', modes: ['inspector'],
	},
	{
		keys: ['y'], command: 'copyValue', description: 'Copy the value under the cursor to the clipboard (OSC 52)', group: 'Inspect', modes: ['inspector'], label: 'Copy',
	},
	{
		keys: ['left', '['], command: 'inspectPrevious', description: 'Inspect the previous socket of the list', group: 'Inspect', modes: ['inspector'], label: 'Previous',
	},
	{
		keys: ['right', ']'], command: 'inspectNext', description: 'Inspect the next socket of the list', group: 'Inspect', modes: ['inspector'], label: 'Next',
	},
	{
		keys: ['tab'], command: 'nextSection', description: 'To the next section', group: 'Inspect', modes: ['inspector'], label: 'Section',
	},
	{
		keys: ['shift+tab'], command: 'previousSection', description: 'To the section before', group: 'Inspect', modes: ['inspector'],
	},
	{
		keys: ['o'],
		command: 'inspectFarEnd',
		description: 'Inspect the other end of the connection, if it is on this machine',
		group: 'Inspect',
		modes: ['inspector'],
		label: 'Other end',
		whyDisabled: whyNoFarInspection,
	},
];
