import {
	openLive,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';

const f5 = '\u{1B}[15~';

/** The lines of the list from the heading on: of a group `▾ 2 LABEL`, of a socket its ends. Marks and blanks around are left out. */
const outline = (screen: Emulator): readonly string[] => {
	const lines = screen.lines();
	const heading = lines.findIndex(line => line.includes('Local'));
	return lines.slice(heading + 1).flatMap(line => {
		const head = /^(?<mark>[▸▾]) (?<count>\d+).*?(?<label>\S*:\S+|no listener|ESTAB|LISTEN)/v.exec(line)?.groups;
		const ends = /^ .*\b(?:tcp|udp) .*? (?<local>\S[^\s:]*:\S+) +(?<peer>\S+:\S+)/v.exec(line)?.groups;
		return head === undefined ? (ends === undefined ? [] : [`${ends.local} ${ends.peer}`]) : [`${head.mark} ${head.count} ${head.label}`];
	});
};

const shows = (...expected: readonly string[]) => (screen: Emulator): boolean => JSON.stringify(outline(screen)) === JSON.stringify(expected);

testInNamespace('F5 hangs connections under their listener, - and + fold, what is folded stays so, b nests', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {args: ['--sort', 'localPort:asc'], columns: 120});
	live.type(f5);
	const tree = ['▾ 2 127.0.0.1:8080', '127.0.0.1:8080 0.0.0.0:*', '127.0.0.1:8080 127.0.0.1:50000', '▾ 1 no listener', '127.0.0.1:50000 127.0.0.1:8080'];
	await live.waitFor(shows(...tree), 'the connection under its listener, its other end under none');
	live.type('g-');
	await live.waitFor(shows('▸ 2 127.0.0.1:8080', ...tree.slice(3)), 'the listener folded');
	await scene.connect({port: 8080, localPort: 50_001});
	await live.waitFor(
		shows('▸ 3 127.0.0.1:8080', '▾ 2 no listener', '127.0.0.1:50000 127.0.0.1:8080', '127.0.0.1:50001 127.0.0.1:8080'),
		'the new connection in the group that stays folded',
	);
	live.type('*');
	await live.waitFor(screen => outline(screen).every(line => line.startsWith('▾') || !line.startsWith('▸')), 'everything unfolded or folded');
	live.type('+');
	live.type(f5);
	await live.waitFor(screen => outline(screen).length === 5 && outline(screen).every(line => !/^[▸▾]/v.test(line)), 'a plain list again');
	live.type('b');
	await live.waitFor(screen => screen.text().includes('Group by'), 'the menu');
	live.type('jjjjj ');
	await live.waitFor(screen => outline(screen).length === 0 ? screen.text().includes('by state') : screen.text().includes('by state'), 'groups by state');
	live.type('q');
	await live.waitFor(
		screen => outline(screen).filter(line => /^[▸▾]/v.test(line)).map(line => line.slice(2)).toSorted().join(',') === '1 LISTEN,4 ESTAB',
		'one group for each state',
	);
	t.pass();
});

testInNamespace('list --group: text with heads and sums, JSON and CSV with the names of the groups', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080, read: false});
	const {id} = await scene.connect({port: 8080, localPort: 50_000});
	await scene.send(id, 1234);
	const args = ['list', '--group', 'port,state', '--sort', 'localPort:asc', '--columns', 'localPort,recvQ'];
	const text = await runConntop(scene, ...args);
	t.deepEqual(text.stdout.split('\n').map(line => line.trimEnd()).filter(line => line !== '').map(line => line.replaceAll(/ {3,}/gv, '…')), [
		'…LPort  Recv-Q',
		'port 8080  2 sockets  Recv-Q 1234',
		'  LISTEN  1 socket',
		'…8080…0',
		'  ESTAB  1 socket  Recv-Q 1234',
		'…8080…1234',
		'port 50000  1 socket',
		'  ESTAB  1 socket',
		'…50000…0',
	]);
	const json = await runConntop(scene, ...args, '--json');
	t.deepEqual(json.stdout.trim().split('\n').map(line => (JSON.parse(line) as {group: unknown}).group), [['port 8080', 'LISTEN'], ['port 8080', 'ESTAB'], ['port 50000', 'ESTAB']]);
	const csv = await runConntop(scene, ...args, '--csv');
	t.is(csv.stdout, 'group,group2,localPort,recvQ\nport 8080,LISTEN,8080,0\nport 8080,ESTAB,8080,1234\nport 50000,ESTAB,50000,0\n');
});
