import test from 'ava';
import {readSocketTotals} from '../../source/names/socket-totals.js';

test('adds the counts of both families and those in TIME-WAIT', t => {
	const text = `sockets: used 200
TCP: inuse 11 orphan 1 tw 5 alloc 20 mem 3
UDP: inuse 4 mem 2
UDPLITE: inuse 9
TCP6: inuse 7
UDP6: inuse 2
UDPLITE6: inuse 1
`;
	t.deepEqual(readSocketTotals(() => text), {tcp: 23, udp: 6});
});

test('there is no total without the file', t => {
	t.is(readSocketTotals(() => {
		throw new Error('No such file.');
	}), undefined);
});
