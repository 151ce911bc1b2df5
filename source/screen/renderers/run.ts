/**
The live view, whatever draws it: the link to the engine, the keyboard, signals and the end. What is shown may change from a drawn screen to lines and back while
all of this stays, so that nothing of the state is lost, and no key.
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
import {keepFilters} from './keep-filters.js';
import {saveChanges} from './save-changes.js';
import {rendererOf, renderers, type RendererName} from './renderers.js';

/**
Shows the live view until the person leaves it or something ends it. The terminal is then as it was before, whatever the reason: a key, a signal, an
error, a terminal that is gone.

@returns The exit code of the program, and one sentence for the person if something went wrong.
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
	/** Undefined while none is open, because one is to follow the other. */
	let renderer: Renderer | undefined;
	/** Resolves when the process goes on that is being stopped. */
	let suspended: Promise<void> | undefined;

	const away = async (): Promise<void> => {
		input.close();
		await host.stop();
		input.open();
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

	/** After SIGSTOP nobody has given the terminal back, and the shell has changed it since. */
	const onContinue = (): void => {
		if (suspended !== undefined) {
			return;
		}

		input.close();
		input.open();
		renderer?.resume();
	};

	const onExit = (): void => {
		void renderer?.close();
		input.close();
	};

	const onOutputError = (error?: Error): void => {
		paced.abandon();
		end(outcomeOfLoss(error));
	};

	const isOver = (): boolean => store.getState().outcome !== undefined;

	/** Resolves when another renderer is wanted than this one, or none any more. */
	const leave = async (name: RendererName): Promise<void> => {
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
	/** Opens one renderer after the other, each for as long as it is wanted. */
	const show = async (): Promise<void> => {
		/* eslint-disable no-await-in-loop -- One after the other. */
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
			await leave(name);
			await suspended;
			closed = renderer.close();
			lastWord = renderer.lastWord;
			renderer = undefined;
			// A terminal that stands may not take it for long: whoever has enough need not wait for that.
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
	await stopSaving();
	await stopKeeping();
	await input.settled();
	link.send({type: 'stop'});
	unsubscribe();
	store.close();
	input.close();
	if (!await paced.settle() && lastWord !== undefined) {
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
