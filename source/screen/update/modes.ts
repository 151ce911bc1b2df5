/** What the keys that every mode has do in each: up and down, Enter, Esc. Adding a mode is adding a record. */
import {
	acceptOwners,
	acceptSignal,
	leaveActing,
	toggleOwner,
} from '../actions/acting.js';
import {closeCompletion, completingOf} from '../actions/completing.js';
import {scrollDialog} from '../paint/dialog.js';
import {toggleFamily} from '../actions/families.js';
import {toggleGrouping} from '../actions/grouping.js';
import {scrollHelp} from '../paint/help.js';
import {closeInspector} from '../actions/inspecting.js';
import {moveInInspector} from '../actions/moving-inspector.js';
import {moveInMenu} from '../paint/menu.js';
import {
	acceptLine,
	acceptPort,
	cancelLine,
	clearPort,
} from '../actions/narrowing.js';
import {acceptInSetup, acceptSetupLine, toggleInSetup} from '../setup/changing.js';
import {cancelSetup, moveInSetup} from '../setup/moving.js';
import {acceptSort} from '../actions/sorting.js';
import type {Mode, State} from '../state/state.js';
import {acceptView, acceptViewName} from '../actions/views.js';
import {widen} from '../actions/widening.js';

type Effect = (state: State, key: string) => State;

type ModeRecord = {
	/** Moves by rows what the mode scrolls; absent where that is the list of sockets or of the journal. */
	readonly moveBy?: (state: State, rows: number) => State;
	readonly accept: Effect;
	/** On or off; absent where nothing is. */
	readonly toggle?: Effect;
	readonly cancel: Effect;
};

/** Back to what was there before. */
const leave: Effect = state => ({...state, mode: state.inspector === undefined ? 'table' : 'inspector'});

const toSetup: Effect = state => ({...state, mode: 'setup'});

const menu = (accept: Effect): ModeRecord => ({moveBy: moveInMenu, accept, cancel: leave});

/** A menu of what can be on or off. */
const switches = (toggle: Effect): ModeRecord => ({...menu(toggle), toggle});

/** The menus and dialogs before something is done to sockets and processes. */
const acting = (moveBy: NonNullable<ModeRecord['moveBy']>, accept: Effect = leaveActing): ModeRecord => ({moveBy, accept, cancel: leaveActing});

const line: ModeRecord = {
	accept: acceptLine,
	cancel: state => completingOf(state) === undefined ? cancelLine(state) : closeCompletion(state),
};

export const modes: Readonly<Record<Mode, ModeRecord>> = {
	table: {accept: leave, cancel: widen},
	journal: {accept: leave, cancel: widen},
	port: {accept: acceptPort, cancel: clearPort},
	explain: {accept: leave, cancel: leave},
	filter: line,
	search: line,
	sort: menu(acceptSort),
	families: switches(toggleFamily),
	groups: switches(toggleGrouping),
	views: menu(acceptView),
	viewName: {accept: acceptViewName, cancel: leave},
	inspector: {moveBy: moveInInspector, accept: closeInspector, cancel: closeInspector},
	help: {moveBy: scrollHelp, accept: leave, cancel: leave},
	setup: {
		moveBy: moveInSetup, accept: acceptInSetup, toggle: toggleInSetup, cancel: cancelSetup,
	},
	setupLine: {accept: acceptSetupLine, cancel: toSetup},
	setupKey: {accept: leave, cancel: toSetup},
	owners: {...acting(moveInMenu, acceptOwners), toggle: toggleOwner},
	signals: acting(moveInMenu, acceptSignal),
	confirm: acting(scrollDialog),
	outcomes: acting(scrollDialog),
};
