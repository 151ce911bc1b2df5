/**
Closing sockets and signalling processes: selection, signal, confirmation and results. The engine does the work, on the targets that it locked at the request.
Each function takes the state and returns the next one.
*/
import type {
	Acted,
	ActRequest,
	Outcome,
	TargetProcess,
	Targets,
	SignalName,
} from '../../contract/acting.js';
import {escapeText} from '../../text/escape.js';
import type {Acting} from '../state/acting-slice.js';
import type {State} from '../state/state.js';
import {picked, whyNoTag} from './tagging.js';

/** In the order of the menu: those that a process can handle first. */
export const signals: ReadonlyArray<{readonly name: SignalName; readonly meaning: string}> = [
	{name: 'SIGTERM', meaning: 'terminate'},
	{name: 'SIGKILL', meaning: 'kill immediately'},
	{name: 'SIGINT', meaning: 'as Ctrl-C'},
	{name: 'SIGHUP', meaning: 'hang up'},
	{name: 'SIGQUIT', meaning: 'dump core'},
	{name: 'SIGSTOP', meaning: 'stop'},
	{name: 'SIGCONT', meaning: 'continue'},
	{name: 'SIGUSR1', meaning: ''},
	{name: 'SIGUSR2', meaning: ''},
];

const begin = (state: State, action: Acting['action']): State => ({
	...state,
	lockRequests: state.lockRequests + 1,
	acting: {
		action, number: state.lockRequests + 1, ids: picked(state), chosen: [], signal: signals[0].name,
	},
});

/** Asks the engine for the owners of the selected sockets. */
export const openSignals = (state: State): State => begin(state, 'signal');

/** Asks the engine to lock the selected sockets. */
export const openClose = (state: State): State => begin(state, 'close');

/** Cancels the action. */
export const leaveActing = (state: State): State => ({...state, mode: 'table', acting: undefined});

const isBrowsing = ({mode}: State): boolean => mode === 'table' || mode === 'port';

/** Handles the locked targets: opens the menu of owners, the menu of signals or the confirmation. */
export const takeTargets = (state: State, targets: Targets): State => {
	const {acting} = state;
	if (acting?.number !== targets.number || acting.targets !== undefined) {
		return state;
	}

	// The user has opened something else in the meantime.
	if (!isBrowsing(state)) {
		return {...state, acting: undefined};
	}

	const {sockets, processes, isShared} = targets;
	if (sockets.length === 0) {
		return {...leaveActing(state), notice: acting.ids.length === 1 ? 'The socket has already closed' : 'The sockets have already closed'};
	}

	if (acting.action === 'close') {
		return {
			...state, mode: 'confirm', menuIndex: 0, acting: {...acting, targets},
		};
	}

	if (processes.length === 0) {
		return {...leaveActing(state), notice: 'No known process holds it; conntop may lack the privileges to see one'};
	}

	const chosen = isShared && processes.length > 1 ? [] : processes.map(({pid}) => pid);
	return {
		...state, mode: processes.length > 1 ? 'owners' : 'signals', menuIndex: 0, acting: {...acting, targets, chosen},
	};
};

/** `nginx/812`, escaped for the terminal. */
export const processName = ({name, pid}: TargetProcess): string => `${escapeText(name)}/${pid}`;

/** Entries of the menu of owners. */
export const ownerEntries = ({acting}: State): readonly string[] =>
	acting?.targets?.processes.map(process => `[${acting.chosen.includes(process.pid) ? 'x' : ' '}] ${process.pid} ${escapeText(process.name)}`) ?? [];

/** Selects or deselects the process at the current menu entry. */
export const toggleOwner = (state: State): State => {
	const {acting, menuIndex} = state;
	const pid = acting?.targets?.processes.at(menuIndex)?.pid;
	if (acting === undefined || pid === undefined) {
		return state;
	}

	const chosen = acting.chosen.includes(pid) ? acting.chosen.filter(other => other !== pid) : [...acting.chosen, pid];
	return {...state, acting: {...acting, chosen}};
};

/** Opens the menu of signals for the selected owners. */
export const acceptOwners = (state: State): State => ({...state, mode: 'signals', menuIndex: 0});

export const whyNoOwner = ({acting}: State): string | undefined => acting?.chosen.length === 0 ? 'No process is selected: {toggle} selects one' : undefined;

/** Entries of the menu of signals. */
export const signalEntries = (): readonly string[] => signals.map(({name, meaning}) => `${name.slice(3).padEnd(5)}${meaning}`);

/** Takes the selected signal and opens the confirmation. */
export const acceptSignal = (state: State): State => {
	const {acting, menuIndex} = state;
	return acting === undefined
		? state
		: {
			...state, mode: 'confirm', menuIndex: 0, acting: {...acting, signal: (signals.at(menuIndex) ?? signals[0]).name},
		};
};

/** The user has confirmed: sends the request to the engine. */
export const confirm = (state: State): State => {
	const {acting} = state;
	if (acting?.targets === undefined) {
		return leaveActing(state);
	}

	const {action, number, signal, chosen: pids} = acting;
	const order: ActRequest = action === 'close'
		? {action, number}
		: {
			action, number, signal, pids,
		};
	return {...state, mode: 'table', acting: {...acting, order}};
};

/** Handles the result: shows a sentence, or a list if some of several targets failed. */
export const takeActed = (state: State, {number, outcomes}: Acted): State => {
	const {acting} = state;
	if (acting?.number !== number || acting.order === undefined) {
		return state;
	}

	const [first] = outcomes;
	if (outcomes.length < 2 || outcomes.every(({isDone}) => isDone) || !isBrowsing(state)) {
		const notice = first === undefined ? 'Nothing was done' : outcomeText(first);
		return {...state, acting: undefined, notice: outcomes.length < 2 ? notice : countText(outcomes)};
	}

	return {
		...state, mode: 'outcomes', menuIndex: 0, acting: {...acting, outcomes},
	};
};

/** A target and its result, escaped for the terminal. */
const outcomeText = ({target, message}: Outcome): string => `${escapeText(target)}: ${escapeText(message)}`;

/** Count of successes, such as `2 of 3 done`. */
export const countText = (outcomes: readonly Outcome[]): string => `${outcomes.filter(({isDone}) => isDone).length} of ${outcomes.length} done`;

/** Why actions are disabled until conntop exits. */
export const whyNeverActing = ({preferences, isReadOnly, view}: State): string | undefined => {
	if (isReadOnly) {
		return 'Off: conntop was started with --read-only';
	}

	if (preferences.readOnly) {
		return 'Off: read-only is set in the preferences';
	}

	const source = view?.status.source;
	return source === undefined || source.canAct ? undefined : `Off: ${source.whyNotActing}`;
};

/** Why there is nothing to act on now. */
export const whyNotActing = (state: State): string | undefined => whyNeverActing(state) ?? (state.tagged.length > 0 ? undefined : whyNoTarget(state));

const whyNoTarget = (state: State): string | undefined => {
	const reason = whyNoTag(state);
	return reason === undefined && state.view?.rows.find(({id}) => id === state.view?.selected?.id)?.marks.closed === true ? 'The socket has already closed' : reason;
};
