import test from 'ava';
import fc from '../helpers/property.js';
import {formatDuration, formatMilliseconds, parseDuration} from '../../source/text/duration.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const time = fc.oneof(
	fc.double({min: 0, max: 1e15, noNaN: true}),
	fc.double({min: 0, max: 200, noNaN: true}),
	fc.nat({max: 20 * day}),
	fc.tuple(fc.constantFrom(0.01, 1, 10, 100, 1e5, second, minute, hour, day, 10 * day, 365 * day, 730 * day), fc.double({min: 0.98, max: 1.02, noNaN: true})).map(([base, factor]) => base * factor),
);

const durations: ReadonlyArray<readonly [number, string]> = [
	[0, '0s'],
	[999, '0s'],
	[42 * second, '42s'],
	[3 * minute + 5 * second, '3m05'],
	[hour - 1, '59m59'],
	[2 * hour + 15 * minute, '2h15'],
	[day - 1, '23h59'],
	[3 * day + 4 * hour, '3d04h'],
	[10 * day, '10d'],
	[729 * day, '729d'],
	[365 * 4.25 * day, '4.2y'],
	[365 * 123 * day, '123y'],
];

for (const [milliseconds, text] of durations) {
	test(`formats ${milliseconds} ms as ${text}`, t => {
		t.is(formatDuration(milliseconds), text);
	});
}

test('parses what it formats', t => {
	fc.assert(fc.property(time, milliseconds => {
		const text = formatDuration(milliseconds);
		const read = parseDuration(text) ?? NaN;
		t.true(text.length <= 5);
		t.true(read <= milliseconds * (1 + Number.EPSILON) || text === '9999y');
		t.is(formatDuration(read + 1e-6 * read), text);
	}));
});

test('texts never decrease while durations grow', t => {
	fc.assert(fc.property(time, time, (a, b) => {
		const [short, long] = a < b ? [a, b] : [b, a];
		t.true((parseDuration(formatDuration(short)) ?? NaN) <= (parseDuration(formatDuration(long)) ?? NaN));
		t.true(readMilliseconds(formatMilliseconds(short)) <= readMilliseconds(formatMilliseconds(long)));
		t.true(formatMilliseconds(long).length <= 5);
	}));
});

const readMilliseconds = (text: string): number => text.endsWith('s') ? Number(text.slice(0, -1)) * second : Number(text);

test('formats milliseconds', t => {
	const written = [0, 0.00001, 0.004, 0.0096, 0.03, 0.42, 9.99, 9.996, 12.34, 99.96, 150, 2100, 99_999, 4_294_967.295].map(value => formatMilliseconds(value));
	t.deepEqual(written, ['0', '0.001', '0.004', '0.01', '0.03', '0.42', '9.99', '10.0', '12.3', '100', '150', '2100', '99999', '4295s']);
});

test('parses durations', t => {
	const read = ['200us', '200µs', '200μs', '50ms', '10s', '1.5s', '5m', '2h', '1d', '2w', '1y', '1h30m', '3m05', '2h15', '3d04h', '10S', '1H30', '1m200ms', '.5s'].map(text => parseDuration(text));
	t.deepEqual(read, [
		0.2,
		0.2,
		0.2,
		50,
		10 * second,
		1500,
		5 * minute,
		2 * hour,
		day,
		14 * day,
		365 * day,
		1.5 * hour,
		3 * minute + 5 * second,
		2.25 * hour,
		3 * day + 4 * hour,
		10 * second,
		1.5 * hour,
		minute + 200,
		500,
	]);
});

test('rejects invalid durations', t => {
	for (const text of ['', '5', 's', '5 s', '-5s', '1m1h', '1m1m', '3s05', '1h30m5x', '1e3s', '5ſ', `${'9'.repeat(400)}s`]) {
		t.is(parseDuration(text), undefined, `'${text}'`);
	}
});
