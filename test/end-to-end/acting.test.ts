import {
	lineOf,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Pty} from '../helpers/pty.js';

const down = '\u{1B}[B';
const escape = '\u{1B}';
const f9 = '\u{1B}[20~';

const client = ['127.0.0.1:50000', '127.0.0.1:8080'] as const;
const server = ['127.0.0.1:8080', '127.0.0.1:50000'] as const;

/** Moves the cursor to the only row that matches a filter. */
const select = async (live: Pty, filter: string, [local, peer]: readonly [string, string]): Promise<void> => {
	live.type(`\\${filter}\r`);
	await live.waitFor(screen => screen.text().includes('1 shown') && lineOf(screen, local, peer) !== -1, 'one row alone');
	live.type(down);
	await live.waitFor(screen => screen.text().includes(' 1/1'), 'the row to be selected');
};

testInNamespace('K closes a connection in the kernel only after y, and both sockets close', async t => {
	const scene = await openScene(t, '\u{1B}[2Jevil');
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	await scene.connect({port, localPort: 50_001});
	const live = await openLive(t, scene, {columns: 120});
	await select(live, 'sport 50000', client);
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Close this socket in the kernel?'), 'the confirmation');
	const text = live.emulator.text();
	t.regex(text, /tcp ESTAB {2}127\.0\.0\.1:50000 → 127\.0\.0\.1:8080 {2}cookie [\da-f]+ {2}held by \S*2Jevil\S*\/\d+/v);
	t.false(live.output().includes('\u{1B}[2Jevil'));

	for (const no of ['\r', 'n', 'K', escape]) {
		live.type(no);
		await live.waitFor(screen => screen.text().includes('Close this socket') === ['\r', 'K'].includes(no), 'the dialog to stay after Enter and to close after a no');
	}

	t.not(lineOf(live.emulator, ...client), -1);
	live.type(escape);
	await live.waitFor(screen => lineOf(screen, ...server) !== -1, 'all rows');
	await select(live, 'sport 50000', client);
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Close this socket'), 'the confirmation again');
	live.type('y');
	await live.waitFor(screen => screen.text().includes('the connection is reset'), 'the result');
	live.type(escape);
	await live.waitFor(screen => screen.cell(lineOf(screen, ...server), 0).character === '×', 'the peer to close because of the reset');
	t.not(lineOf(live.emulator, '127.0.0.1:50001', '127.0.0.1:8080'), -1, 'the other connection stays open');
	live.type('\t');
	await live.waitFor(screen => /127\.0\.0\.1:50000 +127\.0\.0\.1:8080 .*destroyed/v.test(screen.text()), 'the journal entry');
	const {stdout} = await scene.run('ss', ['-Htn', 'sport', '=', '50000']);
	t.is(stdout, '');
}, 'ss');

testInNamespace('F9 terminates a process after a confirmation with its start time; a target that has disappeared is reported', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('victim');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 120});
	await live.waitFor(screen => screen.text().includes('victim'), 'the process');
	await select(live, 'sport 50000', client);
	live.type(f9);
	await live.waitFor(screen => screen.text().includes('TERM terminate'), 'the menu of signals');
	live.type('\r');
	await live.waitFor(screen => screen.text().includes('Send SIGTERM to this process?'), 'the confirmation');
	t.regex(live.emulator.text(), new RegExp(String.raw`victim/${other.pid} +pid ${other.pid} +started \d{4}-\d\d-\d\d \d\d:\d\d:\d\d`, 'v'));
	live.type('y');
	await live.waitFor(screen => screen.text().includes(`SIGTERM sent to process ${other.pid}`), 'the result');
	live.type(escape);
	await live.waitFor(screen => {
		const line = lineOf(screen, ...server);
		return !screen.text().includes(' shown') && (line === -1 || screen.cell(line, 0).character === '×');
	}, 'all rows, and the closed connection');

	// The target closes while the confirmation is open.
	const {id} = await scene.connect({port, localPort: 50_002});
	await select(live, 'sport 50002', ['127.0.0.1:50002', '127.0.0.1:8080']);
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Close this socket'), 'the confirmation');
	await scene.reset(id);
	await live.waitFor(screen => /Closed [1-9]/v.test(screen.text()) || screen.text().includes('0 shown'), 'a sample after the close');
	live.type('y');
	await live.waitFor(screen => screen.text().includes('the socket is gone already'), 'the answer');
	t.pass();
});

testInNamespace('F9 offers a choice if a socket has several owners', async t => {
	const scene = await openScene(t, 'parent');
	const {port} = await scene.listen({port: 8080});
	const {id} = await scene.connect({port, localPort: 50_000});
	const {pid} = await scene.share(id);
	const live = await openLive(t, scene, {columns: 120});
	await select(live, 'sport 50000', client);
	await live.waitFor(screen => / \+1(?: |$)/v.test(screen.lines()[lineOf(screen, ...client)] ?? ''), 'both owners');
	live.type(f9);
	await live.waitFor(screen => screen.text().includes('Signal processes'), 'the menu of processes');
	t.true(live.emulator.text().includes(`[ ] ${pid} sleep`));
	t.true(live.emulator.text().includes(`[ ] ${scene.pid} parent`));
	if (scene.pid < pid) {
		live.type(down);
	}

	live.type(' ');
	await live.waitFor(screen => screen.text().includes(`[x] ${pid} sleep`), 'the choice');
	live.type('\r');
	await live.waitFor(screen => screen.text().includes('TERM terminate'), 'the menu of signals');
	live.type('\r');
	await live.waitFor(screen => screen.text().includes('Send SIGTERM to this process?'), 'the confirmation');
	t.true(live.emulator.text().includes(`sleep/${pid}`));
	t.false(live.emulator.text().includes(`parent/${scene.pid}  pid`));
	live.type('y');
	await live.waitFor(screen => screen.text().includes(`SIGTERM sent to process ${pid}`), 'the result');
});

testInNamespace('--read-only disables closing and signals, and the help explains why', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 150, rows: 160, args: ['--read-only']});
	await select(live, 'sport 50000', client);
	t.false((live.emulator.lines().at(-1) ?? '').includes('Signal'));
	for (const key of ['K', f9]) {
		live.type(key);
		await live.waitFor(screen => screen.text().includes('Off: conntop was started with --read-only'), 'the reason');
		live.type('j');
		await live.waitFor(screen => !screen.text().includes('Off:'), 'the reason to disappear');
	}

	live.type('?');
	await live.waitFor(screen => screen.text().includes('conntop: keys'), 'the help');
	await live.waitFor(screen => screen.text().includes('Off: conntop was'), 'the reason in the help');
});

testInNamespace('without the privilege to close sockets, the message names it', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	await scene.connect({port, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 150, without: '-net_admin'});
	await select(live, 'sport 50000', client);
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Close this socket'), 'the confirmation');
	live.type('y');
	await live.waitFor(screen => screen.text().includes('closing sockets needs CAP_NET_ADMIN'), 'the reason');
	t.not(lineOf(live.emulator, ...client), -1);
}, 'setpriv');
