import test from 'ava';
import {formatClock} from '../../../../source/text/clock.js';
import type {Emulator} from '../../../helpers/emulator.js';
import {
	createFakeEngine,
	makeSocket,
	makeSockets,
	markedAt,
} from '../../fake-engine.js';
import {keys, openScreen} from '../../open-screen.js';

const lineWith = (screen: Emulator, text: string): number => screen.lines().findIndex(line => line.includes(text));
const shows = (text: string) => (screen: Emulator): boolean => screen.text().includes(text);

/** The first line and the last are there. */
const isWhole = (screen: Emulator): boolean => screen.lines().at(-1)?.includes('F10Quit') === true && screen.lines()[0].startsWith(' conntop');

for (const [columns, rows] of [[60, 16], [80, 24], [120, 40], [200, 50], [300, 100]] as const) {
	test(`fills a terminal of ${columns}×${rows}`, async t => {
		const {emulator, waitFor} = openScreen(t, {columns, rows, sockets: makeSockets(200)});
		await waitFor(shows('nginx/'), 'rows');
		t.true(isWhole(emulator));
		t.true(emulator.isAlternate());
		t.true(emulator.modes().cursorHidden);
		const lines = emulator.lines();
		t.is(lines.filter(line => line.includes('nginx/')).length, rows - (rows < 20 ? 2 : (rows < 30 ? 4 : 5)) - 2);
		t.regex(lines.at(-1) ?? '', /F10Quit/v);
	});
}

test('shows an empty frame until the first answer arrives', async t => {
	const engine = createFakeEngine(makeSockets(3), {isManual: true});
	const {emulator, waitFor} = openScreen(t, {engine});
	await waitFor(shows('Reading the sockets'), 'the first frame');
	t.true(isWhole(emulator));
	engine.answer();
	await waitFor(shows('nginx/3'), 'the rows');
	t.false(shows('Reading')(emulator));
});

test('new, established, closed and found rows look different, with and without colours', async t => {
	const sockets = [
		makeSocket(1),
		makeSocket(2, {}, {fresh: true}),
		makeSocket(3, {}, {fresh: true, established: true}),
		makeSocket(4, {}, {closed: true}),
		{...makeSocket(5, {recvQ: 77}), tones: {recvQ: 'warning', state: 'good'}} as const,
	];
	for (const variables of [{TERM: 'xterm'}, {TERM: 'xterm', NO_COLOR: '1'}]) {
		const {emulator, waitFor, type} = openScreen(t, {sockets, variables});
		await waitFor(shows('nginx/5'), 'rows');
		const rowOf = (id: number): number => lineWith(emulator, `nginx/${id}`);
		const look = (id: number): unknown => {
			const {character, bold, dim} = emulator.cell(rowOf(id), 0);
			return {
				character, bold, dim, row: emulator.cell(rowOf(id), 2).bold,
			};
		};

		t.like(look(1), {character: ' ', row: false});
		t.like(look(2), {character: '+', row: true});
		t.like(look(3), {character: '●', row: true});
		t.like(look(4), {character: '×', dim: true});
		const queue = emulator.lines()[rowOf(5)].indexOf('77');
		t.true(emulator.cell(rowOf(5), queue).bold);
		const isColoured = emulator.cell(rowOf(2), 2).foreground !== undefined;
		t.is(isColoured, !('NO_COLOR' in variables));
		type('/nginx/1\r');
		await waitFor(screen => screen.cell(lineWith(screen, '192.0.2.1:'), 2).inverse, 'the match under the cursor');
		type('/nginx\r');
		await waitFor(screen => screen.cell(lineWith(screen, '192.0.2.5:'), 0).character === '›', 'the marks of what is found');
	}
});

