import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import fc from '../../helpers/property.js';
import {fileFacts, netlinkFacts, ssFacts} from '../../helpers/source-facts.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {footerSegments} from '../../../source/screen/paint/footer.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {textWidth} from '../../../source/text/width.js';
import type {State} from '../../../source/screen/state/state.js';
import {drive} from '../drive.js';
import {makeSocket, makeSockets, type FakeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const theme = createTheme(colourLevelOf({TERM: 'xterm'}));

const linesOf = (state: State): readonly string[] =>
	paintFrame(state, {theme}).map(line => stripVTControlCharacters(line));

const textOf = (state: State): string => linesOf(state).join('\n');

const hostileText = fc.oneof(
	fc.constantFrom('漢字プロセス', '🙂🙂🙂', 'e\u{301}\u{301}vil', '\u{202E}txt.exe', '\u{1B}[2J\u{1B}]0;x\u{7}', 'a\nb\tc\r', '\u{200B}', 'ﷺ', '👨‍👩‍👧‍👦', ''),
	fc.string({unit: 'binary', maxLength: 40}),
);
const anySocket = fc.record({
	id: fc.integer({min: 1, max: 1_000_000}),
	local: fc.constantFrom('10.0.0.1:443', '[2001:db8:1234:5678:9abc:def0:1234:5678]%enp0s31f6:65535', '[::]:*', '0.0.0.0:*'),
	process: hostileText,
	state: fc.constantFrom('ESTAB', 'FIN-WAIT-1', 'LISTEN', 'TIME-WAIT'),
	rxRate: fc.option(fc.double({min: 0, max: 1e12, noNaN: true}), {nil: undefined}),
	recvQ: fc.nat(),
	marks: fc.record({
		fresh: fc.boolean(), established: fc.boolean(), closed: fc.boolean(),
	}),
}).map(({id, marks, ...values}): FakeSocket => makeSocket(id, values, marks));
const anySockets = fc.uniqueArray(anySocket, {selector: ({id}) => id, maxLength: 60});
const pressable = Object.values(keys).filter(key => key !== keys.escape && key !== keys.f1);
const anyKey = fc.constantFrom(...pressable, 'j', 'l', 'e', 't', 'u', 'p', '/', '\\', '4', 'n', 'wrong', '\t');
const anyKeys = fc.array(fc.oneof(anyKey, hostileText), {maxLength: 6});
const size = fc.record({columns: fc.integer({min: 1, max: 300}), rows: fc.integer({min: 1, max: 100})});

test('a frame has exactly as many lines as the terminal, none wider', t => {
	fc.assert(fc.property(size, anySockets, anyKeys, hostileText, ({columns, rows}, sockets, pressed, hostname) => {
		const screen = drive({sockets, columns, rows});
		screen.engine.sample({status: {source: {...netlinkFacts, hostname}}});
		for (const key of pressed) {
			screen.press(key);
			const lines = linesOf(screen.state());
			t.is(lines.length, rows);
			for (const line of lines) {
				t.true(textWidth(line) <= columns, JSON.stringify(line));
				t.notRegex(line, /\p{Control}/v);
			}
		}
	}), {numRuns: 150});
});

test('a message says if the terminal is too small', t => {
	t.deepEqual(linesOf(drive({columns: 39, rows: 24}).state()).slice(0, 2), ['terminal too small', '']);
	t.deepEqual(linesOf(drive({columns: 5, rows: 2}).state()), ['term…', '']);
	t.deepEqual(linesOf(drive({columns: 1, rows: 1}).state()), ['…']);
});

test('the header shows the machine, the counts, the source and the interval', t => {
	const [identity, counts, , activity] = linesOf(drive().state());
	t.regex(identity ?? '', /^ conntop {2}box {3}100 sockets {2,}netlink, every 1 s$/v);
	t.regex(counts ?? '', /^ ESTAB 100$/v);
	t.regex(activity ?? '', /Opened 0\/s .*Closed 0\/s .*Rx - .*Tx -/v);
});

test('the header shows rates and their history', t => {
	const screen = drive({columns: 120, rows: 40});
	screen.engine.sample({
		summary: {
			openedPerSecond: 2.5,
			closedPerSecond: 120,
			receiveRate: 1_500_000,
			sendRate: 900,
			history: {
				receiveRate: [0, 1, 2], sendRate: [NaN, 1], opened: [1, 2], closed: [3],
			},
		},
	});
	const line = linesOf(screen.state())[3] ?? '';
	t.regex(line, /Opened 2\.5\/s +▅█ +Closed 120\/s +█ +Rx 1\.4MB\/s +▁▅█ +Tx 900B\/s +█$/v);
});

test('the header shows the number of shown sockets if filters hide some', t => {
	const screen = drive();
	t.notRegex(textOf(screen.state()), /shown/v);
	screen.press(String.raw`\nginx/7`);
	t.regex(linesOf(screen.state())[0] ?? '', /100 sockets {3}11 shown/v);
});

test('chips show what hides sockets', t => {
	const screen = drive({columns: 200, query: {filter: 'nginx', search: 'x'}});
	screen.press('u').press('l').press('443');
	t.regex(linesOf(screen.state())[4] ?? '', /^ TCP {2}UDP off {3}listening {3}port 443… {3}filter nginx {3}search x: none/v);
	screen.press(keys.enter);
	t.regex(linesOf(screen.state())[4] ?? '', / port 443 /v);
	screen.press('e');
	t.regex(linesOf(screen.state())[4] ?? '', / established /v);
});

test('an empty table says why, and which key shows more', t => {
	const empty = (pressed: readonly string[], sockets = makeSockets(3)): string => {
		const screen = drive({sockets});
		for (const key of pressed) {
			screen.press(key);
		}

		return textOf(screen.state());
	};

	t.regex(empty(['9', '9', '9']), /No socket has a port that begins with 999 – Esc clears/v);
	t.regex(empty(['9', '9', '9', keys.enter]), /No socket matches port 999 – Esc clears/v);
	t.regex(empty(['\\', 'nothing']), /No socket matches this filter/v);
	t.regex(empty(['\\', 'nothing', keys.enter]), /No socket matches the filter – Esc clears/v);
	t.regex(empty(['l']), /No socket listens – l shows all/v);
	t.regex(empty(['e'], [makeSocket(1, {state: 'LISTEN'})]), /No connection is established – e shows all/v);
	t.regex(empty(['t']), /No UDP sockets – t shows TCP/v);
	t.regex(empty([], []), /No sockets/v);
});

test('on a narrow terminal, the message of an empty table wraps', t => {
	const screen = drive({columns: 40, rows: 10}).press('999');
	t.deepEqual(linesOf(screen.state()).slice(3, 7), ['', '  No socket has a port that begins with', '  999 – Esc clears', '']);
});

test('notices about sampling', t => {
	const screen = drive({columns: 200});
	const header = (): string => linesOf(screen.state()).slice(0, 5).join('\n');
	screen.engine.sample({status: {interval: 2600}});
	t.regex(header(), /every 2\.6 s \(not 1 s: sampling is expensive\)/v);
	screen.engine.sample({status: {interval: 1000, hiddenOwners: 1}});
	t.regex(header(), /owners of 1 socket hidden: run as root/v);
	screen.engine.sample({
		status: {
			hiddenOwners: 12, fallback: 'netlink is refused', source: ssFacts, problems: ['a dump was cut off\u{1B}[2J'],
		},
	});
	t.regex(header(), /ss, every 1 s/v);
	t.regex(header(), /a dump was cut off\\x1b\[2J · netlink is refused · owners of 12 sockets hidden: run as root/v);
	screen.press(']');
	t.regex(header(), /Nothing to find: F3 starts a search/v);
	screen.press('p');
	t.regex(header(), / PAUSED {2}ss/v);
	screen.press('p');
	screen.engine.sample({status: {source: fileFacts}});
	t.regex(header(), /^ conntop {2}some\.dump {3}\d+ sockets +recorded file/v);
});

test('on a narrow terminal, the counts come before source and interval', t => {
	const first = (columns: number, pressed = ''): string => linesOf(drive({columns, rows: 10}).press(pressed).state())[0] ?? '';
	t.regex(first(60), /^ conntop {2}box {3}100 sockets +netlink, every 1 s$/v);
	t.regex(first(40), /^ conntop {3}100 sockets +every 1 s$/v);
	t.regex(first(40, 'l'), /^ conntop {3}100 sockets {3}\d+ shown$/v);
	t.regex(first(40, 'p'), /^ conntop {3}100 sockets +PAUSED $/v);
});

test('a low terminal still shows what is hidden', t => {
	const screen = drive({columns: 60, rows: 16});
	screen.engine.sample({status: {hiddenOwners: 12}});
	t.regex(linesOf(screen.state())[0] ?? '', /12 owners hidden: root$/v);
	screen.engine.sample({status: {hiddenOwners: 1}});
	t.regex(linesOf(screen.state())[0] ?? '', /\b1 owner hidden: root$/v);
	screen.engine.sample({status: {hiddenOwners: 12}});
	screen.press('443');
	t.regex(linesOf(screen.state())[1] ?? '', /^ TCP UDP {2}port 443… /v);
});

test('the filter line shows the error under the word, with a visible pointer', t => {
	const screen = drive({columns: 80});
	const prompt = (): readonly string[] => linesOf(screen.state()).slice(-3, -1);
	screen.press('\\');
	t.regex(prompt()[0] ?? '', /^ Filter: +$/v);
	t.regex(prompt()[1] ?? '', /words · port N/v);
	screen.press('a wrong b');
	t.deepEqual(prompt(), [' Filter: a wrong b ', '           ^^^^^ this word is wrong']);
	screen.press(keys.home + 'x'.repeat(70));
	const [line, message] = prompt();
	t.is((line ?? '').includes('wrong') ? '' : 'x'.repeat(40), 'x'.repeat(40));
	t.regex(message ?? '', /this word is wrong/v);
	screen.press(keys.end);
	t.is((prompt()[1] ?? '').indexOf('^^^^^'), (prompt()[0] ?? '').indexOf('wrong'));
});

test('wide characters move the pointer by their width', t => {
	const screen = drive({columns: 80});
	screen.press(String.raw`\漢字 wrong`);
	t.deepEqual(linesOf(screen.state()).slice(-3, -1), [' Filter: 漢字 wrong ', '              ^^^^^ this word is wrong']);
});

test('the sort menu covers the table without moving anything', t => {
	const screen = drive({rows: 24});
	const before = linesOf(screen.state());
	screen.press(keys.f6);
	const lines = linesOf(screen.state());
	t.regex(lines[4] ?? '', /^ Sort by /v);
	t.regex(lines.join('\n'), /\n Age ▲ /v);
	t.deepEqual(lines.slice(4, -1).map(line => line.slice(20)), before.slice(4, -1).map(line => line.slice(20)));
	t.deepEqual(lines.slice(18, -1), before.slice(18, -1), 'below the last entry, the rows are whole');
	t.regex(lines.at(-1) ?? '', /^EnterSort {2}EscCancel/v);
});

test('a long menu scrolls', t => {
	const screen = drive({rows: 10});
	screen.press(keys.f6 + keys.end);
	t.regex(textOf(screen.state()), /\n Process /v);
	t.notRegex(textOf(screen.state()), /\n Proto /v);
});

test('the footer shows the keys of the mode and the position of the cursor', t => {
	const screen = drive();
	const footer = (): string => linesOf(screen.state()).at(-1) ?? '';
	t.regex(footer(), /^0-9Port {2}eEstab {2}TabJournal {2}F4Filter {2}F1Help {2}!Problems {2}F2Setup/v);
	screen.press('jj');
	t.regex(footer(), / 2\/100$/v);
	screen.press('4');
	t.regex(footer(), /^EnterExact port {2}EscAny port/v);
	screen.press('\\');
	t.regex(footer(), /^EnterKeep {2}UpOlder {2}TabComplete {2}EscRestore {2}F10Quit {2}Ctrl-UClear/v);
});

test('an IPv6 endpoint that does not fit keeps its port and shows that it was cut', t => {
	const address = '2001:db8:1234:5678:9abc:def0:1234:5678';
	const screen = drive({columns: 80, sockets: [makeSocket(1, {local: `[${address}]:65535`}), makeSocket(2, {peer: `[${address}]:443`})]});
	const shapes = textOf(screen.state()).matchAll(/\[(?<shape>2001[^ \u{2026}]*\u{2026}[^ \]]*)\]:(?:65535|443)/gv).map(({groups}) => groups?.shape).toArray();
	t.is(shapes.length, 2);
	t.is(new Set(shapes).size, 1, 'the same in each row and column');
});

test('rows are exactly as wide as the terminal from 60 to 300 columns', t => {
	for (const columns of [60, 80, 100, 120, 160, 200, 300]) {
		const sockets = [makeSocket(1, {local: '10.0.0.1:22', peer: '10.0.0.2:555', process: 'sshd/1'})];
		const screen = drive({columns, sockets, query: {sort: {field: 'local', descending: false}}});
		t.regex(textOf(screen.state()), /ESTAB .*10\.0\.0\.1:22 +10\.0\.0\.2:555 .*sshd\/1/v);
	}
});

test('a terminal without attributes still shows the cursor', t => {
	const bare = createTheme('none');
	const screen = drive();
	screen.press('j');
	t.regex(paintFrame(screen.state(), {theme: bare}).join('\n'), /\n> ESTAB/v);
	screen.press(keys.f6);
	t.regex(paintFrame(screen.state(), {theme: bare}).join('\n'), /\n>Age ▲/v);
});

test('recent activity is shown for some seconds, with the process', t => {
	const screen = drive({columns: 140, rows: 30});
	const text = (): string => linesOf(screen.state()).join('\n');
	const shortLived = {
		count: 7, port: 5432, atPort: 5, process: 'post\u{1B}gres',
	};
	t.notRegex(text(), /short-lived|dropped/v);
	screen.engine.sample({status: {recent: {shortLived: {count: 1, port: 80, atPort: 1}}}});
	t.regex(text(), / 1 short-lived socket in 10 s, at port 80$/mv);
	screen.engine.sample({status: {recent: {shortLived}, hiddenOwners: 3}});
	t.regex(text(), /owners of 3 sockets hidden.* · 7 short-lived sockets in 10 s, 5 of them at port 5432/v);
	screen.engine.sample({status: {recent: {shortLived, dropped: 2}, hiddenOwners: 0}});
	t.regex(text(), /2 destroy events dropped: they arrived faster than conntop could read · 7 short-lived/v);
	// What is not a problem is dropped first.
	screen.act({type: 'resize', size: {columns: 50, rows: 30}});
	t.notRegex(text(), /short-lived/v);
	t.regex(text(), /2 destroy events dropped/v);
	screen.act({type: 'resize', size: {columns: 80, rows: 16}});
	t.regex(text(), /2 destroy events dropped/v);
	screen.act({type: 'resize', size: {columns: 140, rows: 30}});
	screen.engine.sample({status: {recent: {shortLived}}});
	t.regex(text(), /7 short-lived sockets in 10 s, 5 of them at port 5432 \(post\P{Control}+gres\)/v);
	screen.engine.sample({status: {}});
	t.notRegex(text(), /short-lived|dropped/v);
});

test('a health problem is never cut, however narrow the terminal', t => {
	const sockets = [...makeSockets(20), makeSocket(99, {health: 'peer not reading'})];
	for (let columns = 60; columns <= 200; columns++) {
		const text = textOf(drive({sockets, columns}).state());
		t.is(text.includes('Health'), /peer not reading|zero win/v.test(text), `${columns} columns`);
	}

	t.true(textOf(drive({sockets, columns: 80}).state()).includes('zero win'));
	t.true(textOf(drive({sockets, columns: 120}).state()).includes('peer not reading'));
});

/** Whole sentences, however they are broken into lines. */
const flat = (lines: readonly string[]): string => lines.map(line => line.trim()).join(' ');

test('at 60x16, notices of keys are not cut: they are in the header, or else in the footer', t => {
	const screen = drive({columns: 60, rows: 16});
	const keysShown = linesOf(screen.state()).at(-1) ?? '';
	t.regex(keysShown, /F1Help/v);
	screen.press(']');
	t.regex(linesOf(screen.state())[0] ?? '', / Nothing to find: F3 starts a search$/v);
	t.is(linesOf(screen.state()).at(-1), keysShown);
	screen.press('o');
	const [header = '', ...others] = linesOf(screen.state());
	t.is(others.at(-1)?.trim(), 'No row is selected: arrow keys select one');
	t.regex(header, /netlink, every 1 s/v);
	screen.press('j');
	t.regex(linesOf(screen.state()).at(-1) ?? '', /0-9Port/v, 'gone with the next key');

	const long = 'Saved in /home/somebody/.config/conntop/config.toml, rewritten; the previous file is config.toml.bak';
	screen.act({type: 'notice', notice: long});
	t.regex(flat(linesOf(screen.state()).slice(-2)), /^Saved in .* config\.toml\.bak$/v);
	t.is(linesOf(screen.state()).length, 16);
	screen.act({type: 'notice', notice: `${long} `.repeat(4).trim()});
	t.regex(linesOf(screen.state()).at(-1) ?? '', /\u{2026}$/v, 'never more than three lines');
	t.regex(linesOf(screen.state()).at(-4) ?? '', / nginx\/\d+$/v);
});

test('a notice that fits into the header is shown there, and the keys stay visible', t => {
	const screen = drive({columns: 100, rows: 30});
	screen.press(']');
	t.regex(linesOf(screen.state())[4] ?? '', /^ TCP UDP .* Nothing to find: F3 starts a search$/v);
	t.regex(linesOf(screen.state()).at(-1) ?? '', /F1Help/v);
});

test('a long notice does not cover an edited line', t => {
	const screen = drive({columns: 40, rows: 16});
	screen.press(String.raw`\wrong`).press(keys.enter);
	const lines = linesOf(screen.state());
	t.regex(lines.at(-3) ?? '', /^ Filter: wrong/v);
	t.regex(lines.at(-1) ?? '', /^ The filter has an error: Esc .*\u{2026}$/v);
});

test('the key to quit is visible in every mode of a narrow terminal, beside the position of the cursor', t => {
	for (const columns of [40, 60, 61, 70, 80]) {
		for (const pressed of ['', 'j', '/', '\\', 'x', 'f', 'b', 'v', 'V', '?', '\t', `j${keys.enter}`, keys.f6]) {
			const screen = drive({columns, rows: 16}).press(pressed);
			t.regex(footerSegments(screen.state(), theme).map(({text}) => text).join(''), /F10 ?Quit/v, `${columns} ${pressed}`);
		}
	}

	t.regex(linesOf(drive({columns: 60, rows: 16}).state()).at(-1) ?? '', /^0-9Port {2}eEstab {2}TabJournal {2}F4Filter {2}F1Help {2}F10Quit *$/v);
	t.regex(linesOf(drive({columns: 100}).press('x').state()).at(-1) ?? '', /^EscBack .*F10Quit/v, 'the key that leads back comes first');
});

test('hints under the filter are not cut', t => {
	t.is(linesOf(drive({columns: 60, rows: 16}).press('\\').state()).at(-2)?.trim(), 'words · port N · sport N · dport N · state X');
});

test('problems are not cut while the counts leave room', t => {
	const screen = drive({columns: 100, rows: 30});
	screen.engine.sample({summary: {healthProblems: [{name: 'backlog full', count: 1}, {name: 'not reading', count: 3}, {name: 'CLOSE-WAIT leak', count: 2}]}});
	t.regex(linesOf(screen.state())[1] ?? '', /ESTAB 100 .* CLOSE-WAIT leak 2$/v);
});

test('clicks on the footer do nothing while a notice covers it', t => {
	const screen = drive({columns: 60, rows: 16});
	const help = (linesOf(screen.state()).at(-1) ?? '').indexOf('F1Help');
	screen.press('o').click(help, 15);
	t.is(screen.state().mode, 'table');
	screen.click(help, 15);
	t.is(screen.state().mode, 'help', 'the sentence is gone with the first click');
});
