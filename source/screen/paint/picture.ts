import {layoutOf} from '../state/layout.js';
import {modeOf, type State} from '../state/state.js';
import {isSameSize, type Size} from '../terminal/size.js';
import {statusSentences} from './notices.js';
import {paintFrame, type FrameContext} from './frame.js';
import {createKeptRows, type KeptRows} from './kept-rows.js';

/** The input of the drawing: lines of text, or the help, which is drawn from the state. */
export type Picture =
	| {readonly kind: 'lines'; readonly size: Size; readonly lines: readonly string[]}
	| {readonly kind: 'help'; readonly state: State};

/**
Creates a function that returns the picture of the state. It returns the same object while the picture stays equal, so that nothing is redrawn
without a change.
*/
export const createPicture = (getState: () => State, context: FrameContext): () => Picture => {
	let drawn: State | undefined;
	let picture: Picture | undefined;
	const kept = createKeptRows();

	return () => {
		const state = getState();
		if (picture === undefined || state !== drawn) {
			const next = pictureOf(state, context, kept);
			picture = picture !== undefined && isSamePicture(picture, next) ? picture : next;
			drawn = state;
		}

		return picture;
	};
};

/** The kind of picture for a state. */
export const pictureKind = (state: State): Picture['kind'] => modeOf(state).isHelp === true && !layoutOf(state).isTooSmall ? 'help' : 'lines';

const pictureOf = (state: State, context: FrameContext, kept: KeptRows): Picture => pictureKind(state) === 'help'
	? {kind: 'help', state}
	: {kind: 'lines', size: state.size, lines: paintFrame(state, context, kept.begin())};

const isSamePicture = (a: Picture, b: Picture): boolean => (a.kind === 'help' && b.kind === 'help' && isSameHelp(a.state, b.state))
	|| (a.kind === 'lines' && b.kind === 'lines' && isSameSize(a.size, b.size) && areSameLines(a.lines, b.lines));

const areSameLines = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, index) => line === b[index]);

/** Whether the help of two states looks the same: it shows counts by state, status notices, its scroll position and its search. */
const isSameHelp = (a: State, b: State): boolean =>
	a.size === b.size && a.background === b.background && a.helpOffset === b.helpOffset && a.mode === b.mode && a.line === b.line && JSON.stringify(helpFacts(a)) === JSON.stringify(helpFacts(b));

const helpFacts = ({view}: State): unknown => view && [view.summary.states, view.summary.protocols, statusSentences({view})];
