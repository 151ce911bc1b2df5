/** The live view for screen readers and dumb terminals: it only appends lines, and conveys nothing by colour or position. */
import {escapeText} from '../../../text/escape.js';
import type {OpenRenderer} from '../../update/renderer.js';
import {paintFrame} from '../../paint/frame.js';
import {withKeys} from '../../keys/key-hints.js';
import type {State} from '../../state/state.js';
import {createTheme} from '../../look/theme.js';
import type {Size} from '../../terminal/size.js';
import {overview, plainLines, speak} from './speech.js';

/** The size at which pages without a text form of their own are painted. */
const paintedSize: Size = {columns: 200, rows: 60};

/** Written once, after the first overview. */
const hint = '{up} and {down} move between rows, {toggleReader} switches to the screen, {help} lists the keys, {quit} quits.';

/** Shows the live view as lines. Keys work as on the screen and their results are written as lines; Ctrl-L writes an overview. */
export const openLines: OpenRenderer = ({store, paced}) => {
	const context = {theme: createTheme('none')};

	const say = (lines: readonly string[]): void => {
		if (lines.length > 0) {
			paced.write(lines.map(line => `${escapeText(line)}\n`).join(''));
		}
	};

	const draw = (state: State): readonly string[] => plainLines(paintFrame({...state, size: paintedSize}, context));

	let said: State = {...store.getState(), view: undefined, mode: 'table'};
	/** Writes what has changed since the last lines were written. */
	const report = (): void => {
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
	/** Copying needs an escape sequence, which must not be written between lines of text. */
	const unsubscribeCopies = store.subscribe(() => {
		const {copied: latest} = store.getState();
		if (latest === undefined || latest === copied) {
			return;
		}

		copied = latest;
		store.dispatch([{type: 'notice', notice: `The clipboard is not available in line mode: ${latest.text}`}]);
	});
	const unsubscribe = store.subscribe(report);
	const stopWaiting = paced.onIdle(report);
	report();

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
