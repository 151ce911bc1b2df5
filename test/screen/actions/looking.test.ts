import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {ShownMoment} from '../../../source/contract/messages.js';
import {acceptMoment} from '../../../source/screen/actions/looking.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {lineOf} from '../../../source/screen/state/line.js';
import type {State} from '../../../source/screen/state/state.js';
import {reduce} from '../../../source/screen/update/reduce.js';
import {drive} from '../drive.js';

const press = (state: State, key: string): State => reduce(state, {type: 'input', event: {type: 'key', name: key, text: key}});

const ends = Date.UTC(2026, 0, 2, 12);

const lookingBack = (change: Partial<ShownMoment> = {}): State => {
	const state = drive().state();
	return {
		...state, view: state.view && {
			...state.view, moment: {
				time: ends - 60_000, begins: ends - 3_600_000, ends, hasPresent: true, position: 0.5, opened: [], closed: [], problems: [], ...change,
			},
		},
	};
};

test('P starts playback, increases its speed, and stops it after the highest speed', t => {
	const asked = [undefined, 1, 2, 5, 10, 60].map(speed => press(lookingBack(speed === undefined ? {} : {speed}), 'P').momentRequest.request);
	t.deepEqual(asked, [1, 2, 5, 10, 60, 0].map(speed => ({kind: 'play', speed})));
});

test('p stops playback at the shown moment, and pauses if nothing plays', t => {
	t.deepEqual(press(lookingBack({speed: 5}), 'p').momentRequest.request, {kind: 'play', speed: 0});
	t.false(press(lookingBack({speed: 5}), 'p').isPaused);
	t.true(press(lookingBack(), 'p').isPaused);
});

test('the header shows the playback speed', t => {
	const textOf = (state: State): string => paintFrame(state, {theme: createTheme(colourLevelOf({TERM: 'xterm'}))}).map(line => stripVTControlCharacters(line)).join('\n');
	t.true(textOf(lookingBack({speed: 10})).includes(' plays 10×'));
	t.true(textOf(lookingBack()).includes(' not now'));
});

test('relative times count from the end of a recording; in the live view, they count from now', t => {
	const timeOf = (state: State, text: string): unknown => acceptMoment({...state, line: lineOf(text)}, ends + 86_400_000).momentRequest.request;
	t.deepEqual(timeOf(lookingBack({hasPresent: false}), '-3m'), {kind: 'at', time: ends - 180_000});
	t.deepEqual(timeOf(lookingBack(), '-3m'), {kind: 'at', time: ends + 86_400_000 - 180_000});
	t.deepEqual(timeOf(lookingBack({hasPresent: false}), '2026-01-02T11:00:00Z'), {kind: 'at', time: ends - 3_600_000});
});

test('while the live view shows a past moment, recording and alerts can be switched on', t => {
	t.true(press(lookingBack(), 'R').recordRequest?.isOn);
	t.is(press(lookingBack(), 'a').alert?.about, 'new ESTAB');
	t.is(press(lookingBack({hasPresent: false}), 'R').recordRequest, undefined);
	t.is(press(lookingBack({hasPresent: false}), 'a').alert, undefined);
});
