import {Buffer} from 'node:buffer';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

testInNamespace('the inspector follows a connection until it closes', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	const {id} = await other.connect({port, localPort: 50_000});
	await other.send(id, 5000);
	const live = await openLive(t, scene, {columns: 160, rows: 60, args: ['sport', '8080', 'and', 'dport', '50000']});
	live.type('\u{1B}[B\r');

	const {emulator} = live;
	/** Waits for a text that may be missing in the first frame. */
	const shows = async (pattern: RegExp, what: string): Promise<void> => live.waitFor(screen => pattern.test(screen.text()), what);
	// No column of the list needs this field.
	await shows(/MinRTT +\S+ ms /v, 'fields that only the inspector requests');
	t.regex(emulator.text(), /tcp 127\.0\.0\.1:8080 ⇄ 127\.0\.0\.1:50000/v);
	await shows(new RegExp(String.raw`postgres/${scene.pid}, descriptor \d+`, 'v'), 'the owner');
	await shows(new RegExp(String.raw`psql/${other.pid}, descriptor \d+`, 'v'), 'the owner of the peer\'s socket');
	await shows(/child of +\S+\/\d+/v, 'the parents of the owner');
	await shows(/Recv-Q +░+ 0%/v, 'the queue as a bar');
	await live.waitFor(screen => /Rcvd +4\.9KB/v.test(screen.text()), 'the bytes received');
	await other.send(id, 100_000);
	await live.waitFor(screen => /Rcvd +102\.5KB/v.test(screen.text()) && /Receive +now \S+, max \d\S*[KM]B\/s/v.test(screen.text()), 'the new rate');
	t.regex(emulator.text(), /█/v);

	live.type('y');
	await live.waitFor(screen => screen.text().includes('Copied address: 127.0.0.1:8080'), 'the notice of what was copied');
	t.true(live.output().includes(`\u{1B}]52;c;${Buffer.from('127.0.0.1:8080').toString('base64')}\u{7}`));
	const line = emulator.lines().findIndex(text => /^ {2}address +127\.0\.0\.1:8080/v.test(text));
	t.true(emulator.cell(line, 4).inverse);

	const click = (row: number): void => {
		live.type(`\u{1B}[<0;6;${row + 1}M\u{1B}[<0;6;${row + 1}m`);
	};

	const process = emulator.lines().findIndex(text => /^ {2}process +postgres/v.test(text));
	click(process);
	await live.waitFor(screen => screen.cell(process, 4).inverse && !screen.cell(line, 4).inverse, 'the value under the pointer to be selected');
	click(process);
	await live.waitFor(screen => screen.text().includes(`Copied process: ${scene.pid}`), 'the selected value to be copied');
	t.true(live.output().includes(`\u{1B}]52;c;${Buffer.from(String(scene.pid)).toString('base64')}\u{7}`));
	live.type('\u{1B}[<65;6;9M');
	await live.waitFor(screen => /lines 4-\d+ of \d+$/v.test(screen.lines()[1]), 'the wheel to scroll');
	live.type('\u{1B}[<64;6;9M');
	await live.waitFor(screen => /lines 1-\d+ of \d+$/v.test(screen.lines()[1]), 'the wheel to scroll back');

	await other.send(id, 1000);
	await other.close(id);
	await live.waitFor(screen => /closed \d+s ago: closed by peer, 0B sent, 103\.5KB received/v.test(screen.text()), 'the close reason and the last counters');
	t.regex(emulator.text(), /MinRTT +\S+ ms /v);

	live.type('\u{1B}');
	await live.waitFor(screen => /State. .*Local +Peer/v.test(screen.text()), 'the table');
});

testInNamespace('the inspector shows the problem of a connection even if no column does', async t => {
	const scene = await openScene(t, 'sleepy');
	const {port} = await scene.listen({port: 8080, read: false});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	const {id} = await other.connect({port, localPort: 50_000});
	await other.send(id, 5000);
	const live = await openLive(t, scene, {columns: 100, args: ['--columns', 'protocol,state,local,peer', 'sport', '8080', 'and', 'dport', '50000']});
	live.type('\u{1B}[B\r');
	await live.waitFor(screen => /not reading +Recv-Q holds \S+, and the owner has read nothing/v.test(screen.text()), 'the health problem and its explanation');
	t.regex(live.emulator.lines()[1], /ESTAB for \S+ {2}not reading/v);
	t.regex(live.emulator.lines()[2], /^Local/v);
	t.true(live.emulator.lines().some(line => line.startsWith('Health')));
});
