import test from 'ava';
import {formatMoment} from '../../source/text/clock.js';

test('a moment has its date where that is not today\'s', t => {
	const at = (...parts: readonly [number, number, number, number, number, number]): number => new Date(...parts).getTime();
	const now = at(2026, 10, 27, 18, 0, 0);
	t.is(formatMoment(at(2026, 10, 27, 0, 0, 0), now), '00:00:00');
	t.is(formatMoment(at(2026, 10, 26, 23, 59, 59), now), 'Nov 26 23:59:59');
	t.is(formatMoment(at(2026, 1, 3, 4, 5, 6), now), 'Feb  3 04:05:06');
	t.is(formatMoment(at(2025, 10, 27, 18, 0, 0), now), 'Nov 27 18:00:00', 'the same day of another year');
});