test('only the 16 basic colours are used', async t => {
	const {emulator, waitFor, output} = openScreen(t, {sockets: [makeSocket(1, {}, {established: true})]});
	await waitFor(shows('nginx/1'), 'rows');
	t.notRegex(output(), /\[(?:38|48|9\d|10\d)[;m]/v);
	t.is(emulator.cell(lineWith(emulator, 'nginx/1'), 2).foreground, 2);
});

test('the cursor is visible in exactly one row', async t => {
	const {emulator, waitFor, type} = openScreen(t, {sockets: makeSockets(10)});
	await waitFor(shows('nginx/10'), 'rows');
	type('jjj');
	await waitFor(shows('3/10'), 'the place of the cursor');
	const selected = emulator.lines().map((_, line) => emulator.cell(line, 99).inverse ? line : -1).filter(line => line !== -1);
	t.deepEqual(selected, [lineWith(emulator, 'Process'), lineWith(emulator, 'nginx/3')]);
});

test('wide characters and hostile names keep the columns straight', async t => {
	const sockets = [
		makeSocket(1, {process: '漢字プロセス/1', local: '10.9.9.9:1'}),
		makeSocket(2, {process: '\u{1B}[2J\u{1B}[31mevil\u{7}/2', local: '10.9.9.9:2'}),
		makeSocket(3, {process: 'e\u{301}\u{301}/3', local: '10.9.9.9:3'}),
		makeSocket(4, {process: '\u{202E}gnp.exe/4', local: '10.9.9.9:4'}),
		makeSocket(5, {process: '🙂/5', local: '10.9.9.9:5'}),
	];
	const {emulator, waitFor, engine, output} = openScreen(t, {sockets, columns: 140, query: {columns: ['process', 'local', 'peer']}});
	await waitFor(shows('10.9.9.9:5'), 'rows');
	for (let sample = 0; sample < 3; sample++) {
		engine.sample({sockets: sockets.map(({id, values}) => makeSocket(id, {...values, peer: `10.0.0.1:${sample}`}))});
		await waitFor(shows(`10.0.0.1:${sample}`), 'the sample');
		const columns = [1, 2, 3, 4, 5].map(port => {
			const line = lineWith(emulator, `10.9.9.9:${port}`);
			return Array.from({length: 140}, (_, column) => column).find(column => emulator.cell(line, column).character === '1'
				&& emulator.cell(line, column + 1).character === '0' && emulator.cell(line, column + 2).character === '.');
		});
		t.is(new Set(columns).size, 1);
	}

	t.true(shows(String.raw`\x1b[2J`)(emulator));
	t.false(output().includes('\u{1B}[2J\u{1B}[31mevil'));
	t.true(isWhole(emulator));
});

test('a key and a sample each make one frame, and nothing is written when nothing has changed', async t => {
	const {waitFor, engine, output, type} = openScreen(t);
	await waitFor(shows('nginx/5'), 'rows');
	const before = output();
	for (let sample = 0; sample < 20; sample++) {
		engine.sample();
	}

	// Keys that no binding takes, and then one that shows when it has been taken in.
	type('\tyz');
	type('?');
	await waitFor(shows('conntop: keys'), 'the help');
	const written = output().slice(before.length);
	t.is(written.split('\u{1B}[?2026h').length - 1, 1);
});

test('a change at the right end writes few bytes', async t => {
	const sockets = makeSockets(100);
	const {waitFor, engine, output} = openScreen(t, {columns: 200, rows: 50, sockets});
	await waitFor(shows('nginx/30'), 'rows');
	const full = output().length;
	const before = output().length;
	engine.sample({sockets: sockets.map(socket => socket.id === 7 ? makeSocket(7, {rtt: 77.7}) : socket)});
	await waitFor(shows('77.7'), 'the change');
	t.true(output().length - before < full / 20);
});

test('after many resizes, the screen is drawn completely', async t => {
	const {emulator, waitFor, resize, engine} = openScreen(t, {sockets: makeSockets(100)});
	await waitFor(shows('nginx/5'), 'rows');
	for (const [columns, rows] of [[60, 16], [300, 100], [1, 1], [200, 10], [41, 9], [80, 24], [2, 50], [120, 40]] as const) {
		resize(columns, rows);
		if (columns % 3 === 0) {
			engine.sample();
		}
	}

	await waitFor(screen => isWhole(screen) && screen.lines().filter(line => line.includes('nginx/')).length === 33, 'all rows');
	const lines = emulator.lines();
	t.is(lines.length, 40);
	t.is(lines.filter(line => line.includes('conntop')).length, 1);
	t.is(lines.filter(line => line.includes('Process')).length, 1);
	t.is(lines.filter(line => line.includes('F10Quit')).length, 1);
});

for (const [columns, rows] of [[60, 16], [200, 50], [40, 8], [3, 2], [1, 1]] as const) {
	test(`a terminal that becomes ${columns}×${rows} shows nothing of what was there`, async t => {
		const {emulator, waitFor, resize} = openScreen(t, {sockets: makeSockets(100)});
		await waitFor(shows('nginx/5'), 'rows');
		resize(columns, rows);
		await waitFor(columns < 40 ? screen => /^(?:ter|te|t)?…$/v.test(screen.text()) : isWhole, 'the new size');
		t.deepEqual(emulator.lines().filter(line => line.length > emulator.columns), []);
		t.is(emulator.lines().filter(line => line.includes('F10Quit')).length, columns < 40 ? 0 : 1);
	});
}

test('the help is made from the key table, scrolls and closes', async t => {
	const {emulator, waitFor, type} = openScreen(t, {columns: 80, rows: 24});
	await waitFor(shows('nginx/5'), 'rows');
	type('?');
	await waitFor(shows('conntop: keys'), 'the help');
	t.regex(emulator.text(), /\n F4 \\ +Filter: hide rows that do +● +Became ESTAB/v);
	t.true(emulator.lines().at(-1)?.startsWith('EscBack'));
	type(keys.end);
	await waitFor(shows('Leave'), 'the end of the help');
	t.regex(emulator.text(), /Close the help/v);
	type(keys.home);
	await waitFor(shows('Filter: hide rows'), 'the start of the help');
	type('q');
	await waitFor(shows('nginx/5'), 'the table again');
	t.true(isWhole(emulator));
});

test('the help shows status notices in full', async t => {
	const {emulator, engine, type, waitFor} = openScreen(t, {columns: 60, rows: 16});
	engine.sample({
		status: {
			fallback: 'netlink does not answer (EPERM); reading ss instead', problems: ['ss took too long; trying again'], interval: 4000, intervalAsked: 1000,
		},
	});
	type('?');
	await waitFor(shows('conntop: keys'), 'the help');
	const [, heading, ...lines] = emulator.lines();
	t.is(heading?.trim(), 'Now');
	t.deepEqual(lines.slice(0, 3).map(line => line.trim()), [
		'ss took too long; trying again', 'netlink does not answer (EPERM); reading ss instead', 'every 4 s, not every 1 s: sampling is expensive',
	]);
});

test('a wide help shows keys and states side by side, with current counts', async t => {
	const {emulator, waitFor, type, engine} = openScreen(t, {columns: 200, rows: 60});
	type(keys.f1);
	await waitFor(shows('conntop: keys'), 'the help');
	t.regex(emulator.text(), / F4 .* ● +Became ESTAB/v);
	t.regex(emulator.text(), / LISTEN +- +Waits for connections/v);
	t.regex(emulator.text(), / ESTAB +5 +Connected/v);
	engine.sample({sockets: makeSockets(7)});
	await waitFor(screen => / ESTAB +7 +Connected/v.test(screen.text()), 'the new count');
	t.true(shows('Became ESTAB in the last seconds')(emulator));
});

test('the help fits into every size', async t => {
	const {emulator, waitFor, resize, type} = openScreen(t, {columns: 200, rows: 50});
	type(keys.f1 + keys.end);
	await waitFor(shows('conntop: keys'), 'the help');
	for (const [columns, rows] of [[60, 16], [140, 30], [41, 9], [300, 100]] as const) {
		resize(columns, rows);
		await waitFor(screen => screen.lines()[0].startsWith(' conntop: keys') && screen.lines().at(-1)?.startsWith('EscBack') === true, `${columns}×${rows}`);
		t.deepEqual(emulator.lines().filter(line => line.length > columns), []);
	}

	resize(10, 3);
	await waitFor(shows('terminal …'), 'too small');
	resize(80, 24);
	await waitFor(shows('conntop: keys'), 'the help again');
});

test('the sort menu opens over the table and sorts', async t => {
	const {emulator, waitFor, type} = openScreen(t);
	await waitFor(shows('nginx/5'), 'rows');
	type(keys.f6);
	await waitFor(shows(' Sort by'), 'the menu');
	t.true(emulator.cell(lineWith(emulator, ' Age ▲'), 0).inverse);
	type(`${keys.down}${keys.enter}`);
	await waitFor(shows('Process▲'), 'the order');
	t.false(shows(' Sort by')(emulator));
	type('I');
	await waitFor(shows('Process▼'), 'the reverse order');
});

test('the filter line shows the typed text, the error under it, and the last valid result', async t => {
	const {emulator, waitFor, type} = openScreen(t, {sockets: makeSockets(20)});
	await waitFor(shows('nginx/20'), 'rows');
	type(String.raw`\nginx/7`);
	await waitFor(screen => screen.lines().filter(line => line.includes('nginx/')).length === 3, 'the filtered row');
	type(' wrong');
	await waitFor(shows('^^^^^ this word is wrong'), 'the error');
	const line = lineWith(emulator, 'Filter: ');
	t.is(emulator.lines()[line + 1].indexOf('^'), emulator.lines()[line].indexOf('wrong'));
	t.true(emulator.cell(line, emulator.lines()[line].indexOf('wrong') + 'wrong'.length).inverse);
	t.true(shows('nginx/7')(emulator));
	type(keys.escape);
	await waitFor(shows('nginx/20'), 'all rows');
	t.false(shows('Filter:')(emulator));
});

test('a burst of keys in one read is many keys', async t => {
	const {waitFor, type, engine} = openScreen(t, {sockets: makeSockets(50)});
	await waitFor(shows('nginx/5'), 'rows');
	type(`443\rjj${keys.down}/nginx/1\r`);
	await waitFor(screen => shows('port 443')(screen) && shows('search nginx/1')(screen), 'what the keys do');
	t.deepEqual(engine.query().port, {digits: '443', exact: true});
});

test('Ctrl-L redraws the screen, whatever it shows', async t => {
	const {emulator, waitFor, type} = openScreen(t);
	await waitFor(shows('nginx/5'), 'rows');
	const before = emulator.lines();
	await emulator.write('\u{1B}[5;5Hgarbage from elsewhere\r\nmore of it');
	t.true(shows('garbage')(emulator));
	type(keys.controlL);
	await waitFor(screen => !shows('garbage')(screen) && isWhole(screen), 'a fresh screen');
	t.deepEqual(emulator.lines(), before);
});

test('a notice and a chip show the time of the mark, and what it hides', async t => {
	const {emulator, type, waitFor, engine} = openScreen(t, {sockets: [makeSocket(1), makeSocket(2, {sinceMark: 'opened', receivedSinceMark: 2048})]});
	await waitFor(shows('nginx/2'), 'rows');
	type('m');
	await waitFor(shows('Marked'), 'the notice');
	const time = formatClock(markedAt(engine.query().mark?.number ?? 0));
	t.true(shows(`Marked ${time}: M shows what is new since, d what changed`)(emulator));
	t.true(shows(` since ${time} `)(emulator));
	t.false(shows(' shown')(emulator));
	type('M');
	await waitFor(shows(` new since ${time} `), 'the chip');
	await waitFor(screen => !shows('nginx/1')(screen), 'the old row to go');
	t.true(shows('1 shown')(emulator));
	t.true(shows('nginx/2')(emulator));
	type('d');
	await waitFor(shows(` changed since ${time} `), 'the difference');
	await waitFor(shows('opened'), 'what became of it');
	t.regex(emulator.lines()[lineWith(emulator, 'Since')] ?? '', /Since▲ .*\+Rcvd▽ .*\+Sent /v);
	t.regex(emulator.lines()[lineWith(emulator, 'nginx/2')] ?? '', /opened .* 2\.0K /v);
	engine.sample({sockets: [makeSocket(1)]});
	await waitFor(shows('Nothing has changed since the mark'), 'why the table is empty');
	type('M');
	await waitFor(shows('Nothing new since the mark'), 'why the table is empty');
});

test('Tab lists the candidates under the filter line, with the meaning of the selected one', async t => {
	const {emulator, waitFor, type} = openScreen(t, {sockets: [makeSocket(1), makeSocket(2, {process: 'ngrep/2'}), makeSocket(3, {process: 'curl/3'})]});
	await waitFor(shows('curl/3'), 'rows');
	type(String.raw`\process = n` + keys.tab);
	await waitFor(shows('  nginx  ngrep'), 'the ways to go on');
	const line = lineWith(emulator, 'Filter: process = ng');
	t.is(lineWith(emulator, '  nginx  ngrep'), line + 1);
	type(keys.tab);
	await waitFor(shows('Filter: process = nginx'), 'the first of them');
	t.regex(emulator.lines()[line + 1] ?? '', /^ {2}nginx {2}ngrep .*Name of the first process/v);
	t.true(emulator.cell(line + 1, 2).inverse);
	t.false(emulator.cell(line + 1, 9).inverse);
	type(keys.shiftTab);
	await waitFor(shows('Filter: process = ngrep'), 'the last of them');
	type(keys.escape);
	await waitFor(screen => !shows('  nginx  ngrep')(screen), 'the list to close');
	t.true(shows('Filter: process = ngrep')(emulator));
});
