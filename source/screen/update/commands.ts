import {protocolTables} from '../../table/protocols.js';
import {
	confirm,
	leaveActing,
	openClose,
	openSignals,
} from '../actions/acting.js';
import {moveCursor, type Move} from '../state/cursor.js';
import {complete} from '../actions/completing.js';
import {
	copyValue,
	inspectEntry,
	inspectFarEnd,
	inspectNeighbour,
	openInspector,
} from '../actions/inspecting.js';
import {moveSection, pageInInspector} from '../actions/moving-inspector.js';
import type {Command} from '../keys/keys.js';
import {moveExplanation, openExplanation} from '../actions/explaining.js';
import {openFamilies} from '../actions/families.js';
import {
	foldAll,
	foldGroup,
	openGroups,
	toggleTree,
	unfoldGroup,
} from '../actions/grouping.js';
import {
	goToSocket,
	openJournal,
	toggleChanges,
	toggleJournal,
} from '../actions/journaling.js';
import {layoutOf} from '../state/layout.js';
import {editLine} from '../state/line.js';
import {setMark, toggleDifference, toggleNew} from '../actions/marking.js';
import {toggleMeters} from '../meters/shown.js';
import {
	addPortDigit,
	changeLine,
	erasePortDigit,
	establishedStates,
	findMatch,
	listeningStates,
	openFilter,
	openSearch,
	toggleProtocols,
	toggleStates,
} from '../actions/narrowing.js';
import {invertSort, moveSort, openSortMenu} from '../actions/sorting.js';
import {modes} from './modes.js';
import {answerOf, type State} from '../state/state.js';
import {resetInSetup, stepInSetup} from '../setup/changing.js';
import {
	eraseInSetup,
	leaveSetup,
	openSetup,
	turnPage,
} from '../setup/moving.js';
import {toggleTag, untagAll} from '../actions/tagging.js';
import {deleteView, openViewName, openViews} from '../actions/views.js';

/** Further than any list is long. */
const far = 1_000_000;

/** Rows that a page has. */
const pageOf = (state: State): number => Math.max(1, layoutOf(state).table);

const move = (state: State, how: Move): State => ({...state, cursor: moveCursor(state.cursor, how, answerOf(state))});

/** Up and down by rows of whatever the mode scrolls. */
const moveBy = (state: State, rows: number): State => modes[state.mode].moveBy?.(state, rows) ?? move(state, {kind: 'by', rows});

/** A page up or down. */
const movePage = (state: State, direction: -1 | 1): State =>
	state.mode === 'inspector' ? pageInInspector(state, direction) : moveBy(state, direction * pageOf(state));

/** To an end of whatever the mode scrolls. */
const moveToEnd = (state: State, kind: 'first' | 'last'): State =>
	modes[state.mode].moveBy?.(state, kind === 'first' ? -far : far) ?? move(state, {kind});

type Effect = (state: State, key: string) => State;

const editing = (state: State, command: Parameters<typeof editLine>[1]): State => changeLine(state, editLine(state.line, command));

