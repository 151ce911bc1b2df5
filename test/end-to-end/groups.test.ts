import {
	listOf,
	openLive,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';

const f5 = '\u{1B}[15~';

/** The lines of the list below the heading: `▾ 2 LABEL` for a group, the two endpoints for a socket. Other columns, marks and sums are left out. */
const outline = (screen: Emulator): readonly string[] => {
	const lines = listOf(screen);
	const heading = lines.findIndex(line => line.includes('Local'));
	return lines.slice(heading + 1).flatMap(line => {
		const words = line.trim().split(/\s+/v);
		const endpoints = words.filter(word => /:(?:\d+|\*)$/v.test(word));
		return isHead(line) ? [`${words[0]} ${words[1]} ${/no listener|ESTAB|LISTEN/v.exec(line)?.[0] ?? endpoints[0]}`] : (endpoints.length > 1 ? [endpoints.join(' ')] : []);
	});
};

const isHead = (line: string): boolean => /^[▸▾]/v.test(line);

const shows = (...expected: readonly string[]) => (screen: Emulator): boolean => JSON.stringify(outline(screen)) === JSON.stringify(expected);

testInNamespace('F5 groups connections under their listener, - and + fold, groups stay folded, b groups by something else', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {args: ['--sort', 'localPort:asc,state:desc'], columns: 120});
	live.type(f5);
	const tree = ['▾ 2 127.0.0.1:8080', '127.0.0.1:8080 0.0.0.0:*', '127.0.0.1:8080 127.0.0.1:50000', '▾ 1 no listener', '127.0.0.1:50000 127.0.0.1:8080'];
	await live.waitFor(shows(...tree), 'the accepted connection under its listener, the client\'s socket under none');
	live.type('g-');
	await live.waitFor(shows('▸ 2 127.0.0.1:8080', ...tree.slice(3)), 'the listener folded');
	await scene.connect({port: 8080, localPort: 50_001});
	await live.waitFor(
		shows('▸ 3 127.0.0.1:8080', '▾ 2 no listener', '127.0.0.1:50000 127.0.0.1:8080', '127.0.0.1:50001 127.0.0.1:8080'),
		'the new connection in the group that stays folded',
	);
	live.type('*');
	await live.waitFor(screen => outline(screen).length === 7, 'everything unfolded');
	live.type('*');
	await live.waitFor(shows('▸ 3 127.0.0.1:8080', '▸ 2 no listener'), 'everything folded');
	live.type('G+');
	await live.waitFor(screen => outline(screen).length === 4, 'the last group unfolded');
	live.type(f5);
	await live.waitFor(screen => outline(screen).length === 5 && outline(screen).every(line => !isHead(line)), 'a plain list again');
	live.type('b');
	await live.waitFor(screen => screen.text().includes('Group by'), 'the menu');
	live.type('jjjjjj q');
	await live.waitFor(screen => outline(screen).filter(line => isHead(line)).join(',') === '▾ 1 LISTEN,▾ 4 ESTAB' && outline(screen).length === 7, 'groups by state');
	t.pass();
});

testInNamespace('on the head of a group, K asks to close all of its sockets and lists them; Space tags them', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {columns: 120, args: ['--group', 'state']});
	const isAt = (screen: Emulator, text: string): boolean => screen.lines().some((line, row) => line.startsWith('▾') && line.includes(text) && screen.cell(row, 30).inverse);
	live.type('\u{1B}[H');
	await live.waitFor(screen => isAt(screen, '2  ESTAB'), 'the cursor at the head');
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Close these 2 sockets in the kernel?') && /127\.0\.0\.1:8080 +→ +127\.0\.0\.1:50000/v.test(screen.text())
		&& /127\.0\.0\.1:50000 +→ +127\.0\.0\.1:8080/v.test(screen.text()), 'both in the confirmation');
	live.type('n ');
	await live.waitFor(screen => screen.text().includes('2 tagged'), 'both tagged');
	live.type('\u{1B}[H\u{1B}[D');
	await live.waitFor(screen => screen.text().includes('▸') && !screen.text().includes('127.0.0.1:50000   127'), 'Left to fold the group');
	t.true(live.emulator.text().includes('2 tagged'));
});

testInNamespace('list --group prints text with heads and sums, and JSON and CSV with the names of the groups', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080, read: false});
	const {id} = await scene.connect({port: 8080, localPort: 50_000});
	await scene.send(id, 1234);
	const args = ['list', '--group', 'port,state', '--sort', 'localPort:asc,state:desc', '--columns', 'localPort,recvQ'];
	const text = await runConntop(scene, ...args);
	t.deepEqual(text.stdout.split('\n').map(line => line.trimEnd()).filter(line => line !== ''), [
		'Group       Sockets  Recv-Q  Problem',
		'    Sport  Recv-Q',
		'port 8080         2    1234',
		'  LISTEN          1       -',
		'     8080       0',
		'  ESTAB           1    1234',
		'     8080    1234',
		'port 50000        1       0',
		'  ESTAB           1       0',
		'    50000       0',
	]);
	const json = await runConntop(scene, ...args, '--json');
	t.deepEqual(json.stdout.trim().split('\n').map((line): unknown => JSON.parse(line)), [
		{group: ['port 8080'], sockets: 2, recvQ: 1234},
		{group: ['port 8080', 'LISTEN'], sockets: 1},
		{group: ['port 8080', 'LISTEN'], localPort: 8080, recvQ: 0},
		{group: ['port 8080', 'ESTAB'], sockets: 1, recvQ: 1234},
		{group: ['port 8080', 'ESTAB'], localPort: 8080, recvQ: 1234},
		{group: ['port 50000'], sockets: 1, recvQ: 0},
		{group: ['port 50000', 'ESTAB'], sockets: 1, recvQ: 0},
		{group: ['port 50000', 'ESTAB'], localPort: 50_000, recvQ: 0},
	]);
	const csv = await runConntop(scene, ...args, '--csv');
	t.deepEqual(csv.stdout.trim().split('\n').slice(0, 6), [
		'group,group2,sockets,problem,problemSockets,localPort,recvQ',
		'port 8080,,2,,,,1234',
		'port 8080,LISTEN,1,,,,',
		'port 8080,LISTEN,,,,8080,0',
		'port 8080,ESTAB,1,,,,1234',
		'port 8080,ESTAB,,,,8080,1234',
	]);
});

testInNamespace('list --connections prints one row with both processes, matches either side, and counts rows and sockets of groups', async t => {
	const scene = await openScene(t, 'postgres');
	const {port} = await scene.listen({port: 8080});
	const other = await scene.join('psql');
	t.teardown(other.stop);
	await other.connect({port, localPort: 50_000});
	const args = ['list', '--connections', '--columns', 'local,peer,process', '--json'];
	const row = {local: '127.0.0.1:50000', peer: '127.0.0.1:8080', process: `psql/${other.pid} ⇄ postgres/${scene.pid}`};
	for (const filter of ['sport 8080', 'sport 50000']) {
		const {stdout} = await runConntop(scene, ...args, `${filter} and state established`);
		t.deepEqual(stdout.trim().split('\n').map((line): unknown => JSON.parse(line)), [row], filter);
	}

	const {stdout} = await runConntop(scene, ...args, '--group', 'port');
	t.like(JSON.parse(stdout.split('\n', 1)[0]), {group: ['port 8080'], rows: 2, sockets: 3});
});
