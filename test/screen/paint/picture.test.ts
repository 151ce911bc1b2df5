import test from 'ava';
import {createPicture} from '../../../source/screen/paint/picture.js';
import {initialState} from '../../../source/screen/update/initial-state.js';
import {createStore} from '../../../source/screen/update/store.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {createFakeEngine, makeSockets} from '../fake-engine.js';
import {everything} from '../open-screen.js';

const open = () => {
	const engine = createFakeEngine(makeSockets(5), {isManual: true});
	const store = createStore(engine.link, initialState(everything, {columns: 80, rows: 24}));
	engine.answer();
	const press = (name: string): void => {
		store.dispatch([{type: 'input', event: {type: 'key', name}}]);
	};

	return {
		engine, store, press, picture: createPicture(store.getState, {theme: createTheme('colours')}),
	};
};

test('a sample that changes nothing on the screen returns the same picture, so that nothing is drawn', t => {
	const {engine, picture} = open();
	const before = picture();
	t.is(before.kind, 'lines');
	engine.sample();
	t.is(picture(), before);
	engine.sample({sockets: makeSockets(6)});
	t.not(picture(), before);
});

test('the help is redrawn only if its counts or its position change', t => {
	const {engine, press, picture} = open();
	press('?');
	const before = picture();
	t.is(before.kind, 'help');
	engine.sample();
	press('tab');
	t.is(picture(), before);
	press('down');
	const scrolled = picture();
	t.not(scrolled, before);
	engine.sample({sockets: makeSockets(6)});
	const counted = picture();
	t.not(counted, scrolled);
	engine.sample({status: {hiddenOwners: 3}});
	t.not(picture(), counted);
});

test('another size is another picture, even with the same lines', t => {
	const {store, picture} = open();
	store.dispatch([{type: 'resize', size: {columns: 3, rows: 2}}]);
	const before = picture();
	store.dispatch([{type: 'resize', size: {columns: 3, rows: 2}}]);
	t.is(picture(), before);
	store.dispatch([{type: 'resize', size: {columns: 3, rows: 3}}]);
	t.not(picture(), before);
});
