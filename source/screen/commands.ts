import {protocolTables} from '../table/protocols.js';
import {
	acceptOwners,
	acceptSignal,
	confirm,
	leaveActing,
	openClose,
	openSignals,
	toggleOwner,
} from './acting.js';
import {moveCursor, type Move} from './cursor.js';
import {scrollDialog} from './dialog.js';
import {scrollHelp} from './help.js';
import {closeCompletion, complete, completingOf} from './completing.js';
import {
	closeInspector,
	copyValue,
	inspectEntry,
	inspectFarEnd,
	inspectNeighbour,
	moveInInspector,
	moveSection,
	openInspector,
	pageInInspector,
} from './inspector/inspecting.js';
import type {Command} from './keys.js';
import {moveExplanation, openExplanation} from './explaining.js';
import {openFamilies, toggleFamily} from './families.js';
import {
	foldAll,
	foldGroup,
	openGroups,
	toggleGrouping,
	toggleTree,
	unfoldGroup,
} from './grouping.js';
import {
	goToSocket,
	openJournal,
	toggleChanges,
	toggleJournal,
} from './journaling.js';
import {layoutOf} from './layout.js';
import {editLine} from './line.js';
import {setMark, toggleDifference, toggleNew} from './marking.js';
import {moveInMenu} from './menu.js';
import {toggleMeters} from './meters/shown.js';
import {
	acceptLine,
	acceptPort,
	addPortDigit,
	cancelLine,
	changeLine,
	clearPort,
	erasePortDigit,
	establishedStates,
	findMatch,
	listeningStates,
	openFilter,
	openSearch,
	toggleProtocols,
	toggleStates,
} from './narrowing.js';
import {
	acceptSort,
	invertSort,
	moveSort,
	openSortMenu,
} from './sorting.js';
import {answerOf, type Mode, type State} from './state.js';
import {
	acceptInSetup,
	acceptSetupLine,
	cancelSetup,
	eraseInSetup,
	findInSetup,
	leaveSetup,
	moveInSetup,
	openSetup,
	resetInSetup,
	stepInSetup,
	turnPage,
} from './setup/changing.js';
import {toggleTag, untagAll} from './tagging.js';
import {
	acceptView,
	acceptViewName,
	deleteView,
	openViewName,
	openViews,
} from './views.js';
import {widen} from './widening.js';

/** Further than any list is long. */
const far = 1_000_000;

/** Rows that a page has. */
const pageOf = (state: State): number => Math.max(1, layoutOf(state).table);

const move = (state: State, how: Move): State => ({...state, cursor: moveCursor(state.cursor, how, answerOf(state))});

/** Up and down by rows: of the table, the sort menu or the help. */
const moveBy = (state: State, rows: number): State => {
	switch (state.mode) {
		case 'views':
		case 'sort':
		case 'families':
		case 'groups': {
			return moveInMenu(state, rows);
		}

		case 'help': {
			return scrollHelp(state, rows);
		}

		case 'owners':
		case 'signals': {
			return moveInMenu(state, rows);
		}

		case 'confirm':
		case 'outcomes': {
			return scrollDialog(state, rows);
		}

		case 'inspector': {
			return moveInInspector(state, rows);
		}

		case 'setup': {
			return moveInSetup(state, rows);
		}

		case 'viewName':
		case 'setupLine':
		case 'setupKey':
		case 'table':
		case 'journal':
		case 'port':
		case 'explain':
		case 'filter':
		case 'search': {
			return move(state, {kind: 'by', rows});
		}
	}
};

const lists: ReadonlySet<Mode> = new Set(['views', 'setup', 'sort', 'families', 'groups', 'inspector', 'help', 'owners', 'signals', 'confirm', 'outcomes']);

const isList = ({mode}: State): boolean => lists.has(mode);

/** Back from a list to what was there before it. */
const leave = (state: State): State => ({...state, mode: state.inspector === undefined ? 'table' : 'inspector'});

/** A page up or down. */
const movePage = (state: State, direction: -1 | 1): State =>
	state.mode === 'inspector' ? pageInInspector(state, direction) : moveBy(state, direction * pageOf(state));

const accept = (state: State, key: string): State => {
	switch (state.mode) {
		case 'views': {
			return acceptView(state);
		}

		case 'viewName': {
			return acceptViewName(state);
		}

		case 'setup': {
			return acceptInSetup(state, key);
		}

		case 'setupLine': {
			return acceptSetupLine(state);
		}

		case 'port': {
			return acceptPort(state);
		}

		case 'sort': {
			return acceptSort(state);
		}

		case 'families': {
			return toggleFamily(state);
		}

		case 'groups': {
			return toggleGrouping(state);
		}

		case 'owners': {
			return acceptOwners(state);
		}

		case 'signals': {
			return acceptSignal(state);
		}

		case 'filter':
		case 'search': {
			return acceptLine(state);
		}

		case 'table':
		case 'explain':
		case 'inspector':
		case 'journal':
		case 'setupKey':
		case 'confirm':
		case 'outcomes':
		case 'help': {
			return leave(state);
		}
	}
};

const cancel = (state: State, key: string): State => {
	switch (state.mode) {
		case 'setup': {
			return cancelSetup(state, key);
		}

		case 'setupKey':
		case 'setupLine': {
			return {...state, mode: 'setup'};
		}

		case 'port': {
			return clearPort(state);
		}

		case 'table':
		case 'journal': {
			return widen(state);
		}

		case 'filter':
		case 'search': {
			return completingOf(state) === undefined ? cancelLine(state) : closeCompletion(state);
		}

		case 'inspector': {
			return closeInspector(state);
		}

		case 'owners':
		case 'signals':
		case 'confirm':
		case 'outcomes': {
			return leaveActing(state);
		}

		case 'views':
		case 'viewName':
		case 'sort':
		case 'families':
		case 'groups':
		case 'explain':
		case 'help': {
			return leave(state);
		}
	}
};

type Effect = (state: State, key: string) => State;

const editing = (state: State, command: Parameters<typeof editLine>[1]): State => changeLine(state, editLine(state.line, command));

const effects: Readonly<Record<Command, Effect>> = {
	up: state => moveBy(state, -1),
	down: state => moveBy(state, 1),
	pageUp: state => movePage(state, -1),
	pageDown: state => movePage(state, 1),
	first: state => isList(state) ? moveBy(state, -far) : move(state, {kind: 'first'}),
	last: state => isList(state) ? moveBy(state, far) : move(state, {kind: 'last'}),
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
	toggleNames: state => ({...state, preferences: {...state.preferences, names: !state.preferences.names}}),
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
	toggleOwner: state => toggleOwner(state),
	confirm: state => confirm(state),
	pause: state => ({...state, paused: !state.paused}),
	redraw: state => ({...state, redraws: state.redraws + 1}),
	help: state => ({...state, mode: 'help', helpOffset: 0}),
	suspend: state => ({...state, suspensions: state.suspensions + 1}),
	openSetup: state => openSetup(state),
	setupMore: state => stepInSetup(state, 1),
	setupLess: (state, key) => key === '-' && state.setup.find !== '' ? findInSetup(state, key) : stepInSetup(state, -1),
	setupNext: state => turnPage(state, 1),
	setupPrevious: state => turnPage(state, -1),
	setupReset: state => resetInSetup(state),
	setupErase: state => eraseInSetup(state),
	openViews: state => openViews(state),
	saveView: state => openViewName(state),
	deleteView: state => deleteView(state),
	quit: state => ({...leaveSetup(state), outcome: state.outcome ?? {exitCode: 0}}),
	accept,
	cancel,
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
