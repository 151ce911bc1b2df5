import test from 'ava';
import {nearestName} from '../../source/text/nearest.js';
import {suggestName} from '../../source/query/language/subjects.js';

const names = ['established', 'listening', 'time-wait', 'rtt'];

test('allows one typing error for every three letters', t => {
	t.is(nearestName('establishd', names), 'established');
	t.is(nearestName('listenign', names), 'listening');
	t.is(nearestName('RTTT', names), 'rtt');
	t.is(nearestName('rt', names), 'rtt');
	t.is(nearestName('xyz', names), undefined);
	t.is(nearestName('a', names), undefined);
	t.is(nearestName('', names), undefined);
});

test('finds a name by its first letters', t => {
	t.is(nearestName('estab', names), 'established');
});

test('suggests names of the filter language', t => {
	t.is(suggestName('prot'), 'protocol');
	t.is(suggestName('sprot'), 'sport');
	t.is(suggestName('exlude'), 'exclude');
	t.is(suggestName('qqqqqq'), undefined);
});
