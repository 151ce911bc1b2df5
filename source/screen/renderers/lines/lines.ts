/** The live view for screen readers and for terminals that can but write lines: nothing is drawn over, nothing is told by colours or places. */
import {escapeText} from '../../../text/escape.js';
import type {OpenRenderer} from '../../update/renderer.js';
import {paintFrame} from '../../paint/frame.js';
import {withKeys} from '../../keys/key-hints.js';
import type {State} from '../../state/state.js';
import {createTheme} from '../../look/theme.js';
import type {Size} from '../../terminal/size.js';
import {overview, plainLines, speak} from './speech.js';

/** The size in which screens are drawn that have no words of their own. */
const drawn: Size = {columns: 200, rows: 60};

/** What is said at first, besides the overview. */
const hint = '{up} and {down} go from row to row, {toggleReader} draws a screen, {help} lists the keys, {quit} leaves.';

/** Shows the live view as lines. Keys do what they do on the screen, and answer in lines; Ctrl-L gives an overview. */
export const openLines: OpenRenderer = ({store, paced}) => {
	const context = {theme: createTheme('none')};

	const say = (lines: readonly string[]): void => {
		if (lines.length > 0) {
			paced.write(lines.map(line => `${escapeText(line)}\n`).join(''));
		}
	};

	const draw = (state: State): readonly string[] => plainLines(paintFrame({...state, size: drawn}, context));

	let said: State = {...store.getState(), view: undefined, mode: 'table'};
	/** Says what has changed since it said something last. */
	const tell = (): void => {
		if (store.getState().outcome !== undefined || !paced.isIdle()) {
			return;
		}

		const before = said;
		said = store.getState();
		const isFirst = before.view === undefined && said.view !== undefined;
		say([
			...(isFirst || said.redraws !== before.redraws ? overview(said) : []),
			...(isFirst ? said.settingsProblems : []),
			...(isFirst ? [withKeys(hint, said.keyTable)] : []),
			...speak(before, said, draw),
		]);
	};

	let {copied} = store.getState();
	/** A clipboard takes an escape sequence, which is no line of text. */
	const unsubscribeCopies = store.subscribe(() => {
		const {copied: latest} = store.getState();
		if (latest === undefined || latest === copied) {
			return;
		}

		copied = latest;
		store.dispatch([{type: 'notice', notice: `Lines have no clipboard: ${latest.text}`}]);
	});
	const unsubscribe = store.subscribe(tell);
	const stopWaiting = paced.onIdle(tell);
	tell();

	return {
		async suspend(away) {
			await away();
			say(overview(store.getState()));
		},
		resume() {
			say(overview(store.getState()));
		},
		async close() {
			unsubscribeCopies();
			unsubscribe();
			stopWaiting();
		},
	};
};
