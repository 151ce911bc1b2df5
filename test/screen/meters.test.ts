import test from 'ava';
import type {Summary} from '../../source/contract/messages.js';
import {defaultPreferences} from '../../source/preferences/preferences.js';
import {meterHeight, meterLines} from '../../source/screen/meters/draw.js';
import {
	defaultMeters,
	findMeter,
	meters,
	partsOf,
} from '../../source/meters/meters.js';
import {widthOf} from '../../source/screen/look/segments.js';
import {paintFrame} from '../../source/screen/paint/frame.js';
import {initialState, type InitialQuery} from '../../source/screen/update/initial-state.js';
import {layoutOf} from '../../source/screen/state/layout.js';
import type {State} from '../../source/screen/state/state.js';
import {createTheme} from '../../source/screen/look/theme.js';
import {queryOf} from '../../source/screen/state/query-of.js';
import {everything} from './open-screen.js';
import {drive} from './drive.js';

const theme = createTheme('none');
const all = meters.map(({id}) => id);

const summary: Summary = {
	protocols: {tcp: 60, udp: 3},
	states: [{state: 'ESTAB', count: 50}, {state: 'LISTEN', count: 10}],
	openedPerSecond: 3.2,
	closedPerSecond: 12,
	receiveRate: 2048,
	sendRate: 1_048_576,
	retransmitsPerSecond: 4,
	backlogs: {full: 1, near: 2},
	missedPerSecond: 140,
	healthProblems: [{name: 'backlog full', count: 1}, {name: 'loss', count: 12}],
	history: {
		receiveRate: [1, 2], sendRate: [2, 1], opened: [3.2], closed: [12], retransmits: [4], missed: [140],
	},
};

const draw = (ids: readonly string[], width: number, of: Summary = summary): readonly string[] =>
	meterLines(ids, of, width, {room: {bar: 2, gauges: 3}, theme}).map(line => line.map(({text}) => text).join(''));

test('each meter is drawn, with its title and its value', t => {
	const expected: Readonly<Record<string, RegExp>> = {
		states: /^ESTAB 50 {2}LISTEN 10 {2}UDP 3/v,
		opened: /^Opened 3\.2\/s/v,
		closed: /^Closed 12\/s/v,
		receive: /^Rx 2\.0KB\/s/v,
		send: /^Tx 1\.0MB\/s/v,
		retransmits: /^Retrans 4\.0\/s.*█$/v,
		backlogs: /^Backlogs 1 full, 2 near/v,
		missed: /^Missed 140\/s/v,
	};
	for (const [id, pattern] of Object.entries(expected)) {
		t.regex(draw([id], 98)[0], pattern, id);
	}

	// Alarms are at the right of the first line.
	t.regex(draw(['opened', 'verdicts'], 98)[0], /^Opened 3\.2\/s .* {3}Problems 13: backlog full 1, loss 12$/v);
	t.deepEqual([...Object.keys(expected), 'verdicts'].toSorted(), all.toSorted());
});

test('if there is no room for all problems, the least severe ones are left out completely', t => {
	const ill = {...summary, healthProblems: [{name: 'backlog full', count: 1}, {name: 'not reading', count: 2}, {name: 'peer not reading', count: 12}]};
	const sick = (width: number): string => /Problems .*$/v.exec(draw(['opened', 'verdicts'], width, ill)[0])?.[0] ?? '';
	t.is(sick(200), 'Problems 15: backlog full 1, not reading 2, peer not reading 12');
	t.is(sick(115), 'Problems 15: backlog full 1, not reading 2, …');
	t.is(sick(84), 'Problems 15: backlog full 1, …');
	t.is(sick(58), 'Problems 15');
});

test('without problems the meter takes no room; an empty backlog is shown', t => {
	const well = {...summary, healthProblems: [], backlogs: {full: 0, near: 0}};
	t.false(draw(all, 98, well).join(' ').includes('Problems'));
	t.regex(draw(['backlogs'], 98, well)[0], /^Backlogs free/v);
	t.is(meterHeight(all, 98, {bar: 2, gauges: 3}), draw(all, 98, well).length);
	t.is(draw(all, 98, well).length, draw(all, 98).length);
});

test('meters fit every width, in as many lines as the layout reserves', t => {
	for (const ids of [all, defaultMeters, ['send'], all.toReversed(), []]) {
		for (const width of [38, 58, 78, 98, 138, 198, 298]) {
			for (const room of [{bar: 1, gauges: 1}, {bar: 2, gauges: 3}] as const) {
				const lines = meterLines(ids, summary, width, {room, theme});
				t.is(lines.length, meterHeight(ids, width, room));
				t.true(lines.every(line => widthOf(line) <= width), `${ids.join(' ')} in ${width}`);
			}
		}
	}

	t.is(meterHeight(all, 198, {bar: 2, gauges: 3}), 3);
	t.is(meterHeight(all, 98, {bar: 2, gauges: 3}), 4);
});

test('gauges keep their order, and the last ones are dropped first', t => {
	const text = draw(all, 298).join(' ');
	const places = ['Opened', 'Closed', 'Rx', 'Tx', 'Retrans', 'Backlogs', 'Missed'].map(title => text.indexOf(title));
	t.deepEqual(places, places.toSorted((a, b) => a - b));
	const [narrow] = meterLines(['opened', 'closed', 'receive', 'send', 'missed'], summary, 58, {room: {bar: 1, gauges: 1}, theme});
	const shown = narrow.map(({text: part}) => part).join('');
	t.regex(shown, /Opened .*Closed .*Rx .*Tx /v);
	t.notRegex(shown, /Missed/v);
});

test('the engine counts only for meters that are shown', t => {
	t.deepEqual(partsOf(['states', 'opened', 'send']), []);
	t.deepEqual(partsOf(all), ['retransmits', 'backlogs', 'missed', 'healthProblems']);
	t.is(findMeter('Opened')?.id, 'opened');
	t.is(findMeter('nothing'), undefined);
	const query: InitialQuery = everything;
	const state: State = initialState(query, {columns: 100, rows: 30}, {preferences: {...defaultPreferences, meters: all}});
	t.deepEqual(queryOf(state).summary, ['retransmits', 'backlogs', 'missed', 'healthProblems']);
	t.is(queryOf({...state, areMetersHidden: true}).summary, undefined);
});

test('# hides or shows the meters, and the table gets their lines', t => {
	for (const [columns, rows, lines] of [[100, 30, 3], [80, 24, 2], [60, 16, 0]] as const) {
		const driver = drive({columns, rows});
		const before = layoutOf(driver.state()).table;
		driver.press('#');
		t.is(layoutOf(driver.state()).header, 2);
		t.is(layoutOf(driver.state()).table, before + lines);
		driver.press('#');
		t.is(layoutOf(driver.state()).table, before);
	}
});

test('on a low terminal, the alarm is a number beside the filters', t => {
	const driver = drive({columns: 60, rows: 16});
	driver.engine.sample({summary: {healthProblems: [{name: 'loss', count: 3}, {name: 'backlog full', count: 2}]}});
	const lines = paintFrame(driver.state(), {theme});
	t.regex(lines[1], /^ TCP UDP +Problems 5 /v);
	driver.press('#');
	t.is(paintFrame(driver.state(), {theme})[1], ' TCP UDP');
});
