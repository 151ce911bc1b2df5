/** Calls the person when the alert has something to call for: with the bell, a notification and the title, as the preferences want. */
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
	/** Leaves the terminal as it was, for a while or for good. */
	readonly leave: () => void;
	/** Takes it again. */
	readonly enter: () => void;
	/** Stops, with the terminal as it was. */
	readonly close: () => void;
};

/** What the terminal was told. */
type Told = {
	/** The title; undefined for the one that was there before. */
	readonly title: string | undefined;
	readonly isFocusAsked: boolean;
};

const nothingTold: Told = {title: undefined, isFocusAsked: false};

/** What it is to be told. Between lines of text for screen readers stands nothing but the bell. */
const toTell = (state: State): Told => {
	const {alert, called: {unseen}, preferences} = state;
	if (alert === undefined || isReaderShown(state)) {
		return nothingTold;
	}

	return {
		title: preferences.alertTitle ? `${unseen === 0 ? '' : `(${unseen}) `}conntop: alert ${alert.about}` : undefined,
		isFocusAsked: true,
	};
};

export const announceAlerts = (store: Store, output: PacedOutput, {variables}: Environment): Announcer => {
	let told = nothingTold;
	let {called: {number: seen}} = store.getState();
	let isAway = false;

	/** Sequences for the calls since the last time. */
	const calls = (state: State): string => {
		const {called: {number, sentence}, preferences, isFocused} = state;
		if (number === seen) {
			return '';
		}

		seen = number;
		const isNotified = preferences.alertNotification && isFocused !== true && !isReaderShown(state);
		return (preferences.alertBell ? bell : '') + (isNotified ? notificationSequence(sentence, variables) ?? '' : '');
	};

	const changes = (wanted: Told): string => {
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

	/** A terminal that takes nothing is told later, once. */
	const update = (): void => {
		const state = store.getState();
		if (!isAway && state.outcome === undefined && output.isIdle()) {
			write(calls(state) + changes(toTell(state)));
		}
	};

	const unsubscribe = store.subscribe(update);
	const stopWaiting = output.onIdle(update);

	const leave = (): void => {
		isAway = true;
		write(changes(nothingTold));
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
