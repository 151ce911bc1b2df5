/** Chips in the header for everything that hides sockets, and for the search. */
import {defaultProtocols} from '../../table/columns/protocols.js';
import {stateName} from '../../table/columns/states.js';
import {escapeText} from '../../text/escape.js';
import type {Segment, Style} from '../../text/paint.js';
import {cutEnd, cutStart} from '../../text/width.js';
import {findGrouping} from '../../query/groups/groupings.js';
import {families, isFamilyShown} from '../actions/families.js';
import {rowKindOf} from '../actions/grouping.js';
import {isSinceMark, markRelation, markText} from '../actions/marking.js';
import {areStatesShown, establishedStates, listeningStates} from '../actions/narrowing.js';
import {piece} from '../look/segments.js';
import type {State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {areConnectionsShown} from '../state/choice-slice.js';
import {answerOf, problemOf} from '../state/answer-slice.js';

const maxTextWidth = 32;

/** Whether any filter hides sockets. */
export const isNarrowed = ({filter, port, classes, mark}: State): boolean =>
	filter !== '' || port !== undefined || classes.problems === true || classes.states.length > 0 || classes.families.length > 0 || isSinceMark({mark})
	|| defaultProtocols.some(name => !classes.protocols.includes(name));

/** The segments of each chip. */
export const chips = (state: State, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const {classes, port, filter, search, groups, journal, tagged, view, alert, called} = state;
	const chip = (text: string, style = theme.chip): readonly Segment[] => [piece(theme.level === 'none' ? `[${text}]` : ` ${text} `, style)];
	const protocols = families
		.filter(family => isFamilyShown(state, family) || hasSwitch(family))
		.map(family => isFamilyShown(state, family) ? [piece(family.title, theme.strong)] : chip(`${family.title} off`));
	const mark = markText(state);
	const versions = classes.families.map(family => chip(family === 2 ? 'IPv4' : 'IPv6'));
	const found = view?.found === undefined ? '' : `: ${view.found === 0 ? 'none' : view.found}`;
	return [
		...(journal === undefined ? [] : [chip(journal.socket === undefined ? 'journal' : 'journal of one socket')]),
		...recordingChip(state, theme, chip),
		...(alert === undefined ? [] : [chip(`alert ${cutEnd(escapeText(alert.about), maxTextWidth)}${called.count === 0 ? '' : `: ${called.count} new`}`, called.count === 0 ? theme.chip : theme.alert)]),
		...protocols,
		...versions,
		...(areConnectionsShown(state) ? [chip('one row per connection')] : []),
		...(mark === undefined ? [] : [state.mark?.shown === 'all' ? [piece(mark, theme.strong)] : chip(mark)]),
		...(classes.problems === true && journal === undefined ? [chip('problems', theme.alert)] : []),
		...(classes.states.length === 0 ? [] : [chip(statesText(state))]),
		...(port === undefined ? [] : [chip(port.exact ? `port ${port.digits}` : `port ${port.digits}…`)]),
		...(filter === '' ? [] : [chip(`filter ${cutEnd(escapeText(filter), maxTextWidth)}`, problemOf(state) === undefined ? theme.chip : theme.alert)]),
		...(tagged.length === 0 || journal !== undefined ? [] : [chip(`${tagged.length} tagged`, theme.alert)]),
		...(groups === undefined ? [] : [chip(`by ${groups.by.map(id => findGrouping(id, rowKindOf(state))?.title.toLowerCase() ?? id).join(', ')}`)]),
		...(search === '' ? [] : [chip(`search ${cutEnd(escapeText(search), maxTextWidth)}${found}`, theme.found)]),
	];
};

/** Where the samples are recorded; or that they cannot be. */
const recordingChip = ({view}: State, theme: Theme, chip: (text: string, style?: Style) => readonly Segment[]): ReadonlyArray<readonly Segment[]> => {
	const {recording} = view?.status ?? {};
	return recording === undefined
		? []
		: [recording.isWritten ? chip(`REC ${cutStart(escapeText(recording.folder), maxTextWidth)}`) : chip('REC: samples are lost', theme.alert)];
};

/** TCP and UDP are shown unless they are switched off. */
const hasSwitch = ({protocols}: (typeof families)[number]): boolean => defaultProtocols.some(name => protocols.includes(name));

const statesText = ({classes}: State): string => {
	if (areStatesShown(classes, listeningStates)) {
		return 'listening';
	}

	return areStatesShown(classes, establishedStates) ? 'established' : [...new Set(classes.states.map(state => stateName(state)))].join(' ');
};

/** Why the journal is empty; an empty text until the engine has answered. */
const journalEmptyText = (state: State): string => {
	if (!answerOf(state).isCurrent) {
		return '';
	}

	if (isSinceMark(state) && !isNarrowed({...state, mark: undefined}) && state.journal?.socket === undefined) {
		return ['Nothing has opened or closed', markRelation(state), 'the mark – {toggleNew} shows all'].join(' ');
	}

	return isNarrowed(state) || state.journal?.socket !== undefined
		? 'No journal entry matches – Esc clears, {toggleJournal} shows the sockets'
		: 'Nothing has opened or closed since the start – {toggleJournal} shows the sockets';
};

/** Commands that show a hidden protocol. */
const switches = {tcp: 'toggleTcp', udp: 'toggleUdp'} as const;

/** Why the table is empty, and which key shows more. */
export const emptyText = (state: State): string => {
	const {view, port, filter, classes, mark} = state;
	if (view === undefined) {
		return 'Reading the sockets…';
	}

	if (state.journal !== undefined) {
		return journalEmptyText(state);
	}

	if (port !== undefined) {
		return port.exact ? `No socket matches port ${port.digits} – Esc clears` : `No socket has a port that begins with ${port.digits} – Esc clears`;
	}

	if (filter !== '') {
		return state.mode === 'filter' ? 'No socket matches this filter' : 'No socket matches the filter – Esc clears';
	}

	if (classes.problems === true) {
		return 'No problems – {showProblems} shows all';
	}

	if (isSinceMark(state)) {
		return mark?.shown === 'new' ? ['Nothing new', markRelation(state), 'the mark – {toggleNew} shows all'].join(' ') : ['Nothing has changed', markRelation(state), 'the mark – {toggleDifference} shows all'].join(' ');
	}

	if (areStatesShown(classes, listeningStates)) {
		return 'No socket listens – {toggleListening} shows all';
	}

	if (areStatesShown(classes, establishedStates)) {
		return 'No connection is established – {toggleEstablished} shows all';
	}

	const shown = families.filter(family => isFamilyShown(state, family)).map(({title}) => title);
	const hidden = defaultProtocols.filter(name => !classes.protocols.includes(name));
	return hidden.length === 0
		? 'No sockets'
		: `No ${shown.join(' or ')} sockets – ${hidden.map(name => `{${switches[name]}} shows ${name.toUpperCase()}`).join(', ')}`;
};
