import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import type {Pty} from '../helpers/pty.js';

const keys = {
	f2: '\u{1B}OQ', f7: '\u{1B}[18~', right: '\u{1B}[C', left: '\u{1B}[D', down: '\u{1B}[B', enter: '\r', escape: '\u{1B}',
} as const;

type Home = {readonly file: string; readonly env: Readonly<Record<string, string>>; readonly read: () => Promise<string>};

/** Makes a folder for settings, with a settings file if a text is given. */
const openHome = async (t: ExecutionContext, text?: string): Promise<Home> => {
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-setup-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const file = path.join(directory, 'conntop', 'config.toml');
	if (text !== undefined) {
		await fs.mkdir(path.dirname(file));
		await fs.writeFile(file, text);
	}

	return {file, env: {XDG_CONFIG_HOME: directory, COLORTERM: 'truecolor'}, read: async () => fs.readFile(file, 'utf8')};
};

const headings = (screen: Emulator): string => screen.lines().find(line => /State.* Local +Peer/v.test(line)) ?? '';

const quit = async (live: Pty): Promise<number> => {
	live.type('q');
	return (await live.exit).exitCode;
};

testInNamespace('F2 changes theme and columns at once, and saves them for the next start', async t => {
	const scene = await openScene(t);
	const home = await openHome(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 120, rows: 36});
	t.true(live.output().includes('\u{1B}[0;7;32m'), 'the heading has the colours of the default theme');
	live.type(keys.f2);
	await live.waitFor(screen => screen.text().includes('[x] Age') && headings(screen).includes('Age'), 'the columns, and the list below');
	live.type(`${keys.down.repeat(11)} `);
	await live.waitFor(screen => screen.text().includes('[ ] Age') && !headings(screen).includes('Age'), 'the list without the column');
	live.type(`${keys.right}${keys.right} `);
	await live.waitFor(screen => /Theme +dark/v.test(screen.text()), 'another theme');
	t.true(live.output().includes('48;2;47;74;95'), 'the heading has the colours of the dark theme');
	live.type(keys.escape);
	await live.waitFor(screen => screen.text().includes(`Saved in ${home.file}`.slice(0, 40)), 'the notice about saving');
	t.is(await quit(live), 0);
	const text = await home.read();
	t.regex(text, /^theme = "dark"$/mv);
	t.regex(text, /^columns = \[ .*"rtt", "process"/mv);

	const again = await openLive(t, scene, {env: home.env, columns: 120, rows: 36});
	t.false(headings(again.emulator).includes('Age'));
	t.true(again.output().includes('48;2;47;74;95'));
});

testInNamespace('the command line overrides the settings file', async t => {
	const scene = await openScene(t);
	const home = await openHome(t, 'theme = "dark"\ncolumns = ["state", "local"]\n');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, args: ['--theme', 'light', '--columns', 'protocol,state,local,peer']});
	t.true(live.output().includes('48;2;201;220;234'), 'the heading has the colours of the light theme');
	t.regex(headings(live.emulator), /Proto +State. +Local +Peer/v);
	t.is(await quit(live), 0);
	const without = await openLive(t, scene, {env: home.env, args: ['--no-config']});
	t.regex(headings(without.emulator), /Age/v);
});

testInNamespace('mistakes in the settings file are reported, the rest applies, and saving keeps all other lines', async t => {
	const scene = await openScene(t);
	const broken = '# mine\ninterval = "fast"\ncolour = "red"\ntheme = drak\n[keys]\npause = ["e"] # no\n\n[views.web]\nfilter = "port 8080"\n';
	const home = await openHome(t, broken);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 160, rows: 40});
	await live.waitFor(screen => screen.text().includes('4 mistakes in the settings, F2 shows them; config.toml, line 2: interval takes seconds from 0.1 to 3600; got "fast"'), 'the first mistake');
	live.type(keys.f2);
	await live.waitFor(screen => screen.text().includes('4 mistakes in the settings, on the last page; config.toml, line 2'), 'the notice about the mistakes');
	live.type(keys.left);
	await live.waitFor(screen => ['line 2  interval', 'line 3  there is no preference "colour"', 'line 4  ', 'theme = "drak"', 'e is already bound to toggle-established (list, journal); pause'].every(
		text => screen.text().includes(text)), 'all mistakes');
	live.type(`${keys.right.repeat(4)}${keys.down}+`);
	await live.waitFor(screen => /Highlight new +6 s/v.test(screen.text()), 'the changed time');
	live.type(keys.escape);
	await live.waitFor(screen => screen.text().includes('Saved in'), 'the notice about saving');
	t.is(await quit(live), 0);
	t.is(await home.read(), broken.replace('theme = drak\n', 'theme = drak\nfresh-time = 6\n'));
});

