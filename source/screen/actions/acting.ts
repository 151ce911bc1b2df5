/**
Acting: which sockets or processes are meant, which signal, the confirmation, and what came of it. Nothing is done here: the engine acts on what it has locked
when it was asked. Each function takes the state and gives the next one.
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

/** In the order of the menu: the friendly ones first. */
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

/** Asks the engine who holds the sockets that are meant. */
export const openSignals = (state: State): State => begin(state, 'signal');

/** Asks the engine which sockets are meant, to the letter. */
export const openClose = (state: State): State => begin(state, 'close');

/** Leaves it, with nothing done. */
export const leaveActing = (state: State): State => ({...state, mode: 'table', acting: undefined});

const isBrowsing = ({mode}: State): boolean => mode === 'table' || mode === 'port';

/** What the engine has locked: goes on to the choice of owners, to the signals or to the confirmation. */
export const takeTargets = (state: State, targets: Targets): State => {
	const {acting} = state;
	if (acting?.number !== targets.number || acting.targets !== undefined) {
		return state;
	}

	// The person has gone on to something else.
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

/** `nginx/812`, harmless for the terminal. */
export const processName = ({name, pid}: TargetProcess): string => `${escapeText(name)}/${pid}`;

/** The lines of the menu of owners. */
export const ownerEntries = ({acting}: State): readonly string[] =>
	acting?.targets?.processes.map(process => `[${acting.chosen.includes(process.pid) ? 'x' : ' '}] ${process.pid} ${escapeText(process.name)}`) ?? [];

/** Chooses the process that the menu stands at, or no longer. */
export const toggleOwner = (state: State): State => {
	const {acting, menuIndex} = state;
	const pid = acting?.targets?.processes.at(menuIndex)?.pid;
	if (acting === undefined || pid === undefined) {
		return state;
	}

	const chosen = acting.chosen.includes(pid) ? acting.chosen.filter(other => other !== pid) : [...acting.chosen, pid];
	return {...state, acting: {...acting, chosen}};
};

/** Goes on from the owners to the signals. */
export const acceptOwners = (state: State): State => ({...state, mode: 'signals', menuIndex: 0});

export const whyNoOwner = ({acting}: State): string | undefined => acting?.chosen.length === 0 ? 'No process is selected: {toggle} selects one' : undefined;

/** The lines of the menu of signals. */
export const signalEntries = (): readonly string[] => signals.map(({name, meaning}) => `${name.slice(3).padEnd(5)}${meaning}`);

/** Goes on from the signals to the confirmation. */
export const acceptSignal = (state: State): State => {
	const {acting, menuIndex} = state;
	return acting === undefined
		? state
		: {
			...state, mode: 'confirm', menuIndex: 0, acting: {...acting, signal: (signals.at(menuIndex) ?? signals[0]).name},
		};
};

/** The person has said yes: the order goes to the engine. */
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

/** What came of it: a sentence, and a list where not all of several worked. */
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

/** One target and what came of it, harmless for the terminal. */
const outcomeText = ({target, message}: Outcome): string => `${escapeText(target)}: ${escapeText(message)}`;

/** How many of all worked. */
export const countText = (outcomes: readonly Outcome[]): string => `${outcomes.filter(({isDone}) => isDone).length} of ${outcomes.length} done`;

/** Why this program never acts, as long as it runs. */
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
