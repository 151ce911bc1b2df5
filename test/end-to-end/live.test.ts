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

/** The cell of the first character of the state in a line. */
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

testInNamespace('marks a new connection, dims it when it is closed, and then removes it', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene);
	const before = lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080');
	t.is(live.emulator.cell(before, 0).character, ' ');
	t.false(stateCell(live.emulator, before).bold);

	const {id} = await scene.connect({port, localPort: 50_001});
	const line = (): number => lineOf(live.emulator, '127.0.0.1:50001', '127.0.0.1:8080');
	// A sample may contain it in SYN-SENT first.
	await live.waitFor(screen => line() !== -1 && screen.lines()[line()].includes(' ESTAB '), 'the new connection');
	t.is(live.emulator.cell(line(), 0).character, '●');
	t.true(stateCell(live.emulator, line()).bold);

	await scene.reset(id);
	await live.waitFor(screen => line() !== -1 && screen.cell(line(), 0).character === '×', 'the connection to be shown as closed');
	t.true(stateCell(live.emulator, line()).dim);
	await live.waitFor(() => line() === -1, 'the closed connection to disappear');
	t.not(lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080'), -1);
});

testInNamespace('shows the bytes in the queues', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080, read: false});
	const {id} = await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene);
	await scene.send(id, 1234);
	await live.waitFor(screen => /ESTAB +(?:(?:not reading|unread) +)?1234 +(?:0 +)?127\.0\.0\.1:8080 /v.test(screen.text()), 'the bytes in Recv-Q');
	t.pass();
});

testInNamespace('typed digits filter ports by prefix, Enter by the exact port, Esc shows all again', async t => {
	const scene = await openScene(t);
	for (const port of [80, 808, 443]) {
		await scene.listen({port});
	}

	const live = await openLive(t, scene);
	live.type('8');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:80', '127.0.0.1:808'), 'ports that begin with 8');
	live.type('0');
	live.type('\r');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:80'), 'only port 80');
	live.type(escape);
	await live.waitFor(screen => rows(screen).length === 3, 'all ports');
	// In one read, as over a slow connection.
	live.type('443\r');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:443'), 'only port 443');
	t.pass();
});

testInNamespace('the menu, < and > choose the sort column, I reverses the order', async t => {
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
	await live.waitFor(screen => screen.text().includes('State▲'), 'the order by the column to the left; empty queue columns are hidden');
	t.pass();
});

testInNamespace('while a filter has an error, the last valid one stays in use and the error is shown', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	await scene.listen({port: 443});
	const live = await openLive(t, scene);
	live.type('\\');
	await live.waitFor(screen => screen.text().includes('Filter:'), 'the filter line');
	live.type('sport 443');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:443'), 'only port 443');
	live.type(' dst 1.2.3.4/99');
	await live.waitFor(screen => /\^ .*32/v.test(screen.text()), 'the error');
	t.true(hasLocals(live.emulator, '127.0.0.1:443'));
	live.type(escape);
	await live.waitFor(screen => rows(screen).length === 2 && !screen.text().includes('Filter:'), 'all sockets');
});

testInNamespace('Tab completes names, operators and values on the screen', async t => {
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
	await live.waitFor(screen => screen.text().includes('Filter: sport 4430 ') && hasLocals(screen, '127.0.0.1:4430'), 'the port, and only its socket');
	live.type('or state l\t\t');
	await live.waitFor(screen => screen.text().includes('or state listening') && screen.text().includes('  listening  last-ack'), 'the states, those on the screen first');
	await live.waitFor(screen => rows(screen).length === 2, 'both sockets again');
	t.pass();
});

testInNamespace('a search moves the cursor to the match and hides nothing', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	await scene.listen({port: 443});
	const live = await openLive(t, scene);
	live.type('/:443\r');
	await live.waitFor(screen => isSelected(screen, lineOf(screen, '127.0.0.1:443', '0.0.0.0:*')), 'the cursor on the match');
	t.is(rows(live.emulator).length, 2);
});

testInNamespace('adapts to the size of the terminal', async t => {
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

testInNamespace('hostile names of processes are escaped', async t => {
	const scene = await openScene(t, '\u{1B}[2Jevil');
	await scene.listen({port: 80});
	const live = await openLive(t, scene);
	await live.waitFor(screen => rows(screen).some(row => row.includes('2Jevil')), 'the escaped name');
	t.false(live.output().includes('\u{1B}[2Jevil'));
});

testInNamespace('shows the same through ss, and names ss in the header', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {args: ['--source', 'ss']});
	await live.waitFor(screen => rows(screen).length === 3 && rows(screen).every(row => row.includes('my-server')), 'three sockets and their process');
	t.regex(live.emulator.lines()[0] ?? '', /\bss\b/v);
}, 'ss');

testInNamespace('with NO_COLOR, marks and attributes replace colours', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: {NO_COLOR: '1'}});
	await scene.connect({port, localPort: 50_000});
	const line = (): number => lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080');
	await live.waitFor(screen => line() !== -1 && screen.lines()[line()].startsWith('●') && screen.lines()[line()].includes(' ESTAB '), 'the new connection');
	const {columns, rows: height} = live.emulator;
	const cells = Array.from({length: columns * height}, (_, index) => live.emulator.cell(Math.floor(index / columns), index % columns));
	t.true(cells.every(({foreground, background}) => foreground === undefined && background === undefined));
	t.true(stateCell(live.emulator, line()).bold);
});
