import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

const tab = '\t';
const down = '\u{1B}[B';
const escape = '\u{1B}';
const right = '\u{1B}[C';
const home = '\u{1B}[H';

testInNamespace('the journal lists closed connections with bytes, owner and close reason', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 150});
	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed'), 'the empty journal');

	const {id} = await scene.connect({port, localPort: 50_000});
	await scene.send(id, 120);
	// An owner that is unknown before the close stays unknown.
	await live.waitFor(screen => /opened .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 .*my-server/v.test(screen.text()), 'the connection and its owner');
	await scene.close(id);
	const lineOf = (pattern: RegExp): number => live.emulator.lines().findIndex(line => pattern.test(line));
	const client = /closed +tcp .* 127\.0\.0\.1:50000 +127\.0\.0\.1:8080 .*closed here +120 +0 /v;
	const server = /closed +tcp .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 .*my-server.*closed by peer +0 +120 /v;
	await live.waitFor(() => lineOf(client) !== -1 && lineOf(server) !== -1, 'both sides');
	t.is(live.emulator.cell(lineOf(client), 0).character, '×');
	t.true(live.emulator.cell(lineOf(client), 0).bold, 'new entries are bold');

	const other = await scene.connect({port, localPort: 50_001});
	await live.waitFor(() => lineOf(/opened +tcp +\S+ +127\.0\.0\.1:50001 /v) !== -1, 'the new connection');
	await scene.reset(other.id);
	await live.waitFor(() => lineOf(/closed .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50001 .* reset /v) !== -1, 'the reset');

	// The filter line works here, too, with fields of the journal.
	live.type('\\ended reset\r');
	await live.waitFor(() => lineOf(/:50001 .* reset /v) !== -1 && lineOf(client) === -1, 'only resets');
	live.type(escape);
	await live.waitFor(() => lineOf(client) !== -1, 'all entries again');
	live.type('50000\r');
	await live.waitFor(() => lineOf(client) !== -1 && lineOf(/:50001 /v) === -1, 'only one port');
});

testInNamespace('o jumps from an entry to its row and J back, and the selected entry stays in place while others arrive', async t => {
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
	// A sample may contain only one side.
	const sides = [/ opened .* 127\.0\.0\.1:50000 +127/v, / opened .* 127\.0\.0\.1:8080 +127\.0\.0\.1:50000 /v];
	await live.waitFor(screen => sides.every(side => screen.lines().some(line => side.test(line))), 'the entries');
	live.type(down);
	await live.waitFor(screen => screen.text().includes(' 1/18'), 'the newest entry to be selected');
	const [selected] = live.emulator.lines().flatMap((line, index) => live.emulator.cell(index, 4).inverse && line.includes('opened') ? [index] : []);
	const text = live.emulator.lines()[selected];

	await connectMany(50_011, 50_020);
	await live.waitFor(screen => screen.text().includes('/38'), 'more entries');
	t.is(live.emulator.lines()[selected].slice(2), text.slice(2));
	t.true(live.emulator.cell(selected, 4).inverse);

	live.type('o');
	await live.waitFor(screen => !screen.text().includes('journal') && screen.lines().some((line, index) => line.includes('50000') && line.includes('ESTAB') && screen.cell(index, 4).inverse), 'its row');
	live.type('J');
	await live.waitFor(screen => screen.text().includes('journal of one socket') && lineOf('50000') !== -1 && lineOf('50001') === -1, 'only its entries');
	live.type('J');
	await live.waitFor(screen => !screen.text().includes('journal'), 'the sockets again');
});

testInNamespace('b groups the entries, - + * fold, m sets a mark and M shows only entries since', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene, {columns: 120});
	const lineOf = (pattern: RegExp): number => live.emulator.lines().findIndex(line => pattern.test(line));
	const exchange = async (localPort: number, isListed: () => boolean): Promise<void> => {
		const {id} = await scene.connect({port, localPort});
		await live.waitFor(isListed, 'the connection');
		await scene.send(id, 120);
		await scene.close(id);
	};

	live.type(tab);
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed since the start'), 'the empty journal');
	const sides = [/opened .* 127\.0\.0\.1:50000 +127/v, /opened .* 127\.0\.0\.1:8080 +127/v];
	await exchange(50_000, () => sides.every(side => lineOf(side) !== -1));
	await live.waitFor(() => lineOf(/closed .* 127\.0\.0\.1:50000 +127/v) !== -1 && lineOf(/closed .* 127\.0\.0\.1:8080 +127/v) !== -1, 'both sides closed');
	live.type('b');
	await live.waitFor(screen => screen.text().includes('[ ] Close reason') && !screen.text().includes('[ ] Listener'), 'the menu');
	live.type(' \u{1B}');
	await live.waitFor(() => lineOf(/^▾ +4 +my-server\/\d+, 2 closed .* 120 +120$/v) !== -1, 'the head, with the bytes of both sides, each counted once');
	const head = lineOf(/^▾/v);
	t.true(live.emulator.cell(head, 0).bold, 'heads are bold');
	t.true(live.emulator.lines()[head + 1].startsWith('  '), 'entries are indented');
	live.type(`${down}-`);
	await live.waitFor(() => lineOf(/^▸ +4 .*, 2 closed /v) === head && lineOf(/ closed +tcp /v) === -1, 'the group folded');
	await exchange(50_001, () => lineOf(/^▸ +6 .*, 2 closed /v) === head);
	await live.waitFor(() => lineOf(/^▸ +8 .*, 4 closed /v) === head, 'more entries in the group, which stays folded');
	live.type('m');
	await live.waitFor(screen => /Marked \d\d:\d\d:\d\d: M shows only what came since/v.test(screen.text()), 'the notice');
	live.type('M');
	await live.waitFor(screen => screen.text().includes('Nothing has opened or closed since the mark – M shows all'), 'no entries since the mark');
	t.regex(live.emulator.text(), /journal .* new since \d\d:\d\d:\d\d .* by process/v);
	const {id: last} = await scene.connect({port, localPort: 50_002});
	await live.waitFor(() => lineOf(/^▸ +2 +my-server/v) === head, 'the new entries, in the group that is still folded');
	await scene.close(last);
	live.type(`${down}+`);
	await live.waitFor(() => lineOf(/^▾ +4 .*, 2 closed /v) === head && lineOf(/ 127\.0\.0\.1:50002 /v) !== -1 && lineOf(/ 127\.0\.0\.1:50001 /v) === -1, 'the unfolded group');
	live.type(escape);
	await live.waitFor(() => lineOf(/^▾ +12 .*, 6 closed /v) === head, 'all entries again');
});

testInNamespace('the setup changes at once how long new entries of the journal are highlighted', async t => {
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
	await live.waitFor(screen => newest() !== -1 && screen.cell(newest(), 0).character === '●' && screen.cell(newest(), 0).bold, 'the highlighted entry');
	live.type(tab);
	await setTime(0);
	live.type(tab);
	await live.waitFor(screen => newest() !== -1 && screen.cell(newest(), 0).character === ' ', 'the entry without highlight');
	t.false(live.emulator.cell(newest(), 11).bold);
});
