import process from 'node:process';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';
import {startInShell} from '../helpers/pty.js';

testInNamespace('--screen-reader prints lines, without a single escape sequence, and answers keys', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const [command, args] = scene.inside(process.execPath, [builtProgram, '--interval', '0.1', '--screen-reader']);
	const live = startInShell({command, args});
	t.teardown(live.end);
	await live.waitFor(screen => screen.text().includes('F1 lists the keys, F10 leaves.'), 'the overview');
	await scene.connect({port, localPort: 50_000});
	await live.waitFor(screen => screen.text().includes('New: tcp, ESTAB, Local 127.0.0.1:50000, Peer 127.0.0.1:8080'), 'the new session');
	live.type('l');
	await live.waitFor(screen => screen.text().includes('1 in the list'), 'the answer to a key');
	live.type('j');
	await live.waitFor(screen => /1 of 1: tcp, LISTEN, .*Local 127\.0\.0\.1:8080/v.test(screen.text()), 'the row');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.output().includes('\u{1B}'));
	t.deepEqual(live.terminalAfter(), {
		canonical: true, echo: true, signals: true, output: true,
	});
});
