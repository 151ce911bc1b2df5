import {
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';

testInNamespace('a search matches the peer\'s process, and n and N go from match to match', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 160, args: ['--sort', 'state']});
	await live.waitFor(screen => screen.text().includes('⇄'), 'both processes of the connection');

	live.type('/psql\r');
	await live.waitFor(screen => screen.text().includes('search psql: 2'), 'both rows that name the process');
	const position = (): string => /\b[1-3]\/3/v.exec(live.emulator.lines().at(-1) ?? '')?.[0] ?? '';
	await live.waitFor(() => position() !== '', 'the cursor on a match');
	const first = position();
	live.type('n');
	await live.waitFor(() => position() !== first, 'the next match');
	live.type('N');
	await live.waitFor(() => position() === first, 'the previous match');
	t.false(live.emulator.text().includes('localhost'));

	live.type('\u{1B}');
	await live.waitFor(screen => !screen.text().includes('search psql'), 'the end of the search');
	live.type('n');
	await live.waitFor(screen => screen.text().includes('localhost'), 'host names, because n has its usual meaning again');
});
