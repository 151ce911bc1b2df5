/** Notifies the user of alerts: with the bell, a desktop notification and the window title, according to the preferences. */
import type {Environment} from '../update/renderer.js';
import type {Store} from '../update/store.js';
import type {State} from '../state/state.js';
import type {PacedOutput} from '../terminal/paced-output.js';
import {
	bell,
	bringBackTitle,
	keepTitle,
	notificationSequence,
	reportFocus,
	reportNoFocus,
	titleSequence,
} from '../terminal/notification.js';
import {isReaderShown} from '../state/choice-slice.js';

export type Announcer = {
	/** Restores the terminal, while suspended or before exit. */
	readonly leave: () => void;
	/** Sets the title again. */
	readonly enter: () => void;
	/** Stops and restores the terminal. */
	readonly close: () => void;
};

/** What was written to the terminal. */
type TerminalSignals = {
	/** The title; undefined for the original one. */
	readonly title: string | undefined;
	readonly isFocusAsked: boolean;
};

const noSignals: TerminalSignals = {title: undefined, isFocusAsked: false};

/** What to write. With lines for screen readers, only the bell. */
const signalsOf = (state: State): TerminalSignals => {
	const {alert, called: {unseen}, preferences} = state;
	if (alert === undefined || isReaderShown(state)) {
		return noSignals;
	}

	return {
		title: preferences.alertTitle ? `${unseen === 0 ? '' : `(${unseen}) `}conntop: alert ${alert.about}` : undefined,
		isFocusAsked: true,
	};
};

export const announceAlerts = (store: Store, output: PacedOutput, {variables}: Environment): Announcer => {
	let told = noSignals;
	let {called: {number: seen}} = store.getState();
	let isAway = false;

	/** Sequences for the notifications since the last time. */
	const calls = (state: State): string => {
		const {called: {number, sentence}, preferences, isFocused} = state;
		if (number === seen) {
			return '';
		}

		seen = number;
		const isNotified = preferences.alertNotification && isFocused !== true && !isReaderShown(state);
		return (preferences.alertBell ? bell : '') + (isNotified ? notificationSequence(sentence, variables) ?? '' : '');
	};

	const changes = (wanted: TerminalSignals): string => {
		const before = told;
		told = wanted;
		const isTitleKept = before.title === undefined && wanted.title !== undefined;
		const focus = wanted.isFocusAsked ? reportFocus : reportNoFocus;
		return (isTitleKept ? keepTitle(variables) : '')
			+ (wanted.title === undefined || wanted.title === before.title ? '' : titleSequence(wanted.title, variables))
			+ (before.title !== undefined && wanted.title === undefined ? bringBackTitle(variables) : '')
			+ (before.isFocusAsked === wanted.isFocusAsked ? '' : focus);
	};

	const write = (text: string): void => {
		if (text !== '') {
			output.write(text);
		}
	};

	/** Writes later, once, if the terminal does not accept output. */
	const update = (): void => {
		const state = store.getState();
		if (!isAway && state.outcome === undefined && output.isIdle()) {
			write(calls(state) + changes(signalsOf(state)));
		}
	};

	const unsubscribe = store.subscribe(update);
	const stopWaiting = output.onIdle(update);

	const leave = (): void => {
		isAway = true;
		write(changes(noSignals));
	};

	return {
		leave,
		enter() {
			isAway = false;
			update();
		},
		close() {
			unsubscribe();
			stopWaiting();
			leave();
		},
	};
};
