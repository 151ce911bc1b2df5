/** Keys and notices that no other test covers. */
import {keys} from '../screen/open-screen.js';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';
import type {Pty} from '../helpers/pty.js';

const header = ({emulator}: Pty): string => emulator.lines()[0] ?? '';

testInNamespace('+ and - change the interval, and fold if the list is grouped', async t => {
	const scene = await openScene(t, 'server');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120});
	await live.waitFor(() => header(live).includes('every 0.1 s'), 'the interval');
	live.type('+');
	await live.waitFor(screen => header(live).includes('every 0.2 s') && screen.text().includes('Sampled every 0.2 s: + and - change it'), 'a longer interval, and the notice');
	live.type('+');
	await live.waitFor(() => header(live).includes('every 0.5 s'), 'the next longer one');
	live.type('--');
	await live.waitFor(() => header(live).includes('every 0.1 s'), 'the shortest one');
	live.type('-');
	await live.waitFor(screen => screen.text().includes('no shorter one can be chosen'), 'the reason why there is none');

	live.type('\u{1B}[15~');
	await live.waitFor(screen => screen.text().includes('▾'), 'the tree');
	live.type(`${keys.down}-`);
	await live.waitFor(screen => screen.text().includes('▸'), 'the folded group');
	t.true(header(live).includes('every 0.1 s'));
	live.type('+');
	await live.waitFor(screen => screen.text().includes('▾'), 'the unfolded group');
	t.true(header(live).includes('every 0.1 s'));
});

testInNamespace('the next key removes a notice about a key', async t => {
	const scene = await openScene(t, 'server');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120});
	live.type('o');
	await live.waitFor(screen => screen.text().includes('No row is selected: arrow keys select one'), 'the reason why the key does nothing');
	live.type(keys.down);
	await live.waitFor(screen => !screen.text().includes('No row is selected'), 'the notice to disappear');
	live.type('o');
	await live.waitFor(screen => screen.text().includes('There is no socket at the other end on this machine'), 'the next notice');
	t.pass();
});

testInNamespace('a notice reports short-lived sockets while they occur, with their port and the process that accepts them', async t => {
	const scene = await openScene(t, 'server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 160, args: ['--interval', '1']});
	const isReported = (): boolean => /short-lived sockets? in 10 s, (?:\d+ of them )?at port 8080 \(server\)/v.test(live.emulator.text());
	while (!isReported()) {
		const {id} = await scene.connect({port});

		await scene.close(id);
	}

	t.pass();
});

testInNamespace('Esc undoes one restriction at a time', async t => {
	const scene = await openScene(t, 'server');
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 140});
	/** The restrictions of the list, as the line below the header shows them. */
	const chips = ['port 8080', 'filter tcp', 'established', 'UDP off'] as const;
	const shown = (): readonly string[] => chips.filter(chip => live.emulator.text().includes(chip));
	live.type('u');
	await live.waitFor(() => shown().join(',') === 'UDP off', 'the list without UDP');
	live.type('e');
	await live.waitFor(() => shown().join(',') === 'established,UDP off', 'only established connections');
	live.type('\\tcp\r');
	await live.waitFor(() => shown().join(',') === 'filter tcp,established,UDP off', 'a filter');
	live.type('8080\r');
	await live.waitFor(() => shown().length === 4, 'a port');
	for (let undone = 1; undone <= chips.length; undone++) {
		live.type(keys.escape);

		await live.waitFor(() => shown().join(',') === chips.slice(undone).join(','), `${undone} undone`);
	}

	t.pass();
});

testInNamespace('O toggles between one row per connection and one per socket', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 160});
	const rowsOf = (): readonly string[] => live.emulator.lines().filter(line => line.includes(' ESTAB ') && line.includes('⇄'));
	await live.waitFor(() => rowsOf().length === 2, 'both sockets');
	live.type('O');
	await live.waitFor(screen => rowsOf().length === 1 && screen.text().includes('3 sockets in 2 rows') && screen.text().includes('one row per connection'), 'one row');
	t.regex(rowsOf()[0], /127\.0\.0\.1:50000 +127\.0\.0\.1:8080 .* psql\/\d+ ⇄ postgres\/\d+/v);
	live.type('8080');
	await live.waitFor(screen => rowsOf().length === 1 && screen.text().includes('port 8080'), 'the row, found by the port of the server');
	live.type(keys.escape);
	await live.waitFor(screen => !screen.text().includes('port 8080'), 'all ports');
	live.type('O');
	await live.waitFor(screen => rowsOf().length === 2 && !screen.text().includes(' rows'), 'both sockets again');
});
