import test from 'ava';
import {
	isKept,
	markdownTable,
	page,
	toolTable,
	withRequested,
} from '../../bench/report.js';
import type {ToolFigures} from '../../bench/groups/tools.js';
import {ratioRow, type Row} from '../../bench/row.js';

const rows: readonly Row[] = [
	ratioRow({
		what: 'this', against: 'that', budget: 1.15, ratio: {value: 1.1, low: 1.05, high: 1.2}, detail: '11 ms; 10 ms',
	}),
	{
		what: 'memory', against: 'nothing', budget: 110, unit: 'MB', value: 111.4, detail: '',
	},
];

const tools: readonly ToolFigures[] = [
	{
		name: 'conntop', cpu: 24.96, resident: 96.6, private: 43.2, start: 250.4,
	},
	{
		name: 'watch ss', cpu: 36, resident: 3, private: 1, start: 90,
	},
];

test('the comparison has a line for each program', t => {
	t.is(toolTable(tools), [
		'| program | CPU per second | resident | private | start to first screen |',
		'| --- | ---: | ---: | ---: | ---: |',
		'| **conntop** | 25.0 ms | 97 MB | 43 MB | 250 ms |',
		'| `watch ss` | 36.0 ms | 3 MB | 1 MB | 90 ms |',
	].join('\n'));
});

test('a row has the figure and its budget', t => {
	t.is(markdownTable(rows), [
		'| what | compared with | budget | measured | half of the rounds | kept | details |',
		'| --- | --- | --- | --- | --- | --- | --- |',
		'| this | that | ≤ 1.15 | 1.10 | 1.05 to 1.20 | yes | 11 ms; 10 ms |',
		'| memory | nothing | ≤ 110 MB | 111 MB |  | **no** |  |',
	].join('\n'));
	t.deepEqual(rows.map(row => isKept(row)), [true, false]);
});

test('the page has the machine and the date', t => {
	const text = page(rows, tools, new Date('2026-01-02T03:04:05Z'));
	t.regex(text, /^# Benchmarks\n/v);
	t.regex(text, /- Linux \d+\.\d+\.\d+, /v);
	t.regex(text, /- Node\.js \d+/v);
	t.true(text.includes('- 2026-01-02\n'));
	t.true(text.endsWith('|\n'));
});

test('sections measured on request stay in the page until they are measured again', t => {
	const day = (date: number): Date => new Date(Date.UTC(2026, 0, date));
	const soaked = withRequested(withRequested(page(rows, tools, day(1)), 'million', rows, day(2)), 'soak', rows, day(3));
	const again = page(rows, tools, day(4), soaked);
	t.deepEqual(again.match(/^## .*$|2026-.*$/gmv), ['2026-01-04', '## Budgets', '## On request: million', '2026-01-02', '## On request: soak', '2026-01-03']);
	const replaced = withRequested(again, 'million', rows.slice(1), day(5));
	t.deepEqual(replaced.match(/^## .*$|2026-.*$/gmv), ['2026-01-04', '## Budgets', '## On request: soak', '2026-01-03', '## On request: million', '2026-01-05']);
	t.is(replaced.split('| this |').length, 3);
	t.true(replaced.endsWith('|\n'));
	t.notRegex(replaced, /\n\n\n/v);
});
