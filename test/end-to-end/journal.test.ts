import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

const tab = '\t';
const down = '\u{1B}[B';
const escape = '\u{1B}';

testInNamespace('the journal tells of connections that are gone, with bytes, owner and how they ended', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 150});
	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed'), 'the empty journal');

	const {id} = await scene.connect({port, localPort: 50_000});
	await scene.send(id, 120);
	await scene.close(id);
	const lineOf = (pattern: RegExp): number => live.emulator.lines().findIndex(line => pattern.test(line));
	const client = /closed +tcp .* 127\.0\.0\.1:50000 +127\.0\.0\.1:8080 .*closed here +120 +1 /v;
	const server = /closed +tcp .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 .*my-server.*closed by peer +0 +12[01] /v;
	await live.waitFor(() => lineOf(client) !== -1 && lineOf(server) !== -1, 'both ends');
	t.is(live.emulator.cell(lineOf(client), 0).character, '×');
	t.true(live.emulator.cell(lineOf(client), 0).bold, 'news stand out');

	const other = await scene.connect({port, localPort: 50_001});
	await live.waitFor(() => lineOf(/opened +tcp +ESTAB +127\.0\.0\.1:50001 /v) !== -1, 'the new connection');
	await scene.reset(other.id);
	await live.waitFor(() => lineOf(/closed .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50001 .* reset /v) !== -1, 'the reset');

	// The same filter line, with words of its own.
	live.type('\\ended reset\r');
	await live.waitFor(() => lineOf(/:50001 .* reset /v) !== -1 && lineOf(client) === -1, 'resets alone');
	live.type(escape);
	await live.waitFor(() => lineOf(client) !== -1, 'all again');
	live.type('50000\r');
	await live.waitFor(() => lineOf(client) !== -1 && lineOf(/:50001 /v) === -1, 'one port alone');
});

testInNamespace('the way from an entry to its row and back, and entries stay where they are read', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {rows: 16});
	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed'), 'the empty journal');
	const connectMany = async (first: number, last: number): Promise<void> => {
		for (let localPort = first; localPort <= last; localPort++) {
			// eslint-disable-next-line no-await-in-loop -- In this order.
			await scene.connect({port, localPort});
		}
	};

	await connectMany(50_001, 50_008);
	await live.waitFor(screen => screen.text().includes('50008 '), 'the first entries');
	await scene.connect({port, localPort: 50_000});
	const lineOf = (text: string): number => live.emulator.lines().findIndex(line => line.includes('opened') && line.includes(text));
	await live.waitFor(() => lineOf('127.0.0.1:50000 ') !== -1, 'the entries');
	live.type(down);
	await live.waitFor(screen => screen.text().includes(' 1/18'), 'the newest to be selected');
	const [selected] = live.emulator.lines().flatMap((line, index) => live.emulator.cell(index, 4).inverse && line.includes('opened') ? [index] : []);
	const text = live.emulator.lines()[selected];

	await connectMany(50_011, 50_020);
	await live.waitFor(screen => screen.text().includes('/38'), 'more entries');
	t.is(live.emulator.lines()[selected].slice(2), text.slice(2));
	t.true(live.emulator.cell(selected, 4).inverse);

	live.type('\r');
	await live.waitFor(screen => !screen.text().includes('journal') && screen.lines().some((line, index) => line.includes('50000') && line.includes('ESTAB') && screen.cell(index, 4).inverse), 'its row');
	live.type('J');
	await live.waitFor(screen => screen.text().includes('journal of one socket') && lineOf('50000') !== -1 && lineOf('50001') === -1, 'its entries alone');
	live.type('J');
	await live.waitFor(screen => !screen.text().includes('journal'), 'the sockets again');
});
