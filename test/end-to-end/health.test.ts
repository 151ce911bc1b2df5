import {
	hasLocals,
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Cell, Emulator} from '../helpers/emulator.js';

const escape = '\u{1B}';

/** ANSI colour 1. */
const red = 1;

/** The cell of the first character of a text on the screen. */
const cellOf = (screen: Emulator, text: string): Cell | undefined => {
	const row = screen.lines().findIndex(line => line.includes(text));
	return row === -1 ? undefined : screen.cell(row, screen.lines()[row].indexOf(text));
};

testInNamespace('a full backlog is shown in the row of the listener and in the header; sick filters for it, # hides the meters', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7070});
	await scene.listenWithoutAccept({port: 8080, backlog: 1});
	const live = await openLive(t, scene, {columns: 140, rows: 30});
	await live.waitFor(screen => rows(screen).length === 2, 'two listeners');
	t.notRegex(live.emulator.text(), /Problems \d|backlog full/v);
	await scene.connect({port: 8080});
	await scene.connect({port: 8080});
	await live.waitFor(screen => /LISTEN +backlog full +2 +(?:1 +)?127\.0\.0\.1:8080/v.test(screen.text()), 'the problem');
	await live.waitFor(screen => /ESTAB.* Problems 1: backlog full 1/v.test(screen.text()), 'the meter');
	t.is(cellOf(live.emulator, 'backlog full   ')?.foreground, red);
	t.is(cellOf(live.emulator, '1: backlog full 1')?.foreground, red);
	const lines = live.emulator.lines().findIndex(line => line.includes('Local '));
	live.type('#');
	await live.waitFor(screen => screen.lines().findIndex(line => line.includes('Local ')) === lines - 3 && !screen.text().includes('Opened'), 'no meters');
	live.type('#');
	await live.waitFor(screen => screen.text().includes('Problems 1: '), 'the meters again');
	live.type('\\sick\r');
	await live.waitFor(screen => hasLocals(screen, '127.0.0.1:8080'), 'only the row with the problem');
	live.type(escape);
	await live.waitFor(screen => rows(screen).length > 2, 'all rows');
});

testInNamespace('toggles change what is shown, not what is sampled: counts, ages and problems stay correct', async t => {
	const scene = await openScene(t);
	await scene.listenWithoutAccept({port: 8080, backlog: 1});
	const live = await openLive(t, scene, {columns: 140, rows: 30});
	await scene.connect({port: 8080, localPort: 50_000});
	await scene.connect({port: 8080, localPort: 50_001});
	const hasMeters = (screen: Emulator): boolean => /^ ESTAB 4 {2}LISTEN 1 .* Problems 1: backlog full 1$/mv.test(screen.text());
	/** Whether a connection that opened during the test has an age of some seconds. */
	const hasAge = (screen: Emulator): boolean => rows(screen).some(row => / ESTAB .* 127\.0\.0\.1:50001 .* (?:[1-9]\d*s|\d+m\d+) /v.test(row));
	const isWhole = (screen: Emulator): boolean => rows(screen).length === 5 && hasMeters(screen) && hasAge(screen);
	await live.waitFor(screen => isWhole(screen), 'all sockets, their ages and the problem');
	for (const [key, shown] of [['t', 0], ['l', 1], ['e', 4], ['!', 1]] as const) {
		live.type(key);
		await live.waitFor(screen => rows(screen).length === shown, `the rows that remain after ${key}`);
		// Samples continue, and count hidden sockets, too.
		live.type('\u{C}');
		t.true(hasMeters(live.emulator), `the meters with ${key}: ${live.emulator.lines()[1]}`);
		live.type(key);
		await live.waitFor(screen => rows(screen).length === 5, `all rows again after ${key}`);
		t.true(isWhole(live.emulator), `counts, ages and problems after ${key}`);
	}
});
