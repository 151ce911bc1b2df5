import test from 'ava';
import {initialState} from '../../../../source/screen/update/initial-state.js';
import {createShown, type Shown} from '../../../../source/screen/renderers/ink/shown.js';
import {createStore, type Store} from '../../../../source/screen/update/store.js';
import {createFakeEngine, makeSockets, type FakeEngine} from '../../fake-engine.js';
import {everything} from '../../open-screen.js';

/** Longer than any test takes. */
const ever = 1_000_000;

/** A terminal that takes everything at once. */
const output = {isIdle: () => true, onIdle: () => () => undefined};

type Opened = {
	readonly engine: FakeEngine;
	readonly store: Store;
	readonly shown: Shown;
	/** How many pictures there were since the first. */
	readonly drawn: () => number;
	readonly stop: () => void;
};

const open = (patience: number, onDrawn?: () => void): Opened => {
	const engine = createFakeEngine(makeSockets(50), {isManual: true});
	const store = createStore(engine.link, initialState(everything, {columns: 80, rows: 24}));
	const shown = createShown(store, output, patience);
	let drawn = 0;
	let before = shown.getState();
	const stop = shown.subscribe(() => {
		const state = shown.getState();
		if (state === before) {
			return;
		}

		before = state;
		drawn++;
		onDrawn?.();
	});
	return {
		engine, store, shown, drawn: () => drawn, stop,
	};
};

const keysOf = (names: string) => names.split(' ').map(name => ({type: 'input', event: {type: 'key', name}}) as const);

test('the effect of a key and its answer are drawn in one frame', t => {
	const {engine, store, shown, stop} = open(ever);
	engine.answer();
	const before = shown.getState();
	store.dispatch(keysOf('4'));
	t.not(store.getState().sequence, before.sequence, 'it asks for something else');
	t.is(shown.getState(), before);
	store.dispatch(keysOf('4'));
	engine.answer();
	t.is(shown.getState(), store.getState());
	t.is(shown.getState().view?.sequence, store.getState().sequence);
	stop();
});

test('later keys do not extend the wait for an answer', t => {
	const {engine, store, shown, stop} = open(ever);
	engine.answer();
	const before = shown.getState();
	store.dispatch(keysOf('4'));
	const {sequence} = store.getState();
	store.dispatch(keysOf('4'));
	engine.answer(sequence);
	t.is(shown.getState(), before);
	engine.answer();
	t.is(shown.getState(), store.getState());
	stop();
});

test('a late answer gets a separate frame', async t => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const {engine, store, shown, drawn, stop} = open(1, () => {
		if (store.getState().sequence > 1) {
			resolve();
		}
	});
	engine.answer();
	store.dispatch(keysOf('4'));
	await promise;
	t.is(shown.getState(), store.getState());
	t.is(drawn(), 2);
	engine.answer();
	t.is(shown.getState(), store.getState());
	t.is(drawn(), 3);
	stop();
});

test('there is no wait before the first answer, or without a changed query', t => {
	const {engine, store, shown, stop} = open(ever);
	store.dispatch(keysOf('l'));
	t.true(store.getState().sequence > 1);
	t.is(shown.getState(), store.getState());
	engine.answer();
	const {sequence} = store.getState();
	store.dispatch(keysOf('?'));
	t.is(store.getState().sequence, sequence);
	t.is(shown.getState(), store.getState());
	stop();
});
