import {layoutOf} from '../state/layout.js';
import {modeOf, type State} from '../state/state.js';
import type {Size} from '../terminal/size.js';
import {statusSentences} from './notices.js';
import {paintFrame, type FrameContext} from './frame.js';

/** What is to be drawn: lines of text, or the help, which is drawn from the state. */
export type Picture =
	| {readonly kind: 'lines'; readonly size: Size; readonly lines: readonly string[]}
	| {readonly kind: 'help'; readonly state: State};

/**
Makes the function that gives the picture of the state. It gives the same object again as long as the picture is the same, so that nothing is
drawn when nothing has changed.
*/
export const createPicture = (getState: () => State, context: FrameContext): () => Picture => {
	let drawn: State | undefined;
	let picture: Picture | undefined;

	return () => {
		const state = getState();
		if (picture === undefined || state !== drawn) {
			const next = pictureOf(state, context);
			picture = picture !== undefined && isSamePicture(picture, next) ? picture : next;
			drawn = state;
		}

		return picture;
	};
};

/** Of which kind the picture of a state is: the help is the page that has no lines of its own. */
export const pictureKind = (state: State): Picture['kind'] => {
	const {kind, paint} = modeOf(state);
	return kind === 'page' && paint === undefined && !layoutOf(state).isTooSmall ? 'help' : 'lines';
};

const pictureOf = (state: State, context: FrameContext): Picture => pictureKind(state) === 'help'
	? {kind: 'help', state}
	: {kind: 'lines', size: state.size, lines: paintFrame(state, context)};

const isSamePicture = (a: Picture, b: Picture): boolean => (a.kind === 'help' && b.kind === 'help' && isSameHelp(a.state, b.state))
	|| (a.kind === 'lines' && b.kind === 'lines' && a.size.columns === b.size.columns && areSameLines(a.lines, b.lines));

const areSameLines = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((line, index) => line === b[index]);

/** The help shows how many sockets there are in each state, what there is to know, and its own place. */
const isSameHelp = (a: State, b: State): boolean =>
	a.size === b.size && a.background === b.background && a.helpOffset === b.helpOffset && JSON.stringify(helpFacts(a)) === JSON.stringify(helpFacts(b));

const helpFacts = ({view}: State): unknown => view && [view.summary.states, view.summary.protocols, statusSentences({view})];
