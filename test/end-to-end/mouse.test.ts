import {
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import type {Pty} from '../helpers/pty.js';

/** The position of a text on the screen. */
const positionOf = (screen: Emulator, text: string): {readonly row: number; readonly column: number} => {
	const row = screen.lines().findIndex(line => line.includes(text));
	return {row, column: screen.lines()[row]?.indexOf(text) ?? -1};
};

/** Presses the left button on a text and lets it go. */
const click = ({emulator, type}: Pty, text: string): void => {
	const {row, column} = positionOf(emulator, text);
	type(`\u{1B}[<0;${column + 1};${row + 1}M\u{1B}[<0;${column + 1};${row + 1}m`);
};

const isSelected = (screen: Emulator, text: string): boolean => screen.cell(positionOf(screen, text).row, 2).inverse;

const firstPort = (screen: Emulator): string | undefined => /:(?<port>\d+)/v.exec(rows(screen)[0] ?? '')?.groups?.port;

testInNamespace('a click selects a row, sorts by a heading, and presses keys of footer and menu; the wheel scrolls', async t => {
	const scene = await openScene(t);
	for (let port = 8001; port <= 8040; port++) {
		await scene.listen({port});
	}

	const live = await openLive(t, scene, {args: ['--sort', 'local'], columns: 160});
	t.true(live.emulator.modes().mouse);
	await live.waitFor(screen => firstPort(screen) === '8001', 'the first port');
	click(live, '127.0.0.1:8005');
	await live.waitFor(screen => isSelected(screen, '127.0.0.1:8005'), 'the row under the pointer to be selected');

	live.type('\u{1B}[<65;20;12M\u{1B}[<65;20;12M');
	await live.waitFor(screen => firstPort(screen) === '8007' && isSelected(screen, '127.0.0.1:8011'), 'the list and the cursor six rows down');
	live.type('\u{1B}[<64;20;12M'.repeat(10));
	await live.waitFor(screen => firstPort(screen) === '8001', 'the list at its top again');

	click(live, 'Local▲');
	await live.waitFor(screen => screen.text().includes('Local▼'), 'the order reversed');
	click(live, 'State');
	await live.waitFor(screen => /State[▲▼]/v.test(screen.text()), 'the order of another column');

	click(live, 'F6');
	await live.waitFor(screen => screen.text().includes('Sort by'), 'the menu');
	click(live, ' RTT ms');
	await live.waitFor(screen => !screen.text().includes('Sort by') && /RTT ms[▲▼]/v.test(screen.text()), 'the order chosen in the menu');

	click(live, 'F1');
	await live.waitFor(screen => screen.text().includes('conntop: keys'), 'the help');
	click(live, 'F10Quit');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.modes().mouse);
});

testInNamespace('--no-mouse never enables the mouse modes of the terminal', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {args: ['--no-mouse']});
	t.false(live.emulator.modes().mouse);
	live.type('q');
	await live.exit;
	t.notRegex(live.output(), /\[\?100\d/v);
});
