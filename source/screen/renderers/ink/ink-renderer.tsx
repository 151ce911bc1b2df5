import {createRef} from 'react';
import {render} from 'ink';
import {backgroundQuestion} from '../../terminal/background.js';
import type {OpenRenderer} from '../../update/renderer.js';
import {clipboardSequence} from '../../terminal/clipboard.js';
import {pictureKind} from '../../paint/picture.js';
import {createThemes, isBackgroundAsked} from '../../look/theme.js';
import {sizeOf} from '../../terminal/size.js';
import {createPlaceholders} from './placeholders.js';
import {ScreenOutput} from './output.js';
import {Screen, type ScreenHandle} from './screen.js';
import {createShown} from './shown.js';

const alternateScreen = '\u{1B}[?1049h';
const hideCursor = '\u{1B}[?25l';
const pasteOn = '\u{1B}[?2004h';
const pasteOff = '\u{1B}[?2004l';
/** Presses and the wheel, in the form that has no limits. Selecting with Shift stays with the terminal. */
const mouseOn = '\u{1B}[?1000h\u{1B}[?1006h';
const mouseOff = '\u{1B}[?1006l\u{1B}[?1000l';
/** For a terminal of which nobody knows what it has taken: ends what was begun (ST, synchronized output), then all that is taken at the start. */
const allGivenBack = `\u{1B}\\\u{1B}[?2026l${mouseOff}${pasteOff}\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l`;
const homeAndErase = '\u{1B}[H\u{1B}[J';

/** Draws the live view: alternate screen, mouse, bracketed paste, and Ink. */
export const openInk: OpenRenderer = ({store, stdout, paced, environment, expectBackground, fail}) => {
	const placeholders = createPlaceholders();
	const shown = createShown(store, paced);
	const output = new ScreenOutput(stdout, paced, placeholders, () => pictureKind(shown.getState()) === 'lines');
	const themeFor = createThemes(environment.variables);
	const context = {
		/** The one that is chosen at the time: a person may choose another one while they look, and the terminal answers when it likes. */
		get theme() {
			const {preferences, background} = store.getState();
			return themeFor(preferences, background);
		},
	};
	const handle = createRef<ScreenHandle>();
	const screen = <Screen shown={shown} placeholders={placeholders} context={context} handle={handle}/>;
	const ink = render(screen, {
		// Ink takes any stream that has what these have.
		stdout: output as unknown as NodeJS.WriteStream,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		patchConsole: false,
		exitOnCtrlC: false,
		// Where the engine's answer to a key comes after what the key changes by itself was drawn, it is not to wait for a thirtieth of a second.
		maxFps: 60,
	});

	let isRedrawWanted = false;
	/** Draws everything from the top, whatever the terminal shows, as soon as it takes something. */
	const redraw = (): void => {
		isRedrawWanted = !paced.isIdle();
		if (isRedrawWanted) {
			return;
		}

		output.write(homeAndErase);
		ink.clear();
		// React takes in what has changed now, not in a while.
		ink.rerender(screen);
		// Ink then draws at once, even if nothing has changed.
		output.emit('resize');
	};

	const stopWaiting = paced.onIdle(() => {
		if (isRedrawWanted) {
			redraw();
		}
	});

	const onResize = (): void => {
		store.dispatch([{type: 'resize', size: sizeOf(stdout)}]);
		redraw();
	};

	let isMouseTaken = false;
	const takeMouse = (isWanted: boolean): void => {
		if (isWanted === isMouseTaken) {
			return;
		}

		output.write(isWanted ? mouseOn : mouseOff);
		isMouseTaken = isWanted;
	};

	const takeModes = (): void => {
		output.write(pasteOn);
		takeMouse(store.getState().preferences.mouse);
	};

	const giveModesBack = (): void => {
		takeMouse(false);
		output.write(pasteOff);
		output.flush();
	};

	const copy = (text: string): void => {
		const sequence = clipboardSequence(text, environment.variables);
		if (sequence === undefined) {
			store.dispatch([{type: 'notice', notice: `This terminal has no clipboard: ${text}`}]);
		} else {
			output.write(sequence);
		}
	};

	let isSuspended = false;
	let seen = store.getState();
	const unsubscribe = store.subscribe(() => {
		const previous = seen;
		seen = store.getState();
		if (seen.outcome !== undefined) {
			return;
		}

		if (seen.copied !== undefined && seen.copied !== previous.copied) {
			copy(seen.copied.text);
		} else if (seen.redraws !== previous.redraws) {
			redraw();
		}

		if (!isSuspended) {
			takeMouse(seen.preferences.mouse);
		}
	});

	/** Rejects with what was thrown while drawing. */
	const watchInk = async (): Promise<void> => {
		try {
			await ink.waitUntilExit();
		} catch (error) {
			fail(error);
		}
	};

	const inkEnded = watchInk();
	stdout.on('resize', onResize);
	takeModes();
	if (isBackgroundAsked(environment.variables) && expectBackground()) {
		output.write(backgroundQuestion);
	}

	return {
		lastWord: allGivenBack,
		async suspend(away) {
			if (handle.current === null) {
				return;
			}

			isSuspended = true;
			await handle.current.suspendTerminal(async () => {
				giveModesBack();
				await away();
				takeModes();
			});
			isSuspended = false;
			onResize();
		},
		resume() {
			giveModesBack();
			takeModes();
			output.write(alternateScreen + hideCursor);
			redraw();
		},
		async close() {
			stdout.off('resize', onResize);
			unsubscribe();
			stopWaiting();
			giveModesBack();
			ink.unmount();
			output.flush();
			await inkEnded;
			output.flush();
		},
	};
};
