import {
	lineOf,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';

const client = ['127.0.0.1:50000', '127.0.0.1:8080'] as const;
const server = ['127.0.0.1:8080', '127.0.0.1:50000'] as const;

testInNamespace('shows the process of the peer\'s socket, and o jumps to that socket', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	// Wide enough for pids of seven digits.
	const live = await openLive(t, scene, {columns: 160});
	const text = ([local, peer]: readonly [string, string]): string => live.emulator.lines()[lineOf(live.emulator, local, peer)] ?? '';
	const pair = `psql/${other.pid} ⇄ postgres/${scene.pid}`;
	await live.waitFor(() => text(client).includes(pair), 'both processes of the connection');
	t.true(text(server).includes(`postgres/${scene.pid} ⇄ psql/${other.pid}`));

	const isSelected = ([local, peer]: readonly [string, string]): boolean => live.emulator.cell(lineOf(live.emulator, local, peer), 3).inverse;
	const isOnConnection = (): boolean => isSelected(client) || isSelected(server);
	live.type('\u{1B}[B');
	await live.waitFor(screen => screen.text().includes(' 1/3'), 'the first row to be selected');
	if (!isOnConnection()) {
		live.type('\u{1B}[B');
		await live.waitFor(isOnConnection, 'a socket of the connection to be selected');
	}

	const [from, to] = isSelected(client) ? [client, server] : [server, client];
	live.type('o');
	await live.waitFor(() => isSelected(to) && !isSelected(from), 'the peer\'s socket to be selected');
	live.type('o');
	await live.waitFor(() => isSelected(from) && !isSelected(to), 'the first socket to be selected again');

	// The filter hides the peer's socket: the key reports that and does not move the cursor.
	live.type(`\\sport ${from[0].split(':', 2)[1]}\r`);
	await live.waitFor(() => lineOf(live.emulator, to[0], to[1]) === -1, 'the peer\'s socket to be hidden');
	live.type('o');
	await live.waitFor(screen => screen.text().includes('the filters hide it'), 'the reason why the cursor does not move');
	t.true(isSelected(from));
});

testInNamespace('leaves out the peer\'s process if the column is too narrow', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 51});
	const text = (): string => live.emulator.lines()[lineOf(live.emulator, client[0], client[1])] ?? '';
	await live.waitFor(() => text().includes('psql'), 'the process');
	t.false(text().includes('⇄'));
	t.true(text().includes(`psql/${other.pid}`));
	live.resize(88, 24);
	await live.waitFor(() => text().includes('psql ⇄ postgres'), 'the names of both processes');
	t.false(text().includes(`postgres/${scene.pid}`));
});
