import {
	hasLocals,
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';

const escape = '\u{1B}';

/** What the difference view shows for the socket at an endpoint. */
const difference = (screen: Emulator, local: string): string | undefined =>
	screen.lines().find(line => line.includes(` ${local} `))?.match(/opened|closed|grown/v)?.[0];

testInNamespace('m sets a mark, M shows sockets that are new since, d those that opened, closed or have grown', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const {id: closing} = await scene.listen({port: 7070});
	const {id: client} = await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 140});
	await live.waitFor(screen => rows(screen).length === 4, 'two listeners and both sides of a connection');
	live.type('m');
	await live.waitFor(screen => /Marked \d\d:\d\d:\d\d: /v.test(screen.text()), 'the notice');
	live.type('M');
	await live.waitFor(screen => screen.text().includes('Nothing new since the mark'), 'the empty list');
	await scene.listen({port: 9090});
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:9090'), 'only the new listener');
	await scene.close(closing);
	await scene.send(client, 1234);
	live.type('d');
	await live.waitFor(
		screen => difference(screen, '127.0.0.1:9090') === 'opened' && difference(screen, '127.0.0.1:7070') === 'closed'
			&& difference(screen, '127.0.0.1:50000') === 'grown',
		'one socket that opened, one that closed, and one that has grown',
	);
	t.regex(live.emulator.lines().find(line => line.includes(' 127.0.0.1:50000 127')) ?? live.emulator.text(), /1\.2K/v);
	live.type(escape);
	await live.waitFor(screen => / since \d\d:\d\d:\d\d/v.test(screen.text()) && !screen.text().includes('changed since'), 'all sockets');
	live.type(escape);
	await live.waitFor(screen => !/since \d\d:\d\d/v.test(screen.text()), 'the mark to be cleared');
});
