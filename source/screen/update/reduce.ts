import type {Alerted} from '../../contract/alert.js';
import type {Written} from '../../contract/writing.js';
import type {Acted, Targets} from '../../contract/acting.js';
import type {View} from '../../contract/messages.js';
import {takeActed, takeTargets} from '../actions/acting.js';
import {seeAll, takeAlerted, takeFocus} from '../actions/alerting.js';
import type {Background} from '../terminal/background.js';
import {readContents, readRecent} from '../state/contents.js';
import {askedColumns} from '../state/shown-columns.js';
import {updateWidths} from '../state/content-widths.js';
import {continueCursor, countSample, frozenSamples} from '../state/cursor.js';
import {scrollHelp} from '../paint/help.js';
import type {InputEvent, TypedEvent} from '../terminal/input.js';
import {followCursor} from '../actions/inspecting.js';
import {settleMode} from '../actions/journaling.js';
import {markNotice} from '../actions/marking.js';
import {takeWritten} from '../actions/writing.js';
import {dropTags} from '../actions/tagging.js';
import {modeOf, type Binding, type State} from '../state/state.js';
import {answerOf} from '../state/answer-slice.js';
import {isSameQuery} from '../state/query-of.js';
import type {Outcome} from '../terminal/host.js';
import type {Size} from '../terminal/size.js';
import {runBinding} from './run-binding.js';
import {isOnNotice, takeMouse} from './mouse.js';

export type Action =
	| {readonly type: 'input'; readonly event: InputEvent}
	| {readonly type: 'resize'; readonly size: Size}
	/** The terminal has reported its background. */
	| {readonly type: 'background'; readonly background: Background}
	| {readonly type: 'view'; readonly view: View}
	| {readonly type: 'notice'; readonly notice: string}
	| {readonly type: 'targets'; readonly targets: Targets}
	| {readonly type: 'acted'; readonly acted: Acted}
	| {readonly type: 'alerted'; readonly alerted: Alerted}
	| {readonly type: 'written'; readonly written: Written}
	/** Ends the live view. The first outcome is kept. */
	| {readonly type: 'end'; readonly outcome: Outcome};

/** Returns the next state. */
export const reduce = (state: State, action: Action): State => numbered(state, settleMode(step(state, action)));

/** Increments the sequence number if the query has changed. */
const numbered = (state: State, next: State): State => isSameQuery(state, next) ? next : {...next, sequence: state.sequence + 1};

/** After a move of the cursor, sorting pauses for the number of samples in the preferences. */
const withPause = (before: State, after: State): State => after.cursor === before.cursor || after.cursor.frozen !== frozenSamples
	? after
	: {...after, cursor: {...after.cursor, frozen: after.preferences.orderRest}};

const step = (state: State, action: Action): State => {
	switch (action.type) {
		case 'input': {
			const {event} = action;
			if (event.type === 'focus') {
				return takeFocus(state, event.isFocused);
			}

			const quiet = seeAll(state.notice === undefined ? state : {...state, notice: undefined});
			return isOnNotice(state, event) ? quiet : withPause(state, takeInput(quiet, event));
		}

		case 'resize': {
			// The height of the help depends on its width.
			return scrollHelp({...state, size: action.size, widths: new Map()}, 0);
		}

		case 'view': {
			return takeView(state, action.view);
		}

		case 'background': {
			return {...state, background: action.background};
		}

		case 'notice': {
			return {...state, notice: action.notice};
		}

		case 'targets': {
			return takeTargets(state, action.targets);
		}

		case 'acted': {
			return takeActed(state, action.acted);
		}

		case 'written': {
			return takeWritten(state, action.written);
		}

		case 'alerted': {
			return takeAlerted(state, action.alerted);
		}

		case 'end': {
			return {...state, outcome: state.outcome ?? action.outcome};
		}
	}
};

/** Keys beyond this number are dropped: a key is held down. */
const maxHeld = 100;

/** Whether a key is queued. Keys keep their order, so all keys after a queued one are queued. */
const hasToWait = (state: State, binding: Binding | undefined): boolean => binding?.isUrgent !== true
	&& (state.heldKeys.length > 0 || (binding?.isAboutRow === true && !answerOf(state).isCurrent));

/** Handles the queued keys, up to one that has to wait again. */
const takeHeld = (state: State): State => {
	let next: State = {...state, heldKeys: []};
	for (const event of state.heldKeys) {
		next = numbered(next, settleMode(takeInput(next, event)));
	}

	return next;
};

const takeInput = (state: State, event: TypedEvent): State => {
	const binding = event.type === 'key' ? state.keyTable.find(state.mode, event.name, state) : undefined;
	if (hasToWait(state, binding)) {
		return {...state, heldKeys: [...state.heldKeys, event].slice(0, maxHeld)};
	}

	const {takeText, takeLetter, takeKey} = modeOf(state);
	if (event.type === 'paste') {
		return takeText?.(state, event.text) ?? state;
	}

	if (event.type === 'mouse') {
		return takeMouse(state, event);
	}

	if (binding === undefined && takeKey !== undefined) {
		return takeKey(state, event.name);
	}

	if (event.text !== undefined && (binding === undefined || binding.isTyped?.(state) === true)) {
		return (takeText ?? takeLetter)?.(state, event.text) ?? state;
	}

	return binding === undefined ? state : runBinding(state, binding, event.name);
};

const takeRecent = ({recent: {widths}}: State, {recent = []}: View, isSample: boolean): State['recent'] => {
	const {cells, needed} = readRecent(recent);
	return {cells, widths: updateWidths(widths, needed, isSample)};
};

const takeView = (state: State, view: View): State => {
	// An answer to an earlier query, for the other list.
	if ((view.journal === true) !== (state.journal !== undefined)) {
		return state;
	}

	const isSample = view.status.samples !== state.view?.status.samples;
	const contents = readContents(askedColumns(state), view.rows);
	const seen: State = {
		...state, view, cells: contents.cells, widths: updateWidths(state.widths, contents.needed, isSample), recent: takeRecent(state, view, isSample),
	};
	const answer = answerOf(seen);
	const counted = isSample ? countSample(seen.cursor, answer) : seen.cursor;
	if (!answer.isCurrent) {
		return {...seen, cursor: counted};
	}

	const next = numbered(state, followCursor({
		...seen, tagged: dropTags(seen.tagged, view), cursor: continueCursor(counted, view), notice: markNotice(state, view.markedAt) ?? seen.notice,
	}, view));
	return answerOf(next).isCurrent ? takeHeld(next) : next;
};
