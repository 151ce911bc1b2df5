import fs from 'node:fs';
import path from 'node:path';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';

const clear = '\u{15}';

testInNamespace('w writes all rows of the list or the journal, and asks before it replaces a file', async t => {
	const folder = makeFolder(t);
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	for (let localPort = 50_001; localPort <= 50_020; localPort++) {
		await scene.connect({port, localPort});
	}

	const live = await openLive(t, scene, {rows: 16, cwd: folder, args: ['--sort', 'peerPort']});
	live.type('e');
	await live.waitFor(screen => screen.text().includes('40 shown'), 'the connections');
	live.type(`w${clear}list.csv\r`);
	await live.waitFor(screen => screen.text().includes('Wrote 40 rows to list.csv'), 'the file');
	const file = path.join(folder, 'list.csv');
	const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
	t.is(lines.length, 41);
	t.regex(lines[0], /^protocol,state,.*local,peer,.*process/v);
	t.is(fs.statSync(file).mode & 0o777, 0o600);
	const peers = lines.slice(1).map(line => Number(/127\.0\.0\.1:\d+,127\.0\.0\.1:(?<peer>\d+)/v.exec(line)?.groups?.peer));
	t.deepEqual(peers, peers.toSorted((a, b) => a - b), 'the rows have the order of the list');

	live.type(`w${clear}list.csv\r`);
	await live.waitFor(screen => screen.text().includes('list.csv exists. Replace it?'), 'the question');
	live.type('n');
	await live.waitFor(screen => screen.text().includes('stays as it is'), 'the answer');
	live.type(`w${clear}list.csv\r`);
	await live.waitFor(screen => screen.text().includes('list.csv exists. Replace it?'), 'the question');
	live.type('y');
	await live.waitFor(screen => screen.text().includes('Wrote 40 rows to list.csv'), 'the file again');

	live.type(`w${clear}none/list.csv\r`);
	await live.waitFor(screen => screen.text().includes('none/list.csv was not written: there is no folder'), 'the reason why not');

	await scene.connect({port, localPort: 50_021});
	live.type('\t');
	await live.waitFor(screen => screen.text().includes(':50021'), 'the journal');
	live.type(`w${clear}${folder}/journal.json\r`);
	await live.waitFor(screen => /Wrote \d+ (?:entry|entries) to/v.test(screen.text()), 'the entries');
	const entries = fs.readFileSync(path.join(folder, 'journal.json'), 'utf8').trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
	t.true(entries.some(({event, peer}) => event === 'opened' && peer === '127.0.0.1:50021'));
});
