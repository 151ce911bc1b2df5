import test from 'ava';
import {formatMoment, parseMoment} from '../../source/text/moment.js';

const now = new Date(2026, 10, 27, 14, 30).getTime();

const local = (day: number, hours: number, minutes = 0, seconds = 0): number => new Date(2026, 10, day, hours, minutes, seconds).getTime();

test('moments as people write them', t => {
	t.is(parseMoment('03:12', now), local(27, 3, 12));
	t.is(parseMoment('3:12:05', now), local(27, 3, 12, 5));
	// It has not been 23:00 yet today.
	t.is(parseMoment('23:00', now), local(26, 23));
	t.is(parseMoment('today 23:00', now), local(27, 23));
	t.is(parseMoment('yesterday 03:12', now), local(26, 3, 12));
	t.is(parseMoment('-3m', now), now - 180_000);
	t.is(parseMoment(' -1h30m ', now), now - 5_400_000);
	t.is(parseMoment('now', now), now);
	t.is(parseMoment('2026-11-27T03:12:00Z', now), Date.UTC(2026, 10, 27, 3, 12));
	t.is(parseMoment('2026-11-27 03:12:00+02:00', now), Date.UTC(2026, 10, 27, 1, 12));
	t.is(parseMoment('2026-11-27T03:12', now), local(27, 3, 12));
	t.is(parseMoment('2026-11-27', now), local(27, 0));
});

test('other texts are no moments', t => {
	for (const text of ['', '25:00', '3:60', 'tomorrow', '-', '-3', '2026-13-01', '2026-11-27T25:00Z', '1234', '03:12 yesterday']) {
		t.is(parseMoment(text, now), undefined, `"${text}"`);
	}
});

test('a moment is written with its day', t => {
	t.is(formatMoment(local(7, 3, 12, 5)), '2026-11-07 03:12:05');
});
