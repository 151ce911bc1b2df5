import {isIP} from 'node:net';
import test from 'ava';
import {formatListenAddress, parseListenAddress} from '../../../source/metrics/prometheus/listen-address.js';
import {encodingFor, formatFor} from '../../../source/metrics/prometheus/server.js';

const read = (text: string) => parseListenAddress(text, each => isIP(each) !== 0);

test('an address to listen at is one of the machine, and a port alone is on the loopback interface', t => {
	t.deepEqual(read('9073'), {host: '127.0.0.1', port: 9073});
	t.deepEqual(read('0.0.0.0:80'), {host: '0.0.0.0', port: 80});
	t.deepEqual(read('[::1]:80'), {host: '::1', port: 80});
	t.deepEqual(read('localhost:80'), {host: '127.0.0.1', port: 80});
	t.deepEqual(['', ':80', '1.2.3:80', '::1:80', '127.0.0.1', 'a:80', '127.0.0.1:65536', '127.0.0.1:-1', '[]:80'].map(text => read(text)), Array.from({length: 9}));
	t.is(formatListenAddress({host: '::1', port: 1}), '[::1]:1');
});

test('OpenMetrics is written only if the client requests it', t => {
	t.is(formatFor('application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'), 'openMetrics');
	t.is(formatFor('text/plain, application/openmetrics-text; q=0.5'), 'openMetrics');
	for (const accept of [undefined, '', '*/*', 'text/html,*/*;q=0.8', 'application/openmetrics-text;q=0', 'application/openmetrics-text; q=0.0, text/plain']) {
		t.is(formatFor(accept), 'text', `Accept: ${accept}`);
	}
});

test('metrics are compressed only if the client accepts it', t => {
	for (const accept of ['gzip', 'gzip, deflate, br', 'deflate, gzip;q=1.0', 'br;q=0, gzip;q=0.5']) {
		t.is(encodingFor(accept), 'gzip', `Accept-Encoding: ${accept}`);
	}

	for (const accept of [undefined, '', 'identity', 'deflate, br', 'gzip;q=0', 'gzip; q=0.0', 'x-gzip-like']) {
		t.is(encodingFor(accept), 'identity', `Accept-Encoding: ${accept}`);
	}
});