testInNamespace('if the settings file cannot be written, that is reported, and the change stays on the screen', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {args: ['--config', '/dev/null/config.toml'], columns: 120, rows: 36});
	live.type(`${keys.f2}${keys.down.repeat(11)} `);
	await live.waitFor(screen => screen.text().includes('[ ] Age'), 'the column to be deselected');
	live.type(keys.escape);
	await live.waitFor(screen => screen.text().includes('Not saved: /dev/null/config.toml cannot be written') && !headings(screen).includes('Age'), 'the reason why it was not saved');
	t.is(await quit(live), 0);
});

testInNamespace('a view is saved, selected in a menu, and opened with --view', async t => {
	const scene = await openScene(t);
	const home = await openHome(t);
	await scene.listen({port: 8080});
	await scene.connect({port: 8080, localPort: 50_000});
	const live = await openLive(t, scene, {env: home.env});
	await live.waitFor(screen => rows(screen).length === 3, 'a listener and both sides of a connection');
	live.type('\\sport 50000\rV');
	await live.waitFor(screen => screen.text().includes('Save this view as:') && rows(screen).length === 1, 'the prompt for a name');
	live.type('client\r');
	await live.waitFor(screen => screen.text().includes('Saved in'), 'the notice about saving');
	live.type('v');
	await live.waitFor(screen => screen.text().includes('Views') && screen.text().includes(' listening'), 'the menu');
	t.true(live.emulator.text().includes(' client'));
	live.type(`\u{1B}[H${keys.down}${keys.enter}`);
	await live.waitFor(screen => screen.lines().filter(line => /(?:LISTEN|ESTAB) .*:8080/v.test(line)).length === 1 && / LISTEN .* 127\.0\.0\.1:8080 /v.test(screen.text()), 'only the listener');
	t.is(await quit(live), 0);
	t.regex(await home.read(), /\[views\.client\]\nfilter = "sport 50000"\n/v);
	const again = await openLive(t, scene, {env: home.env, args: ['--view', 'client']});
	await again.waitFor(screen => rows(screen).length === 1 && rows(screen)[0].includes(':50000'), 'the view');
});

testInNamespace('a changed key works, and the footer shows it', async t => {
	const scene = await openScene(t);
	const home = await openHome(t, '[keys]\nopen-filter = ["F7"]\n');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 160});
	await live.waitFor(screen => screen.lines().at(-1)?.includes('F7Filter') === true, 'the key in the footer');
	live.type(keys.f7);
	await live.waitFor(screen => screen.text().includes(' Filter:'), 'the filter line');
	live.type(keys.escape);
	await live.waitFor(screen => !screen.text().includes(' Filter:'), 'the filter line to close');
	live.type(keys.f2);
	await live.waitFor(screen => screen.text().includes('Columns'), 'the setup');
	live.type(`${keys.right.repeat(5)}open-filter${keys.enter}`);
	await live.waitFor(screen => screen.text().includes('Press the key for open-filter'), 'the prompt for a key');
	live.type('l');
	await live.waitFor(screen => screen.text().includes('l is already bound to toggle-listening (list, journal); open-filter cannot use it'), 'the conflict');
	live.type(`${keys.enter}F`);
	await live.waitFor(screen => /open-filter +F /v.test(screen.text()), 'the new key');
	live.type(keys.escape);
	await live.waitFor(screen => !screen.text().includes('Find:'), 'the search line to close');
	live.type(keys.escape);
	await live.waitFor(screen => screen.lines().at(-1)?.includes('FFilter') === true, 'the new key in the footer');
	t.is(await quit(live), 0);
	t.regex(await home.read(), /\[keys\]\nopen-filter = \[ "F" \]/v);
});

