import test from 'ava';
import {Protocol} from '../../source/table/columns/protocols.js';
import {WatchedProtocols} from '../../source/table/watched-protocols.js';

test('all protocols are watched until somebody says which', t => {
	const watched = new WatchedProtocols();
	t.false(watched.leavesOut);
	t.true(watched.has(Protocol.raw));
	t.false(watched.isIntroduced(Protocol.raw));
	watched.watch([Protocol.tcp]);
	t.true(watched.leavesOut);
	t.true(watched.has(Protocol.tcp));
	t.false(watched.has(Protocol.raw));
	t.false(watched.isIntroduced(Protocol.tcp), 'it was watched before');
});

test('a protocol that comes to be watched is introduced until a sample has seen it whole', t => {
	const watched = new WatchedProtocols();
	watched.watch([Protocol.tcp]);
	watched.watch([Protocol.tcp, Protocol.udp]);
	t.true(watched.isIntroduced(Protocol.udp));
	watched.watch([Protocol.tcp, Protocol.udp]);
	t.true(watched.isIntroduced(Protocol.udp), 'no sample has seen it yet');
	watched.know(Protocol.udp);
	t.false(watched.isIntroduced(Protocol.udp));
});
