import test from 'ava';
import {initialState} from '../../../source/screen/update/initial-state.js';
import {createStore, type Store} from '../../../source/screen/update/store.js';
import {createFakeEngine, makeSockets, type FakeEngine} from '../fake-engine.js';
import {everything} from '../open-screen.js';

const open = (): {readonly engine: FakeEngine; readonly store: Store; readonly drawn: () => number} => {
	const engine = createFakeEngine(makeSockets(50), {isManual: true});
	const store = createStore(engine.link, initialState(everything, {columns: 80, rows: 24}));
	let drawn = 0;
	store.subscribe(() => {
		drawn++;
	});
	return {engine, store, drawn: () => drawn};
};

const keysOf = (names: string) => names.split(' ').map(name => ({type: 'input', event: {type: 'key', name}}) as const);

test('sends the first query at once', t => {
	const {engine} = open();
	t.is(engine.sent.length, 1);
	t.like(engine.sent[0], {type: 'query', sequence: 1});
});

test('keys of one batch make one query and one frame', t => {
	const {engine, store, drawn} = open();
	engine.answer();
	t.is(drawn(), 1);
	store.dispatch(keysOf('j j j l e'));
	t.is(drawn(), 2);
	t.is(engine.sent.length, 2);
	t.is(engine.sent[1].type === 'query' && engine.sent[1].sequence, store.getState().sequence);
});

test('without a change nothing is drawn or requested', t => {
	const {engine, store, drawn} = open();
	store.dispatch(keysOf('f12'));
	store.dispatch([]);
	t.is(drawn(), 0);
	t.is(engine.sent.length, 1);
});

test('tells the engine to pause and to resume', t => {
	const {engine, store} = open();
	store.dispatch(keysOf('p'));
	t.deepEqual(engine.sent.at(-1), {type: 'pause', paused: true});
	store.dispatch(keysOf('p p'));
	t.is(engine.sent.length, 2);
	store.dispatch(keysOf('Z'));
	t.deepEqual(engine.sent.at(-1), {type: 'pause', paused: false});
});

test('a failed engine ends the screen with its message', t => {
	const {engine, store} = open();
	engine.fail('no sockets to be had');
	t.deepEqual(store.getState().outcome, {exitCode: 1, message: 'no sockets to be had'});
});

test('a closed store ignores messages', t => {
	const {engine, store, drawn} = open();
	store.close();
	engine.answer();
	t.is(drawn(), 0);
	t.false(engine.isHeard());
});
