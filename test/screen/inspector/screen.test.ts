/** Tests the inspector as the user sees it: drawn by Ink in a terminal emulator. */
import {Buffer} from 'node:buffer';
import test, {type ExecutionContext} from 'ava';
import {fields} from '../../../source/fields/registry.js';
import type {FieldValue} from '../../../source/fields/model/field.js';
import type {Emulator} from '../../helpers/emulator.js';
import {makeSocket, type FakeSocket} from '../fake-engine.js';
import {noon} from '../fake-inspected.js';
import {keys, openScreen, type OpenScreen} from '../open-screen.js';

type Inspected = NonNullable<FakeSocket['inspected']>;

const shows = (text: string) => (screen: Emulator): boolean => screen.text().includes(text);

/** A TCP connection for which the kernel reports every field. No two numbers are the same. */
const fullValues = fields
	.filter(({protocols}) => protocols === undefined || protocols.includes('tcp'))
	.map(({id, kind}, index): {readonly id: string; readonly value: FieldValue} => ({id, value: kind === 'number' ? 1000 + index : `${id}-text`}));

const known: Readonly<Record<string, FieldValue>> = {
	protocol: 'tcp', state: 'ESTAB', local: '10.0.0.1:443', peer: '192.0.2.5:40005', recvQ: 900, receiveBuffer: 1000, process: 'nginx/5',
};

const full: Inspected = {
	values: fullValues.map(({id, value}) => ({id, value: known[id] ?? value})),
	history: {
		rxRate: [0, 500, 1000], txRate: [1000, 0, 10], rtt: [1, 2, 3], cwnd: [10, 20, 10], recvQ: [0, 0, 900], sendQ: [0, 0, 0],
	},
	health: {healthProblem: 'not reading', explanation: 'Recv-Q holds 900 bytes, and the owner has read nothing.', tone: 'warning'},
};

const unixSocket: Inspected = {
	values: [
		{id: 'protocol', value: 'u_str'}, {id: 'state', value: 'ESTAB'}, {id: 'local', value: '/run/some.sock'}, {id: 'peer', value: '* 4711'}, {id: 'recvQ', value: 0}, {id: 'inode', value: 4710},
	],
	otherEnd: {
		isItself: false, state: 'ESTAB', cookie: 'c0ffee', owners: [{
			pid: 9, name: 'psql', descriptors: [3], ancestors: [],
		}],
	},
};

const closed: Inspected = {
	isGone: true,
	life: {
		steps: [{state: 'ESTAB', since: noon - 60_000}], openedAt: noon - 60_000, isOlder: false, isShortLived: false, closedAt: noon - 3000, closeReason: 'closed by peer', now: noon,
	},
};

const listener: Inspected = {
	values: [
		{id: 'protocol', value: 'tcp'}, {id: 'state', value: 'LISTEN'}, {id: 'recvQ', value: 10}, {id: 'sendQ', value: 10}, {id: 'local', value: '0.0.0.0:80'}, {id: 'peer', value: '0.0.0.0:*'},
	],
	life: {
		steps: [{state: 'LISTEN', since: noon - 9000, isLeast: true}], isOlder: true, isShortLived: false, openedAt: noon - 9000, now: noon,
	},
	history: {recvQ: [0, 5, 10], sendQ: [10, 10, 10]},
};

const foreign = 'a\u{1B}[2J\u{1B}]0;owned\u{7}\nb\u{202E}c 漢字🙂e\u{301}\u{9B}31m';

const hostile: Inspected = {
	values: [{id: 'protocol', value: 'u_str'}, {id: 'state', value: 'ESTAB'}, {id: 'local', value: `@${foreign}`}, {id: 'peer', value: foreign}, {id: 'process', value: foreign}],
	owners: [{
		pid: 5, name: foreign, descriptors: [7], commandLine: `${foreign} ${'long '.repeat(100)}`, user: foreign, ancestors: [{pid: 1, name: foreign}], unit: foreign, container: foreign, pod: foreign,
	}],
	health: {healthProblem: 'idle', explanation: foreign, tone: 'dim'},
};

const scenes: ReadonlyArray<readonly [name: string, inspected: Inspected, title: string, summary: RegExp]> = [
	['a TCP connection with all fields of tcp_info', full, ' tcp 10.0.0.1:443 ⇄ 192.0.2.5:40005', /^ ESTAB for 1m00 {2}not reading {2}nginx\/5/v],
	['a UNIX socket', unixSocket, ' u_str /run/some.sock ⇄ * 4711', /^ ESTAB for 1m00/v],
	['a closed socket', closed, ' tcp 10.0.0.1:443 ⇄ 192.0.2.5:40005', /^ closed 3s ago: closed by peer/v],
	['a listener', listener, ' tcp 0.0.0.0:80 ', /^ LISTEN for 9s\+/v],
	['a socket with hostile names', hostile, ' u_str ', /^ ESTAB for 1m00 {2}idle/v],
];

const sizes = [[60, 16], [100, 30], [200, 50]] as const;

