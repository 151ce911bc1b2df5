import {
	hasLocals,
	lineOf,
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Cell, Emulator} from '../helpers/emulator.js';

const escape = '\u{1B}';
const f6 = '\u{1B}[17~';
const down = '\u{1B}[B';

/** The place where the state stands in a line. */
const stateCell = (screen: Emulator, line: number): Cell => screen.cell(line, (screen.lines()[line] ?? '').search(/ESTAB|LISTEN/v));

/** Whether the cursor is on a line. */
const isSelected = (screen: Emulator, line: number): boolean => line !== -1 && screen.cell(line, 2).inverse;

testInNamespace('shows a listener and a connection with their process', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene);
	await live.waitFor(screen => rows(screen).length === 3 && rows(screen).every(row => row.includes('my-server')), 'three sockets and their process');
	t.true(live.emulator.isAlternate());
	const lines = live.emulator.lines();
	t.regex(lines[lineOf(live.emulator, '127.0.0.1:8080', '0.0.0.0:*')] ?? '', /LISTE?N .*my-server/v);
	t.regex(lines[lineOf(live.emulator, '127.0.0.1:8080', '127.0.0.1:50000')] ?? '', /ESTAB .*my-server/v);
	t.regex(lines[lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080')] ?? '', /ESTAB .*my-server/v);
	t.true(lines.every(line => line.length <= live.emulator.columns));
});

testInNamespace('marks a new ESTAB session, dims it when it is closed and forgets it', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene);
	const before = lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080');
	t.is(live.emulator.cell(before, 0).character, ' ');
	t.false(stateCell(live.emulator, before).bold);

	const {id} = await scene.connect({port, localPort: 50_001});
	const line = (): number => lineOf(live.emulator, '127.0.0.1:50001', '127.0.0.1:8080');
	// A sample may see it in SYN-SENT first.
	await live.waitFor(screen => line() !== -1 && screen.lines()[line()].includes(' ESTAB '), 'the new session');
	t.is(live.emulator.cell(line(), 0).character, '●');
	t.true(stateCell(live.emulator, line()).bold);

	await scene.reset(id);
	await live.waitFor(screen => line() !== -1 && screen.cell(line(), 0).character === '×', 'the session to be shown as closed');
	t.true(stateCell(live.emulator, line()).dim);
	await live.waitFor(() => line() === -1, 'the closed session to go');
	t.not(lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080'), -1);
});

testInNamespace('shows what waits in the queues', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080, read: false});
	const {id} = await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene);
	await scene.send(id, 1234);
	await live.waitFor(screen => /ESTAB +(?:(?:not reading|unread) +)?1234 +(?:0 +)?127\.0\.0\.1:8080 /v.test(screen.text()), 'the bytes in Recv-Q');
	t.pass();
});

testInNamespace('typed digits narrow to ports, Enter to exactly one, Esc widens again', async t => {
	const scene = await openScene(t);
	for (const port of [80, 808, 443]) {
		await scene.listen({port});
	}

	const live = await openLive(t, scene);
	live.type('8');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:80', '127.0.0.1:808'), 'ports that begin with 8');
	live.type('0');
	live.type('\r');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:80'), 'port 80 alone');
	live.type(escape);
	await live.waitFor(screen => rows(screen).length === 3, 'all ports');
	// In one burst, as a terminal over a slow line sends it.
	live.type('443\r');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:443'), 'port 443 alone');
	t.pass();
});

testInNamespace('sorts by the menu, by < and >, and in reverse', async t => {
	const scene = await openScene(t);
	for (const [port, backlog] of [[1001, 30], [1002, 10], [1003, 20]] as const) {
		await scene.listen({port, backlog});
	}

	const live = await openLive(t, scene);
	const [byPort, bySendQ] = [['127.0.0.1:1001', '127.0.0.1:1002', '127.0.0.1:1003'], ['127.0.0.1:1001', '127.0.0.1:1003', '127.0.0.1:1002']];
	await live.waitFor(screen => hasLocals(screen, ...byPort), 'the order by state and port');
	live.type(f6);
	await live.waitFor(screen => screen.text().includes('Sort by'), 'the menu');
	for (const heading of ['Recv-Q', 'Send-Q']) {
		t.true(live.emulator.text().includes(heading));
		live.type(down);
	}

	live.type('\r');
	await live.waitFor(screen => hasLocals(screen, ...bySendQ) && screen.text().includes('Send-Q▼'), 'the order by Send-Q');
	live.type('I');
	await live.waitFor(screen => hasLocals(screen, ...bySendQ.toReversed()) && screen.text().includes('Send-Q▲'), 'the reverse order');
	live.type('>');
	await live.waitFor(screen => hasLocals(screen, ...byPort) && screen.text().includes('Local▲'), 'the order by local endpoint');
	live.type('<');
	await live.waitFor(screen => screen.text().includes('State▲'), 'the order by the column at its left; one in which nothing waits is not in sight');
	t.pass();
});

