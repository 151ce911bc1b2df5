import {turnGroup} from '../../actions/grouping.js';
import {
	closeInspector,
	copyValue,
	inspectEntry,
	inspectFarEnd,
	inspectNeighbour,
	openInspector,
	whyNoEntry,
	whyNoFarInspection,
	whyNothingToInspect,
} from '../../actions/inspecting.js';
import {moveSection} from '../../actions/moving-inspector.js';
import type {BindingRecord} from '../../state/state.js';
import {accept, cancel} from './general.js';

const back = 'Return to the list, with the cursor on the same socket';

/** Keys that open the inspector, and keys that exist only in the inspector. */
export const inspectorBindings: readonly BindingRecord[] = [
	{
		keys: ['enter'],
		command: 'inspect',
		isAboutRow: true,
		description: 'Inspect the socket under the cursor: show everything known about it; fold or unfold a group',
		group: 'Inspect',
		modes: ['table'],
		run: state => turnGroup(state) ?? openInspector(state),
		label: 'Inspect',
		whyDisabled: whyNothingToInspect,
	},
	{
		keys: ['enter', 'i'],
		command: 'inspectEntry',
		description: 'In the journal: inspect the socket of the entry, even if it has closed',
		group: 'Inspect',
		modes: ['journal'],
		run: inspectEntry,
		label: 'Inspect',
		isAboutRow: true,
		whyDisabled: whyNoEntry,
	},
	{
		keys: ['escape', 'q'], ...cancel, description: back, group: 'Inspect', modes: ['inspector'], run: closeInspector, label: 'Back',
	},
	{
		keys: ['enter'], ...accept, description: back, group: 'Inspect', modes: ['inspector'], run: closeInspector,
	},
	{
		keys: ['y'],
		command: 'copyValue',
		description: 'Copy the value under the cursor to the clipboard (OSC 52)',
		group: 'Inspect',
		modes: ['inspector'],
		run: copyValue,
		label: 'Copy',
	},
	{
		keys: ['left', '['],
		command: 'inspectPrevious',
		description: 'Inspect the previous socket of the list',
		group: 'Inspect',
		modes: ['inspector'],
		run: state => inspectNeighbour(state, -1),
		label: 'Previous',
	},
	{
		keys: ['right', ']'],
		command: 'inspectNext',
		description: 'Inspect the next socket of the list',
		group: 'Inspect',
		modes: ['inspector'],
		run: state => inspectNeighbour(state, 1),
		label: 'Next',
	},
	{
		keys: ['tab'],
		command: 'nextSection',
		description: 'Go to the next section',
		group: 'Inspect',
		modes: ['inspector'],
		run: state => moveSection(state, 1),
		label: 'Section',
	},
	{
		keys: ['shift+tab'],
		command: 'previousSection',
		description: 'Go to the previous section',
		group: 'Inspect',
		modes: ['inspector'],
		run: state => moveSection(state, -1),
	},
	{
		keys: ['o'],
		command: 'inspectFarEnd',
		description: 'Inspect the socket at the other end, if it is on this machine',
		group: 'Inspect',
		modes: ['inspector'],
		run: inspectFarEnd,
		label: 'Other end',
		whyDisabled: whyNoFarInspection,
	},
];
