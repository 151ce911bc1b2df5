import {createRef} from 'react';
import {render} from 'ink';
import {backgroundOf, backgroundQuestion, isBackgroundAsked} from './background.js';
import {createDoubleClicks} from './double-clicks.js';
import {
	listenForEnd,
	outcomeOfLoss,
	processHost,
	type HostEvent,
} from './host.js';
import {initialState} from './initial-state.js';
import {createInputStream} from './input-stream.js';
import {clipboardSequence} from './inspector/clipboard.js';
import {createLineCarrier} from './line-carrier.js';
import {ScreenOutput, sizeOf} from './output.js';
import {createPacedOutput} from './paced-output.js';
import {pictureKind} from './picture.js';
import type {Action} from './reduce.js';
import {saveChanges} from './save-changes.js';
import type {ScreenOptions} from './screen-options.js';
import {Screen, type ScreenHandle} from './screen.js';
import {createShown} from './shown.js';
import type {Outcome} from './state.js';
import {createStore} from './store.js';
import {createThemes} from './theme.js';

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

/**
Shows the live view until the person leaves it or something ends it. The terminal is then as it was before, whatever the reason: a key, a signal, an
error, a terminal that is gone.

@returns The exit code of the program, and one sentence for the person if something went wrong.
*/
export const runScreen = async (options: ScreenOptions): Promise<Outcome> => {
	const {link, initialQuery, chosen, save, leaveLastWord, stdin, stdout, environment, host = processHost} = options;
	const store = createStore(link, initialState(initialQuery, sizeOf(stdout), {background: backgroundOf(environment.variables), ...chosen}));
	const carrier = createLineCarrier();
	const paced = createPacedOutput(stdout);
	const shown = createShown(store, paced);
	const output = new ScreenOutput(stdout, paced, carrier, () => pictureKind(shown.getState()) === 'lines');
	const themeFor = createThemes(environment.variables);
	const context = {
		hostname: environment.hostname,
		/** The one that is chosen at the time: a person may choose another one while they look, and the terminal answers when it likes. */
		get theme() {
			const {preferences, background} = store.getState();
			return themeFor(preferences, background);
		},
	};
	const handle = createRef<ScreenHandle>();
	const {promise: ended, resolve: resolveEnded} = Promise.withResolvers<Outcome>();

	const end = (outcome: Outcome): void => {
		store.dispatch([{type: 'end', outcome}]);
	};

	const markDoubleClick = createDoubleClicks(() => performance.now());
	const input = createInputStream(stdin, events => {
		store.dispatch(events.map((event): Action => ({type: 'input', event: markDoubleClick(event)})));
	}, () => {
		end({exitCode: 0});
	}, background => {
		store.dispatch([{type: 'background', background}]);
	});

	const screen = <Screen shown={shown} carrier={carrier} context={context} handle={handle}/>;
	const ink = render(screen, {
		// Ink takes any stream that has what these have.
		stdout: output as unknown as NodeJS.WriteStream,
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		patchConsole: false,
		exitOnCtrlC: false,
		// What a key changes on this thread is drawn at once; the engine's answer to it, some milliseconds later, is not to wait for a thirtieth of a second.
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

	const openTerminal = (): void => {
		input.open();
		output.write(pasteOn);
		takeMouse(store.getState().preferences.mouse);
	};

	const closeTerminal = (): void => {
		takeMouse(false);
		output.write(pasteOff);
		input.close();
		output.flush();
	};

	let isSuspended = false;
	const suspend = async (): Promise<void> => {
		if (isSuspended || handle.current === null) {
			return;
		}

		isSuspended = true;
		host.off('SIGTSTP', onStop);
		await handle.current.suspendTerminal(async () => {
			closeTerminal();
			await host.stop();
			openTerminal();
		});
		host.on('SIGTSTP', onStop);
		isSuspended = false;
		onResize();
	};

	const copy = (text: string): void => {
		const sequence = clipboardSequence(text, environment.variables);
		if (sequence === undefined) {
			store.dispatch([{type: 'notice', notice: `This terminal has no clipboard: ${text}`}]);
		} else {
			output.write(sequence);
		}
	};

	const stopSaving = saveChanges(store, save);
	let seen = store.getState();
	const unsubscribe = store.subscribe(() => {
		const previous = seen;
		seen = store.getState();
		if (seen.outcome !== undefined) {
			resolveEnded(seen.outcome);
		} else if (seen.suspensions !== previous.suspensions) {
			suspend().catch(fail);
		} else if (seen.copied !== undefined && seen.copied !== previous.copied) {
			copy(seen.copied.text);
		} else if (seen.redraws !== previous.redraws) {
			redraw();
		}

		if (!isSuspended && seen.outcome === undefined) {
			takeMouse(seen.preferences.mouse);
		}
	});

	const fail = (reason: unknown): void => {
		end({exitCode: 1, message: `an error ended the live view: ${reason instanceof Error ? reason.message : String(reason)}`});
	};

	const onOutputError = (error?: Error): void => {
		paced.abandon();
		end(outcomeOfLoss(error));
	};

	const onStop = (): void => {
		suspend().catch(fail);
	};

	/** After SIGSTOP nobody has given the terminal back, and the shell has changed it since. */
	const onContinue = (): void => {
		if (isSuspended) {
			return;
		}

		closeTerminal();
		openTerminal();
		output.write(alternateScreen + hideCursor);
		redraw();
	};

	const onExit = (): void => {
		closeTerminal();
		ink.unmount();
		output.flush();
	};

	const listeners: ReadonlyArray<readonly [event: HostEvent, listener: (reason?: unknown) => void]> = [
		['SIGTSTP', onStop],
		['SIGCONT', onContinue],
		['exit', onExit],
	];
	for (const [event, listener] of listeners) {
		host.on(event, listener);
	}

	const stopListening = listenForEnd(host, end, fail);

	stdout.on('resize', onResize);
	stdout.on('error', onOutputError);
	openTerminal();
	if (isBackgroundAsked(environment.variables)) {
		input.expectBackground();
		output.write(backgroundQuestion);
	}

	/** Rejects with what was thrown while drawing. */
	const watchInk = async (): Promise<void> => {
		try {
			await ink.waitUntilExit();
		} catch (error) {
			fail(error);
		}
	};

	const inkEnded = watchInk();
	const outcome = await ended;
	await stopSaving();
	await input.settled();
	link.send({type: 'stop'});
	unsubscribe();
	stopWaiting();
	store.close();
	closeTerminal();
	ink.unmount();
	output.flush();
	if (!await paced.settle()) {
		await leaveLastWord?.(allGivenBack);
	}

	await inkEnded;
	output.flush();
	stdout.off('resize', onResize);
	stdout.off('error', onOutputError);
	stopListening();
	for (const [event, listener] of listeners) {
		host.off(event, listener);
	}

	return outcome;
};