testInNamespace('a filter with an error keeps the last good one and says what is wrong', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	await scene.listen({port: 443});
	const live = await openLive(t, scene);
	live.type('\\');
	await live.waitFor(screen => screen.text().includes('Filter:'), 'the filter line');
	live.type('sport 443');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:443'), 'port 443 alone');
	live.type(' dst 1.2.3.4/99');
	await live.waitFor(screen => /\^ .*32/v.test(screen.text()), 'what is wrong');
	t.true(hasLocals(live.emulator, '127.0.0.1:443'));
	live.type(escape);
	await live.waitFor(screen => rows(screen).length === 2 && !screen.text().includes('Filter:'), 'all sockets');
});

testInNamespace('Tab completes names, operators and what is on the screen', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	await scene.listen({port: 4430});
	const live = await openLive(t, scene);
	await live.waitFor(screen => rows(screen).length === 2, 'both sockets');
	live.type('\\');
	await live.waitFor(screen => screen.text().includes('Filter:'), 'the filter line');
	live.type('spo\t');
	await live.waitFor(screen => screen.text().includes('Filter: sport '), 'the name');
	live.type('44\t');
	await live.waitFor(screen => screen.text().includes('Filter: sport 4430 ') && hasLocals(screen, '127.0.0.1:4430'), 'the port, and its socket alone');
	live.type('or state l\t\t');
	await live.waitFor(screen => screen.text().includes('or state listening') && screen.text().includes('  listening  last-ack'), 'the states, those on the screen first');
	await live.waitFor(screen => rows(screen).length === 2, 'both sockets again');
	t.pass();
});

testInNamespace('search moves to what matches and hides nothing', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	await scene.listen({port: 443});
	const live = await openLive(t, scene);
	live.type('/:443\r');
	await live.waitFor(screen => isSelected(screen, lineOf(screen, '127.0.0.1:443', '0.0.0.0:*')), 'the cursor on the match');
	t.is(rows(live.emulator).length, 2);
});

testInNamespace('follows the size of the terminal', async t => {
	const scene = await openScene(t);
	for (let port = 2001; port <= 2020; port++) {
		await scene.listen({port});
	}

	const live = await openLive(t, scene, {columns: 120, rows: 40});
	await live.waitFor(screen => rows(screen).length === 20, 'all sockets');
	for (const [columns, height] of [[60, 16], [100, 24], [200, 50]] as const) {
		live.resize(columns, height);
		await live.waitFor(screen => {
			const lines = screen.lines();
			return lines.at(-1)?.startsWith('0-9Port') === true && rows(screen).length > 0 && lines.filter(line => line.includes(' Peer ')).length === 1;
		}, `a screen of ${columns}×${height}`);
	}

	await live.waitFor(screen => rows(screen).length === 20, 'all sockets again');
	t.true(live.emulator.lines().every(line => line.length <= 200));
});

testInNamespace('hostile names of processes cannot touch the screen', async t => {
	const scene = await openScene(t, '\u{1B}[2Jevil');
	await scene.listen({port: 80});
	const live = await openLive(t, scene);
	await live.waitFor(screen => rows(screen).some(row => row.includes('2Jevil')), 'the escaped name');
	t.false(live.output().includes('\u{1B}[2Jevil'));
});

testInNamespace('shows the same through ss, and says so', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {args: ['--source', 'ss']});
	await live.waitFor(screen => rows(screen).length === 3 && rows(screen).every(row => row.includes('my-server')), 'three sockets and their process');
	t.regex(live.emulator.lines()[0] ?? '', /\bss\b/v);
}, 'ss');

testInNamespace('with NO_COLOR, marks and attributes tell what colours would', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: {NO_COLOR: '1'}});
	await scene.connect({port, localPort: 50_000});
	const line = (): number => lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080');
	await live.waitFor(screen => line() !== -1 && screen.lines()[line()].startsWith('●') && screen.lines()[line()].includes(' ESTAB '), 'the new session');
	const {columns, rows: height} = live.emulator;
	const cells = Array.from({length: columns * height}, (_, place) => live.emulator.cell(Math.floor(place / columns), place % columns));
	t.true(cells.every(({foreground, background}) => foreground === undefined && background === undefined));
	t.true(stateCell(live.emulator, line()).bold);
});
