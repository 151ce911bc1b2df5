import test from 'ava';
import {initialState} from '../../../source/screen/update/initial-state.js';
import {createPacedOutput} from '../../../source/screen/terminal/paced-output.js';
import {createShown} from '../../../source/screen/renderers/ink/shown.js';
import type {State} from '../../../source/screen/state/state.js';
import {everything} from '../open-screen.js';

/** A terminal that takes what was written when the test says so. */
const open = (patience?: number) => {
	const written: string[] = [];
	const taking: Array<() => void> = [];
	const paced = createPacedOutput({
		write(data, callback) {
			written.push(data);
			taking.push(() => callback?.());
		},
	}, patience);
	return {
		paced,
		written,
		/** Takes the next piece. */
		take() {
			taking.shift()?.();
		},
	};
};

test('it reports when the terminal has accepted everything', t => {
	const {paced, take} = open();
	let idle = 0;
	const stop = paced.onIdle(() => {
		idle++;
	});
	t.true(paced.isIdle());
	paced.write('a');
	paced.write('b');
	t.false(paced.isIdle());
	take();
	t.false(paced.isIdle());
	t.is(idle, 0);
	take();
	t.true(paced.isIdle());
	t.is(idle, 1);
	stop();
	paced.write('c');
	take();
	t.is(idle, 1);
});

test('at exit, it waits for a terminal that makes progress, however slow', async t => {
	const {paced, take, written} = open(1_000_000);
	paced.write('a');
	paced.write('b');
	const settled = paced.drain();
	take();
	take();
	t.true(await settled);
	paced.write('c');
	t.deepEqual(written, ['a', 'b', 'c']);
	await t.notThrowsAsync(open(1_000_000).paced.drain());
});

test('at exit, it gives up on a blocked terminal and reports that', async t => {
	const {paced, take, written} = open(1);
	let ends = 0;
	const end = (): void => {
		ends++;
	};

	paced.onIdle(t.fail);
	paced.write('a', end);
	t.false(await paced.drain());
	t.is(ends, 1);
	paced.write('b', end);
	t.is(ends, 2);
	take();
	t.is(ends, 2);
	t.deepEqual(written, ['a']);
});

test('drawing pauses while the last frame is pending, and then shows the current state', t => {
	const {paced, take} = open();
	const first = initialState(everything, {columns: 80, rows: 24});
	const states: readonly State[] = [1, 2, 3].map(sequence => ({...first, sequence}));
	let [state] = states;
	const listeners = new Set<() => void>();
	const shown = createShown({
		getState: () => state,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	}, paced);
	const drawn: State[] = [];
	const stop = shown.subscribe(() => {
		drawn.push(shown.getState());
	});
	paced.write('frame');
	for (const next of states) {
		state = next;
		for (const listener of listeners) {
			listener();
		}
	}

	t.is(shown.getState(), states[0]);
	take();
	t.is(shown.getState(), states[2]);
	t.is(drawn.at(-1), states[2]);
	stop();
	t.is(listeners.size, 0);
});
