import test from 'ava';
import {Protocol} from '../../source/table/columns/protocols.js';
import {WatchedProtocols} from '../../source/table/watched-protocols.js';

test('all protocols are watched by default', t => {
	const watched = new WatchedProtocols();
	t.false(watched.hasUnwatched);
	t.true(watched.has(Protocol.raw));
	t.false(watched.isNewlyWatched(Protocol.raw));
	watched.watch([Protocol.tcp]);
	t.true(watched.hasUnwatched);
	t.true(watched.has(Protocol.tcp));
	t.false(watched.has(Protocol.raw));
	t.false(watched.isNewlyWatched(Protocol.tcp), 'it was watched before');
});

test('a protocol is newly watched until a sample has read it completely', t => {
	const watched = new WatchedProtocols();
	watched.watch([Protocol.tcp]);
	watched.watch([Protocol.tcp, Protocol.udp]);
	t.true(watched.isNewlyWatched(Protocol.udp));
	watched.watch([Protocol.tcp, Protocol.udp]);
	t.true(watched.isNewlyWatched(Protocol.udp), 'no sample has seen it yet');
	watched.noteComplete(Protocol.udp);
	t.false(watched.isNewlyWatched(Protocol.udp));
});
