/**
The live view without its renderer: the link to the engine, the keyboard, signals and exit. All of this stays when the renderer is switched, so that no state and
no key is lost.
*/
import {createDoubleClicks} from '../terminal/double-clicks.js';
import type {Renderer, Stage} from '../update/renderer.js';
import {initialState} from '../update/initial-state.js';
import {createInputStream} from '../terminal/input-stream.js';
import {backgroundOf} from '../terminal/background.js';
import {createPacedOutput} from '../terminal/paced-output.js';
import type {Action} from '../update/reduce.js';
import {createStore} from '../update/store.js';
import {describeInternalError, internalErrorCode} from '../../text/internal-error.js';
import {sizeOf} from '../terminal/size.js';
import {
	listenForEnd,
	type Outcome,
	outcomeOfLoss,
	processHost,
} from '../terminal/host.js';
import type {ScreenOptions} from './screen-options.js';
import {announceAlerts} from './announce-alerts.js';
import {keepFilters} from './keep-filters.js';
import {saveChanges} from './save-changes.js';
import {rendererOf, renderers, type RendererName} from './renderers.js';

/**
Shows the live view until the user quits or it ends for another reason: a signal, an error, a lost terminal. Restores the terminal in all cases.

@returns The exit code, and a message if something went wrong.
*/
export const runScreen = async (options: ScreenOptions): Promise<Outcome> => {
	const {link, initialQuery, chosen, save, keepFilter, leaveLastWord, stdin, stdout, environment, host = processHost} = options;
	const initial = initialState(initialQuery, sizeOf(stdout), {background: backgroundOf(environment.variables), ...chosen});
	const store = createStore(link, {...initial, size: renderers[rendererOf(initial)].sizeOn(stdout)});
	const {promise: ended, resolve: resolveEnded} = Promise.withResolvers<Outcome>();
	const paced = createPacedOutput(stdout);

	const end = (outcome: Outcome): void => {
		store.dispatch([{type: 'end', outcome}]);
	};

	const fail = (reason: unknown): void => {
		const {sentence, frames} = describeInternalError(reason);
		end({exitCode: internalErrorCode, message: sentence, lines: frames});
	};

	const markDoubleClick = createDoubleClicks(() => performance.now());
	const input = createInputStream(stdin, events => {
		store.dispatch(events.map((event): Action => ({type: 'input', event: markDoubleClick(event)})));
	}, () => {
		end({exitCode: 0});
	}, background => {
		store.dispatch([{type: 'background', background}]);
	});

	let isBackgroundExpected = false;
	const stage: Stage = {
		store,
		stdout,
		paced,
		environment,
		fail,
		expectBackground() {
			if (isBackgroundExpected) {
				return false;
			}

			isBackgroundExpected = true;
			input.expectBackground();
			return true;
		},
	};
	/** Undefined while renderers are being switched. */
	let renderer: Renderer | undefined;
	/** Set while the process is suspended; resolves when it continues. */
	let suspended: Promise<void> | undefined;

	const announcer = announceAlerts(store, paced, environment);

	const away = async (): Promise<void> => {
		announcer.leave();
		input.close();
		await host.stop();
		input.open();
		announcer.enter();
	};

	const suspend = async (): Promise<void> => {
		host.off('SIGTSTP', onStop);
		try {
			await (renderer === undefined ? away() : renderer.suspend(away));
		} catch (error) {
			fail(error);
		}

		host.on('SIGTSTP', onStop);
		suspended = undefined;
	};

	const onStop = (): void => {
		suspended ??= suspend();
	};

	/** After SIGSTOP the terminal was not restored and the shell has changed its modes, so set them again. */
	const onContinue = (): void => {
		if (suspended !== undefined) {
			return;
		}

		announcer.leave();
		announcer.enter();

		input.close();
		input.open();
		renderer?.resume();
	};

	const onExit = (): void => {
		announcer.close();
		void renderer?.close();
		input.close();
	};

	const onOutputError = (error?: Error): void => {
		paced.abandon();
		end(outcomeOfLoss(error));
	};

	const isOver = (): boolean => store.getState().outcome !== undefined;

	/** Resolves when another renderer is selected or the live view ends. */
	const whenDone = async (name: RendererName): Promise<void> => {
		const {promise, resolve} = Promise.withResolvers<void>();
		const check = (): void => {
			if (isOver() || rendererOf(store.getState()) !== name) {
				resolve();
			}
		};

		const stop = store.subscribe(check);
		check();
		await promise;
		stop();
	};

	let closed = Promise.resolve();
	let lastWord: string | undefined;
	/** Runs the selected renderer, and the next one after each switch, until the live view ends. */
	const show = async (): Promise<void> => {
		/* eslint-disable no-await-in-loop -- Renderers run one after the other. */
		do {
			const name = rendererOf(store.getState());
			const open = await renderers[name].load();
			await suspended;
			const size = renderers[name].sizeOn(stdout);
			const {columns, rows} = store.getState().size;
			if (size.columns !== columns || size.rows !== rows) {
				store.dispatch([{type: 'resize', size}]);
			}

			renderer = open(stage);
			await whenDone(name);
			await suspended;
			closed = renderer.close();
			lastWord = renderer.lastWord;
			renderer = undefined;
			// A blocked terminal may delay closing for long; quitting must not wait for that.
			await Promise.race([closed, ended]);
		} while (!isOver());
		/* eslint-enable no-await-in-loop */
	};

	const stopSaving = saveChanges(store, save);
	const stopKeeping = keepFilters(store, keepFilter);
	let seen = initial.suspensions;
	const unsubscribe = store.subscribe(() => {
		const {outcome, suspensions} = store.getState();
		if (outcome !== undefined) {
			resolveEnded(outcome);
		} else if (suspensions !== seen) {
			onStop();
		}

		seen = suspensions;
	});

	host.on('SIGTSTP', onStop);
	host.on('SIGCONT', onContinue);
	host.on('exit', onExit);
	const stopListening = listenForEnd(host, end, fail);
	stdout.on('error', onOutputError);
	input.open();
	try {
		await show();
	} catch (error) {
		fail(error);
	}

	const outcome = await ended;
	announcer.close();
	await stopSaving();
	await stopKeeping();
	await input.whenReplied();
	link.send({type: 'stop'});
	unsubscribe();
	store.close();
	input.close();
	if (!await paced.drain() && lastWord !== undefined) {
		await leaveLastWord?.(lastWord);
	}

	await closed;
	stdout.off('error', onOutputError);
	stopListening();
	host.off('SIGTSTP', onStop);
	host.off('SIGCONT', onContinue);
	host.off('exit', onExit);
	return outcome;
};
