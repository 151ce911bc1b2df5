/** The live view for screen readers and for terminals that can but write lines: nothing is drawn over, nothing is told by colours or places. */
import {escapeText} from '../../text/escape.js';
import {paintFrame} from '../frame.js';
import {listenForEnd, outcomeOfLoss, processHost} from '../host.js';
import {withKeys} from '../key-hints.js';
import {initialState} from '../initial-state.js';
import {createInputStream} from '../input-stream.js';
import {createPacedOutput} from '../paced-output.js';
import type {Action} from '../reduce.js';
import {saveChanges} from '../save-changes.js';
import type {ScreenOptions} from '../screen-options.js';
import type {Outcome, Size, State} from '../state.js';
import {createStore} from '../store.js';
import {createTheme} from '../theme.js';
import {overview, plainLines, speak} from './speech.js';

/** As if it were a terminal of that size: its rows are those of which news is told. */
const size: Size = {columns: 200, rows: 500};

/** The size in which screens are drawn that have no words of their own. */
const drawn: Size = {columns: 200, rows: 60};

/**
Shows the live view as lines until the person leaves it or something ends it. Keys do what they do on the screen, and answer in lines; Ctrl-L gives an overview.

@returns The exit code of the program, and one sentence for the person if something went wrong.
*/
export const runReader = async ({link, initialQuery, chosen, save, stdin, stdout, environment, host = processHost}: ScreenOptions): Promise<Outcome> => {
	const store = createStore(link, initialState(initialQuery, size, chosen));
	const {promise: ended, resolve: resolveEnded} = Promise.withResolvers<Outcome>();
	const context = {theme: createTheme('none'), hostname: environment.hostname};
	const paced = createPacedOutput(stdout);

	const end = (outcome: Outcome): void => {
		store.dispatch([{type: 'end', outcome}]);
	};

	const fail = (reason: unknown): void => {
		end({exitCode: 1, message: `an error ended the live view: ${reason instanceof Error ? reason.message : String(reason)}`});
	};

	const say = (lines: readonly string[]): void => {
		if (lines.length > 0) {
			paced.write(`${lines.join('\n')}\n`);
		}
	};

	const draw = (state: State): readonly string[] => plainLines(paintFrame({...state, size: drawn}, context));

	const input = createInputStream(stdin, events => {
		store.dispatch(events.map((event): Action => ({type: 'input', event})));
	}, () => {
		end({exitCode: 0});
	});

	let isSuspended = false;
	const suspend = async (): Promise<void> => {
		if (isSuspended) {
			return;
		}

		isSuspended = true;
		host.off('SIGTSTP', onStop);
		input.close();
		await host.stop();
		input.open();
		host.on('SIGTSTP', onStop);
		isSuspended = false;
		say(overview(store.getState(), environment.hostname));
	};

	const onStop = (): void => {
		suspend().catch(fail);
	};

	const onOutputError = (error?: Error): void => {
		paced.abandon();
		end(outcomeOfLoss(error));
	};

	const onExit = (): void => {
		input.close();
	};

	const stopSaving = saveChanges(store, save);
	let said = store.getState();
	/** Says what has changed since it said something last. */
	const tell = (): void => {
		const {outcome} = store.getState();
		if (outcome !== undefined) {
			resolveEnded(outcome);
		}

		if (outcome !== undefined || !paced.isIdle()) {
			return;
		}

		const before = said;
		said = store.getState();

		const isFirst = before.view === undefined && said.view !== undefined;
		say([
			...(isFirst || said.redraws !== before.redraws ? overview(said, environment.hostname) : []),
			...(isFirst ? said.complaints.map(complaint => escapeText(complaint)) : []),
			...(isFirst ? [withKeys('{up} and {down} go from row to row, {help} lists the keys, {quit} leaves.', said.keyTable)] : []),
			...speak(before, said, draw),
		]);
		if (said.suspensions !== before.suspensions) {
			onStop();
		}
	};

	const unsubscribe = store.subscribe(tell);
	const stopWaiting = paced.onIdle(tell);

	const stopListening = listenForEnd(host, end, fail);
	host.on('SIGTSTP', onStop);
	host.on('exit', onExit);
	stdout.on('error', onOutputError);
	input.open();
	const outcome = await ended;
	link.send({type: 'stop'});
	unsubscribe();
	stopWaiting();
	await stopSaving();
	store.close();
	input.close();
	stopListening();
	host.off('SIGTSTP', onStop);
	host.off('exit', onExit);
	await paced.settle();
	stdout.off('error', onOutputError);
	return outcome;
};
