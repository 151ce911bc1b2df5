import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

const tab = '\t';
const down = '\u{1B}[B';
const escape = '\u{1B}';
const right = '\u{1B}[C';
const home = '\u{1B}[H';

testInNamespace('the journal tells of connections that are gone, with bytes, owner and how they ended', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 150});
	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed'), 'the empty journal');

	const {id} = await scene.connect({port, localPort: 50_000});
	await scene.send(id, 120);
	// Whoever is not known before the end is not known after it.
	await live.waitFor(screen => /opened .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 .*my-server/v.test(screen.text()), 'the connection and its owner');
	await scene.close(id);
	const lineOf = (pattern: RegExp): number => live.emulator.lines().findIndex(line => pattern.test(line));
	const client = /closed +tcp .* 127\.0\.0\.1:50000 +127\.0\.0\.1:8080 .*closed here +120 +0 /v;
	const server = /closed +tcp .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 .*my-server.*closed by peer +0 +120 /v;
	await live.waitFor(() => lineOf(client) !== -1 && lineOf(server) !== -1, 'both ends');
	t.is(live.emulator.cell(lineOf(client), 0).character, '×');
	t.true(live.emulator.cell(lineOf(client), 0).bold, 'news stand out');

	const other = await scene.connect({port, localPort: 50_001});
	await live.waitFor(() => lineOf(/opened +tcp +\S+ +127\.0\.0\.1:50001 /v) !== -1, 'the new connection');
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
			await scene.connect({port, localPort});
		}
	};

	await connectMany(50_001, 50_008);
	await live.waitFor(screen => screen.text().includes('50008 '), 'the first entries');
	await scene.connect({port, localPort: 50_000});
	const lineOf = (text: string): number => live.emulator.lines().findIndex(line => line.includes('opened') && line.includes(text));
	// A sample may have seen one end only.
	const ends = [/ opened .* 127\.0\.0\.1:50000 +127/v, / opened .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 /v];
	await live.waitFor(screen => ends.every(end => screen.lines().some(line => end.test(line))), 'the entries');
	live.type(down);
	await live.waitFor(screen => screen.text().includes(' 1/18'), 'the newest to be selected');
	const [selected] = live.emulator.lines().flatMap((line, index) => live.emulator.cell(index, 4).inverse && line.includes('opened') ? [index] : []);
	const text = live.emulator.lines()[selected];

	await connectMany(50_011, 50_020);
	await live.waitFor(screen => screen.text().includes('/38'), 'more entries');
	t.is(live.emulator.lines()[selected].slice(2), text.slice(2));
	t.true(live.emulator.cell(selected, 4).inverse);

	live.type('o');
	await live.waitFor(screen => !screen.text().includes('journal') && screen.lines().some((line, index) => line.includes('50000') && line.includes('ESTAB') && screen.cell(index, 4).inverse), 'its row');
	live.type('J');
	await live.waitFor(screen => screen.text().includes('journal of one socket') && lineOf('50000') !== -1 && lineOf('50001') === -1, 'its entries alone');
	live.type('J');
	await live.waitFor(screen => !screen.text().includes('journal'), 'the sockets again');
});

testInNamespace('b groups the entries, - + * fold, m and M leave only what came since the mark', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120});
	const lineOf = (pattern: RegExp): number => live.emulator.lines().findIndex(line => pattern.test(line));
	const exchange = async (localPort: number, isSeen: () => boolean): Promise<void> => {
		const {id} = await scene.connect({port, localPort});
		await live.waitFor(isSeen, 'the connection');
		await scene.send(id, 120);
		await scene.close(id);
	};

	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed since the start'), 'the empty journal');
	const ends = [/opened .* 127\.0\.0\.1:50000 +127/v, /opened .* 127\.0\.0\.1:8080 +127/v];
	await exchange(50_000, () => ends.every(end => lineOf(end) !== -1));
	await live.waitFor(() => lineOf(/closed .* 127\.0\.0\.1:50000 +127/v) !== -1 && lineOf(/closed .* 127\.0\.0\.1:8080 +127/v) !== -1, 'both ends closed');
	live.type('b');
	await live.waitFor(screen => screen.text().includes('[ ] Close reason') && !screen.text().includes('[ ] Listener'), 'the menu');
	live.type(' \u{1B}');
	await live.waitFor(() => lineOf(/^▾ +4 +my-server\/\d+, 2 closed .* 120 +120$/v) !== -1, 'the head, with what both ends sent and received, once');
	const head = lineOf(/^▾/v);
	t.true(live.emulator.cell(head, 0).bold, 'heads stand out');
	t.true(live.emulator.lines()[head + 1].startsWith('  '), 'entries are indented');
	live.type(`${down}-`);
	await live.waitFor(() => lineOf(/^▸ +4 .*, 2 closed /v) === head && lineOf(/ closed +tcp /v) === -1, 'the group folded');
	await exchange(50_001, () => lineOf(/^▸ +6 .*, 2 closed /v) === head);
	await live.waitFor(() => lineOf(/^▸ +8 .*, 4 closed /v) === head, 'more in the group, which stays folded');
	live.type('m');
	await live.waitFor(screen => /Marked \d\d:\d\d:\d\d: M shows only what came since/v.test(screen.text()), 'the notice');
	live.type('M');
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed since the mark – M shows all'), 'nothing since');
	t.regex(live.emulator.text(), /journal .* new since \d\d:\d\d:\d\d .* by process/v);
	const {id: last} = await scene.connect({port, localPort: 50_002});
	await live.waitFor(() => lineOf(/^▸ +2 +my-server/v) === head, 'what came since, in the group that is folded still');
	await scene.close(last);
	live.type(`${down}+`);
	await live.waitFor(() => lineOf(/^▾ +4 .*, 2 closed /v) === head && lineOf(/ 127\.0\.0\.1:50002 /v) !== -1 && lineOf(/ 127\.0\.0\.1:50001 /v) === -1, 'unfolded');
	live.type(escape);
	await live.waitFor(() => lineOf(/^▾ +12 .*, 6 closed /v) === head, 'all again');
});

testInNamespace('news stand out in the journal as long as the setup says, from when it says so', async t => {
	const scene = await openScene(t);
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {args: ['--config', '/dev/null/config.toml'], columns: 120, rows: 36});
	const setTime = async (seconds: number): Promise<void> => {
		live.type('\u{1B}OQ');
		await live.waitFor(screen => screen.text().includes('Behaviour'), 'the setup');
		live.type(`${right.repeat(3)}${home}${down}\r\u{15}${seconds}\r`);
		await live.waitFor(screen => new RegExp(`Highlight new +${seconds} s`, 'v').test(screen.text()), 'the time');
		live.type(escape);
		await live.waitFor(screen => !screen.text().includes('Behaviour'), 'the sockets');
	};

	const newest = (): number => live.emulator.lines().findIndex(line => / opened +tcp .* 127\.0\.0\.1:50000 /v.test(line));
	await setTime(3600);
	await scene.connect({port, localPort: 50_000});
	live.type(tab);
	await live.waitFor(screen => newest() !== -1 && screen.cell(newest(), 0).character === '●' && screen.cell(newest(), 0).bold, 'the news to stand out');
	live.type(tab);
	await setTime(0);
	live.type(tab);
	await live.waitFor(screen => newest() !== -1 && screen.cell(newest(), 0).character === ' ', 'the same to stand out no more');
	t.false(live.emulator.cell(newest(), 11).bold);
});
