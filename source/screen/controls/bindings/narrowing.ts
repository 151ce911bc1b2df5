import {protocolTables} from '../../../table/columns/protocols.js';
import {openFamilies} from '../../actions/families.js';
import {
	addPortDigit,
	erasePortDigit,
	establishedStates,
	findMatch,
	isSearching,
	listeningStates,
	toggleProtocols,
	toggleStates,
	whyNothingToFind,
} from '../../actions/narrowing.js';
import {showProblems} from '../../actions/problems.js';
import {widen} from '../../actions/widening.js';
import type {BindingRecord} from '../../state/state.js';
import {cancel} from './general.js';
import {isBrowsing, isViewing} from './where.js';

/** Keys that narrow the list: by a port, by states and by kinds of sockets. */
export const portBindings: readonly BindingRecord[] = [
	{
		keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
		shown: '0-9',
		command: 'portDigit',
		description: 'Only ports that begin with these digits, local or remote',
		group: 'Narrow',
		modes: isBrowsing,
		run: addPortDigit,
		label: 'Port',
		footerRank: 1,
		isFixed: true,
	},
];

export const kindBindings: readonly BindingRecord[] = [
	{
		keys: ['!'],
		command: 'showProblems',
		description: 'Only sockets with problems, from everywhere; all again',
		group: 'Narrow',
		modes: isViewing,
		run: showProblems,
		label: 'Problems',
		footerRank: 6,
	},
	{
		keys: ['l'],
		command: 'toggleListening',
		description: 'Only what listens (LISTEN, UNCONN), or all states',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleStates(state, listeningStates),
		label: 'Listen',
	},
	{
		keys: ['e'],
		command: 'toggleEstablished',
		description: 'Only what is established (ESTAB), or all states',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleStates(state, establishedStates),
		label: 'Estab',
		footerRank: 2,
	},
	{
		keys: ['t'],
		command: 'toggleTcp',
		description: 'TCP on or off; if nothing is left, UDP comes on',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.tcp),
		label: 'TCP',
	},
	{
		keys: ['u'],
		command: 'toggleUdp',
		description: 'UDP on or off; if nothing is left, TCP comes on',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.udp),
		label: 'UDP',
	},
	{
		keys: ['U'],
		command: 'toggleUnix',
		description: 'UNIX sockets on or off',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.unix),
		label: 'UNIX',
	},
	{
		keys: ['f'],
		command: 'openFamilies',
		description: 'Choose what is shown: UNIX, raw, packet, netlink, MPTCP and other sockets',
		group: 'Narrow',
		modes: isBrowsing,
		run: openFamilies,
		label: 'Families',
	},
];

/** Keys that show more again. */
export const wideningBindings: readonly BindingRecord[] = [
	{
		keys: ['backspace'],
		command: 'erase',
		description: 'Take back the last digit of the port',
		group: 'Narrow',
		modes: isBrowsing,
		run: erasePortDigit,
		whyDisabled: ({port}) => port === undefined ? 'No port to take back: digits give one' : undefined,
		isFixed: true,
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'Take back one thing: port, search, filter, toggles, what the mark hides, then the order, cursor and mark',
		group: 'Narrow',
		modes: ['table'],
		run: widen,
	},
];

/** Keys that go to what the search finds. */
export const matchBindings: readonly BindingRecord[] = [
	{
		keys: [']'], command: 'nextMatch', description: 'Next match', group: 'Find', modes: isBrowsing, run: state => findMatch(state, 1), whyDisabled: whyNothingToFind,
	},
	{
		keys: ['[', 'N'], command: 'previousMatch', description: 'Previous match', group: 'Find', modes: isBrowsing, run: state => findMatch(state, -1), whyDisabled: whyNothingToFind,
	},
	{
		keys: ['n'],
		command: 'nextMatch',
		description: 'While a search is on: next match',
		inGeneral: 'Next match',
		group: 'Find',
		modes: isBrowsing,
		run: state => findMatch(state, 1),
		label: 'Next',
		when: isSearching,
	},
];