testInNamespace('changed keys work in menus, help and inspector, which show them; text lines keep their keys', async t => {
	const scene = await openScene(t);
	const home = await openHome(t, '[keys]\nup = ["W"]\ndown = ["s"]\naccept = ["Ctrl-O"]\ncopy-value = ["c"]\ninspect-next = ["N"]\nopen-groups = ["Ctrl-G"]\n');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 200, rows: 36});
	live.type('\u{7}');
	await live.waitFor(screen => screen.text().includes('Group by') && screen.lines().at(-1)?.includes('SpaceToggle') === true, 'the menu of groups');
	live.type('s\u{F}');
	await live.waitFor(screen => screen.text().includes('[1] Process'), 'the second grouping, chosen with the changed keys');
	live.type('\u{F}\u{7}');
	await live.waitFor(screen => !screen.text().includes('Group by'), 'the menu to close, with the key that opened it');
	live.type('\\sws\u{15}8080\r');
	await live.waitFor(screen => screen.text().includes(' 8080 ') && !screen.text().includes('Filter:'), 'the filter, typed with the usual meaning of letters and Enter');
	live.type('s\r');
	await live.waitFor(screen => screen.text().includes('first seen') && ['cCopy', 'NNext'].every(key => screen.lines().at(-1)?.includes(key)), 'the inspector, with its changed keys in the footer');
	live.type('ssc');
	await live.waitFor(screen => screen.text().includes('Copied '), 'a value to be copied with the changed key');
	live.type('?/up one row\r');
	await live.waitFor(screen => screen.lines().some(line => /^ W +Move up one row/v.test(line)), 'the changed key in the help');
	live.type('qq');
	await live.waitFor(screen => screen.lines().at(-1)?.includes('cCopy') === true, 'the inspector again');
	live.type('q');
	t.is(await quit(live), 0);
});

testInNamespace('a terminal that reports a light background gets light colours, and its answer is not taken as keys', async t => {
	const scene = await openScene(t);
	const home = await openHome(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 120, rows: 30});
	t.is(live.output().split('\u{1B}]11;?\u{7}').length, 2, 'the program asks once');
	const isLight = (screen: Emulator): boolean => screen.cell(screen.lines().findIndex(line => /State.* Local +Peer/v.test(line)), 1).background === '#c9dcea';
	t.false(isLight(live.emulator));
	live.type('\u{1B}]11;rgb:ffff/');
	live.type('ffff/ffff\u{1B}\\');
	await live.waitFor(screen => isLight(screen), 'the light theme');
	t.deepEqual(rows(live.emulator).length, 1);
	t.false(/ port \d|Filter:/v.test(live.emulator.text()));
	live.type('\u{1B}]11;nonsense 443 q\u{7}');
	live.type(keys.f2);
	await live.waitFor(screen => screen.text().includes('Columns'), 'the setup');
	live.type(`${keys.right}${keys.right} `);
	await live.waitFor(screen => !isLight(screen), 'the theme chosen in the setup');
	live.type(keys.escape);
	await live.waitFor(screen => screen.text().includes('Saved in'), 'the notice about saving');
	t.is(await quit(live), 0);
});

testInNamespace('the setup chooses the order from a list, and read-only applies at once', async t => {
	const scene = await openScene(t);
	const home = await openHome(t);
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: home.env, columns: 120, rows: 40});
	live.type(`${keys.f2}${keys.enter}`);
	await live.waitFor(screen => screen.text().includes('Order: Enter chooses, Esc cancels') && screen.text().includes('(*) Several fields'), 'the list of orders');
	live.type(`age${keys.enter}`);
	await live.waitFor(screen => /^ Order +age /mv.test(screen.text()) && /Age[▲▼]/v.test(headings(screen)), 'the new order, in the setup and in the list');
	live.type(`${keys.right.repeat(4)}only${keys.enter}`);
	await live.waitFor(screen => /Read only +\[x\]/v.test(screen.text()), 'the read-only preference');
	live.type(keys.escape);
	await live.waitFor(screen => !screen.text().includes('Find:'), 'the search line to close');
	live.type(keys.escape);
	await live.waitFor(screen => screen.text().includes('Saved in'), 'the notice about saving');
	live.type('K');
	await live.waitFor(screen => screen.text().includes('Off: read-only is set in the preferences'), 'the reason why K does nothing');
	t.is(await quit(live), 0);
	t.is(await home.read(), 'sort = "age"\nread-only = true\n');
});
