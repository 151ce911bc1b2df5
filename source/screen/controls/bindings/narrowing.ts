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

/** Keys that narrow the list by port. */
export const portBindings: readonly BindingRecord[] = [
	{
		keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
		shown: '0-9',
		command: 'portDigit',
		description: 'Show only ports that begin with these digits, local or peer',
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
		description: 'Show only sockets with problems, or all; works everywhere',
		group: 'Narrow',
		modes: isViewing,
		run: showProblems,
		label: 'Problems',
		footerRank: 6,
	},
	{
		keys: ['l'],
		command: 'toggleListening',
		description: 'Show only listening sockets (LISTEN, UNCONN), or all states',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleStates(state, listeningStates),
		label: 'Listen',
	},
	{
		keys: ['e'],
		command: 'toggleEstablished',
		description: 'Show only established sockets (ESTAB), or all states',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleStates(state, establishedStates),
		label: 'Estab',
		footerRank: 2,
	},
	{
		keys: ['t'],
		command: 'toggleTcp',
		description: 'Show or hide TCP; if nothing is left, shows UDP',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.tcp),
		label: 'TCP',
	},
	{
		keys: ['u'],
		command: 'toggleUdp',
		description: 'Show or hide UDP; if nothing is left, shows TCP',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.udp),
		label: 'UDP',
	},
	{
		keys: ['U'],
		command: 'toggleUnix',
		description: 'Show or hide UNIX sockets',
		group: 'Narrow',
		modes: isBrowsing,
		run: state => toggleProtocols(state, protocolTables.unix),
		label: 'UNIX',
	},
	{
		keys: ['f'],
		command: 'openFamilies',
		description: 'Choose which families to show: UNIX, raw, packet, netlink, MPTCP, …',
		group: 'Narrow',
		modes: isBrowsing,
		run: openFamilies,
		label: 'Families',
	},
];

/** Keys that remove restrictions. */
export const wideningBindings: readonly BindingRecord[] = [
	{
		keys: ['backspace'],
		command: 'erase',
		description: 'Delete the last digit of the port',
		group: 'Narrow',
		modes: isBrowsing,
		run: erasePortDigit,
		whyDisabled: ({port}) => port === undefined ? 'No port to delete: type digits to give one' : undefined,
		isFixed: true,
	},
	{
		keys: ['escape'],
		...cancel,
		description: 'Clear one thing at a time: port, search, filter, toggles, limit to the mark, then order, cursor, mark',
		group: 'Narrow',
		modes: ['table'],
		run: widen,
	},
];

/** Keys that go to the matches of the search. */
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
