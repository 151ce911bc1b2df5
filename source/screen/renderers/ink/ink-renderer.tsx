import {createRef} from 'react';
import {render} from 'ink';
import {backgroundQuestion} from '../../terminal/background.js';
import type {OpenRenderer} from '../../update/renderer.js';
import {clipboardSequence} from '../../terminal/clipboard.js';
import {reportNoFocus} from '../../terminal/notification.js';
import {pictureKind} from '../../paint/picture.js';
import {createThemes, isBackgroundAsked} from '../../look/theme.js';
import {sizeOf} from '../../terminal/size.js';
import {createPlaceholder} from './placeholder.js';
import {ScreenOutput} from './output.js';
import {Screen, type ScreenHandle} from './screen.js';
import {createShown} from './shown.js';

const alternateScreen = '\u{1B}[?1049h';
const hideCursor = '\u{1B}[?25l';
const pasteOn = '\u{1B}[?2004h';
const pasteOff = '\u{1B}[?2004l';
/** Reports button presses and the wheel, in SGR format, which has no limit on coordinates. With Shift, selecting text still works. */
const mouseOn = '\u{1B}[?1000h\u{1B}[?1006h';
const mouseOff = '\u{1B}[?1006l\u{1B}[?1000l';
/** Restores a terminal when it is unknown how much output it has processed: ends an open string (ST) and synchronized output, then resets all modes set at the start. */
const resetSequence = `\u{1B}\\\u{1B}[?2026l${reportNoFocus}${mouseOff}${pasteOff}\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l`;
const homeAndErase = '\u{1B}[H\u{1B}[J';

/** Draws the live view: alternate screen, mouse, bracketed paste, and Ink. */
export const openInk: OpenRenderer = ({store, stdout, paced, environment, expectBackground, fail}) => {
	const placeholder = createPlaceholder();
	const shown = createShown(store, paced);
	const output = new ScreenOutput(stdout, paced, placeholder, () => pictureKind(shown.getState()) === 'lines');
	const themeFor = createThemes(environment.variables);
	const context = {
		/** The current theme: it changes when the user chooses another one or when the terminal reports its background. */
		get theme() {
			const {preferences, background} = store.getState();
			return themeFor(preferences, background);
		},
	};
	const handle = createRef<ScreenHandle>();
	const screen = <Screen shown={shown} placeholder={placeholder} context={context} handle={handle}/>;
	const ink = render(screen, {
		// Ink needs only the members of a stream that ScreenOutput has.
		stdout: output as unknown as NodeJS.WriteStream,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		patchConsole: false,
		exitOnCtrlC: false,
		// At Ink's default of 30 frames per second, the engine's answer would wait up to 33 ms after the frame that shows the key.
		maxFps: 60,
	});

	let isRedrawWanted = false;
	/** Redraws the whole screen as soon as the terminal accepts output. */
	const redraw = (): void => {
		isRedrawWanted = !paced.isIdle();
		if (isRedrawWanted) {
			return;
		}

		output.write(homeAndErase);
		ink.clear();
		// React renders the changes now instead of later.
		ink.rerender(screen);
		// Ink then draws immediately, even if nothing has changed.
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

	let isMouseOn = false;
	const setMouse = (isWanted: boolean): void => {
		if (isWanted === isMouseOn) {
			return;
		}

		output.write(isWanted ? mouseOn : mouseOff);
		isMouseOn = isWanted;
	};

	const setModes = (): void => {
		output.write(pasteOn);
		setMouse(store.getState().preferences.mouse);
	};

	const resetModes = (): void => {
		setMouse(false);
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
			setMouse(seen.preferences.mouse);
		}
	});

	/** Calls `fail` with an error that was thrown while drawing. */
	const watchInk = async (): Promise<void> => {
		try {
			await ink.waitUntilExit();
		} catch (error) {
			fail(error);
		}
	};

	const inkEnded = watchInk();
	stdout.on('resize', onResize);
	setModes();
	if (isBackgroundAsked(environment.variables) && expectBackground()) {
		output.write(backgroundQuestion);
	}

	return {
		lastWord: resetSequence,
		async suspend(away) {
			if (handle.current === null) {
				return;
			}

			isSuspended = true;
			await handle.current.suspendTerminal(async () => {
				resetModes();
				await away();
				setModes();
			});
			isSuspended = false;
			onResize();
		},
		resume() {
			resetModes();
			setModes();
			output.write(alternateScreen + hideCursor);
			redraw();
		},
		async close() {
			stdout.off('resize', onResize);
			unsubscribe();
			stopWaiting();
			resetModes();
			ink.unmount();
			output.flush();
			await inkEnded;
			output.flush();
		},
	};
};