const effects: Readonly<Record<Command, Effect>> = {
	up: state => moveBy(state, -1),
	down: state => moveBy(state, 1),
	pageUp: state => movePage(state, -1),
	pageDown: state => movePage(state, 1),
	first: state => moveToEnd(state, 'first'),
	last: state => moveToEnd(state, 'last'),
	farEnd: state => move(state, {kind: 'farEnd'}),
	complete: state => complete(state, 1),
	completeBack: state => complete(state, -1),
	portDigit: (state, key) => addPortDigit(state, key),
	erase: state => erasePortDigit(state),
	openFilter: state => openFilter(state),
	openSearch: state => openSearch(state),
	nextMatch: state => findMatch(state, 1),
	previousMatch: state => findMatch(state, -1),
	toggleListening: state => toggleStates(state, listeningStates),
	toggleEstablished: state => toggleStates(state, establishedStates),
	toggleTcp: state => toggleProtocols(state, protocolTables.tcp),
	toggleUdp: state => toggleProtocols(state, protocolTables.udp),
	toggleUnix: state => toggleProtocols(state, protocolTables.unix),
	openFamilies: state => openFamilies(state),
	openGroups: state => openGroups(state),
	toggleTree: state => toggleTree(state),
	foldGroup: state => foldGroup(state),
	unfoldGroup: state => unfoldGroup(state),
	foldAll: state => foldAll(state),
	inspect: state => openInspector(state),
	inspectEntry: state => inspectEntry(state),
	copyValue: state => copyValue(state),
	inspectPrevious: state => inspectNeighbour(state, -1),
	inspectNext: state => inspectNeighbour(state, 1),
	inspectFarEnd: state => inspectFarEnd(state),
	nextSection: state => moveSection(state, 1),
	previousSection: state => moveSection(state, -1),
	openSort: state => openSortMenu(state),
	sortPrevious: state => moveSort(state, -1),
	sortNext: state => moveSort(state, 1),
	invert: state => invertSort(state),
	toggleMeters: state => toggleMeters(state),
	toggleNames: state => ({...state, areNamesTurned: !state.areNamesTurned}),
	toggleReader: state => ({...state, isReaderTurned: !state.isReaderTurned}),
	explain: state => openExplanation(state),
	explainPrevious: state => moveExplanation(state, -1),
	explainNext: state => moveExplanation(state, 1),
	mark: state => setMark(state),
	toggleNew: state => toggleNew(state),
	toggleDifference: state => toggleDifference(state),
	toggleJournal: state => toggleJournal(state),
	openJournal: state => openJournal(state),
	toggleChanges: state => toggleChanges(state),
	goToSocket: state => goToSocket(state),
	toggleTag: state => toggleTag(state),
	untagAll: state => untagAll(state),
	openSignals: state => openSignals(state),
	openClose: state => openClose(state),
	decline: state => leaveActing(state),
	confirm: state => confirm(state),
	pause: state => ({...state, paused: !state.paused}),
	redraw: state => ({...state, redraws: state.redraws + 1}),
	help: state => ({...state, mode: 'help', helpOffset: 0}),
	suspend: state => ({...state, suspensions: state.suspensions + 1}),
	openSetup: state => openSetup(state),
	setupMore: state => stepInSetup(state, 1),
	setupLess: state => stepInSetup(state, -1),
	setupNext: state => turnPage(state, 1),
	setupPrevious: state => turnPage(state, -1),
	setupReset: state => resetInSetup(state),
	setupErase: state => eraseInSetup(state),
	openViews: state => openViews(state),
	saveView: state => openViewName(state),
	deleteView: state => deleteView(state),
	quit: state => ({...leaveSetup(state), outcome: state.outcome ?? {exitCode: 0}}),
	accept: (state, key) => modes[state.mode].accept(state, key),
	toggle: (state, key) => modes[state.mode].toggle?.(state, key) ?? state,
	cancel: (state, key) => modes[state.mode].cancel(state, key),
	lineLeft: state => editing(state, 'lineLeft'),
	lineRight: state => editing(state, 'lineRight'),
	lineStart: state => editing(state, 'lineStart'),
	lineEnd: state => editing(state, 'lineEnd'),
	deleteLeft: state => editing(state, 'deleteLeft'),
	deleteRight: state => editing(state, 'deleteRight'),
	deleteWord: state => editing(state, 'deleteWord'),
	deleteToStart: state => editing(state, 'deleteToStart'),
	deleteToEnd: state => editing(state, 'deleteToEnd'),
};

/**
Does what a key says.

@param state The state before.
@param command What the key stands for.
@param key Name of the key, for commands that many keys have.
*/
export const runCommand = (state: State, command: Command, key: string): State => effects[command](state, key);