const colourful = {TERM: 'xterm-256color'};

const inspect = async (t: ExecutionContext, inspected: Inspected, [columns, rows]: readonly [number, number], variables: Readonly<Record<string, string>> = colourful): Promise<OpenScreen> => {
	const screen = openScreen(t, {
		columns, rows, variables, sockets: [{...makeSocket(5), inspected}],
	});
	await screen.waitFor(shows('nginx/5'), 'rows');
	screen.type(keys.down + keys.enter);
	await screen.waitFor(emulator => emulator.lines().at(-1)?.includes('EscBack') === true && !emulator.text().includes('Reading…'), 'the inspector');
	return screen;
};

/** The lines of the page that contain inverse cells. The value under the cursor is inverse, on a single line. */
const chosenLines = ({lines, columns, rows, cell}: Emulator): readonly number[] => lines()
	.flatMap((_, line) => line > 1 && line < rows - 3 && Array.from({length: columns}, (_place, column) => cell(line, column).inverse).includes(true) ? [line] : []);

/** Whether the end of the page is visible. The second line shows the visible part, and nothing if the whole page is visible. */
const isAtEnd = (screen: Emulator): boolean => {
	const part = / \d+-(?<last>\d+) of (?<all>\d+)$/v.exec(screen.lines()[1])?.groups;
	return part?.last === part?.all;
};

for (const [name, inspected, title, summary] of scenes) {
	for (const size of sizes) {
		const [columns, rows] = size;
		test(`${name}, at ${columns}×${rows}`, async t => {
			const {emulator, type, waitFor, output} = await inspect(t, inspected, size);
			const lines = emulator.lines();
			t.is(lines.length, rows);
			t.true(lines[0].startsWith(title.slice(0, columns - 22)), lines[0]);
			t.regex(lines[1], summary);
			t.true(emulator.cell(0, 2).inverse, 'the title is inverse');
			t.is(chosenLines(emulator).length, 1, 'one value is selected');

			// Moves to the last value and back: the keys and the title stay, and at most one value is selected.
			type(keys.end);
			await waitFor(isAtEnd, 'the last value');
			t.is(emulator.lines()[0], lines[0]);
			t.true(chosenLines(emulator).length <= 1);
			t.true(emulator.lines().at(-1)?.includes('EscBack'));
			type(keys.home);
			await waitFor(screen => screen.lines().join('\n') === lines.join('\n'), 'the initial page');

			t.deepEqual(['\u{1B}[2J', 'owned\u{7}', '\u{9B}', '\u{202E}'].filter(text => output().includes(text)), []);
			type(keys.escape);
			await waitFor(shows('F4Filter'), 'the list');
		});
	}
}

test('problems, bars and graphs are coloured, but not with NO_COLOR', async t => {
	for (const variables of [colourful, {...colourful, NO_COLOR: '1'}]) {
		const {emulator} = await inspect(t, full, [200, 50], variables);
		const lines = emulator.lines();
		const places = ['not reading  ', 'Recv-Q           ', 'Receive          '].map(text => {
			const row = lines.findIndex(line => line.includes(text));
			return {row, column: lines[row].indexOf(text)};
		});
		const [healthProblem, bar, receive] = places;
		const colours = [
			emulator.cell(healthProblem.row, healthProblem.column).foreground,
			emulator.cell(bar.row, bar.column + 17).foreground,
			emulator.cell(receive.row + 3, lines[receive.row + 3].length - 1).foreground,
		];
		t.is(colours.every(colour => colour !== undefined), !('NO_COLOR' in variables));
		t.is(new Set(colours).size > 1, !('NO_COLOR' in variables));
		t.regex(lines[bar.row], 'NO_COLOR' in variables ? /#{18}\.\. 90%/v : /█{18}░░ 90%/v);
	}
});

test('a click selects a value, and a second click copies it', async t => {
	const {emulator, type, waitFor, output} = await inspect(t, full, [100, 30]);
	const row = emulator.lines().findIndex(line => line.startsWith('  Recv-Q'));
	const click = `\u{1B}[<0;6;${row + 1}M\u{1B}[<0;6;${row + 1}m`;
	type(click);
	await waitFor(screen => screen.cell(row, 3).inverse, 'the value to be selected');
	t.deepEqual(chosenLines(emulator), [row]);
	type(click);
	await waitFor(shows('Copied Recv-Q: 900 of 1000'), 'the notice about the copy');
	t.true(output().includes(`\u{1B}]52;c;${Buffer.from('900 of 1000').toString('base64')}\u{7}`));
});

test('a sample that changes one value writes little more than that value', async t => {
	const {engine, waitFor, output} = await inspect(t, full, [200, 50]);
	const before = output().length;
	engine.sample({sockets: [{...makeSocket(5), inspected: {...full, values: full.values?.map(value => value.id === 'recvQ' ? {...value, value: 500} : value) ?? []}}]});
	await waitFor(shows('50%, 500B of 1000B'), 'the changed value');
	t.true(output().length - before < 600, `${output().length - before} characters`);
});
