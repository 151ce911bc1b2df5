/**
Makes the pictures of README.md: the real program in a terminal emulator, with a scene that is always the same. Each picture has a variant for dark and one for light
pages. `npm run media -- DIRECTORY` writes them to another folder, `npm run media -- DIRECTORY NAME…` only some of them.
*/
import fs from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {Emulator} from '../test/helpers/emulator.js';
import {namespaceUnavailable} from '../test/helpers/namespace.js';
import {startInPty, type Pty} from '../test/helpers/pty.js';
import {dark, light} from './palette.js';
import {startStage, type Stage} from './stage.js';
import {
	drawRows,
	renderAnimation,
	renderSvg,
	type AnimationFrame,
} from './svg.js';

/** The host name in the pictures. */
const hostname = 'web-1';
/** Seconds until the small graphs are full. */
const history = 40;

const builtProgram = fileURLToPath(import.meta.resolve('../dist/conntop.js'));

const start = (stage: Stage): Pty => {
	// The host name needs a UTS namespace.
	const script = 'echo "$1" > /proc/sys/kernel/hostname; shift; exec "$@"';
	const [command, args] = stage.host.inside('unshare', ['-u', '/bin/sh', '-c', script, 'sh', hostname, process.execPath, builtProgram]);
	return startInPty({
		command, args, columns, rows,
	});
};

/** The usual size of the terminal in the pictures. */
const columns = 120;
const rows = 30;

type Step = {
	/** What to type, and the condition to wait for. */
	readonly keys: string;
	readonly isThere: (screen: Emulator) => boolean;
	readonly what: string;
	/** Seconds that an animation shows the screen after this step. */
	readonly seconds?: number;
};

type Picture = {
	readonly name: string;
	readonly title: string;
	/** If steps have seconds, the picture is an animation of them; else it shows the screen after the last one. */
	readonly steps: readonly Step[];
	/** Keys that return to the list. */
	readonly back: string;
	/** Size of the terminal, if not the usual one. */
	readonly width?: number;
	readonly height?: number;
};

const escape = '\u{1B}';
const f2 = '\u{1B}OQ';
const f5 = '\u{1B}[15~';

/** How many samples a graph of the inspector must show. */
const graphWidth = 20;

const hasRow = (screen: Emulator, mark: string): boolean => screen.lines().some(line => line.startsWith(`${mark} `));

/** Whether the list was drawn for this width: the headings and the footer reach from side to side. */
const isWhole = (screen: Emulator, width: number): boolean => {
	const lines = screen.lines();
	const headings = lines.find(line => line.includes('Local') && line.includes('Peer')) ?? '';
	return (lines.at(0) ?? '').startsWith(' conntop') && (lines.at(-1) ?? '').includes('F10Quit') && headings.length <= width && headings.trimEnd().length > width * 0.8;
};

const hasGraph = (screen: Emulator): boolean => screen.lines().some(line => (line.match(/[▁▂▃▄▅▆▇█]/gv)?.length ?? 0) > graphWidth);

const pictures: readonly Picture[] = [
	{
		name: 'overview',
		title: 'conntop',
		steps: [{keys: '', isThere: screen => hasRow(screen, '●') && hasRow(screen, '×'), what: 'a new session and a closed one'}],
		back: '',
	},
	...[['overview-80', 80, 24], ['overview-200', 200, 60]].map(([name, width, height]): Picture => ({
		name: String(name),
		title: 'conntop',
		steps: [{keys: '', isThere: screen => hasRow(screen, '●') && hasRow(screen, '×'), what: 'a new session and a closed one'}],
		back: '',
		width: Number(width),
		height: Number(height),
	})),
	{
		name: 'typing',
		title: 'conntop: 4 4 3 Enter',
		steps: [
			{
				keys: '', isThere: screen => hasRow(screen, '●'), what: 'a new session', seconds: 2,
			},
			{
				keys: '4', isThere: screen => screen.text().includes(' port 4… '), what: 'ports that begin with 4', seconds: 0.8,
			},
			{
				keys: '4', isThere: screen => screen.text().includes(' port 44… '), what: 'ports that begin with 44', seconds: 0.8,
			},
			{
				keys: '3', isThere: screen => screen.text().includes(' port 443… '), what: 'ports that begin with 443', seconds: 1.2,
			},
			{
				keys: '\r', isThere: screen => screen.text().includes(' port 443 ') && !screen.text().includes(':5432'), what: 'the sockets of one port', seconds: 3,
			},
			{
				keys: escape, isThere: screen => !screen.text().includes(' port 443 ') && hasRow(screen, '●'), what: 'all sockets', seconds: 1.5,
			},
		],
		back: '',
	},
	{
		name: 'port-filter',
		title: 'conntop: 443, Enter',
		steps: [{
			keys: '443\r',
			isThere: screen => screen.text().includes(' port 443 ') && hasRow(screen, '●') && !screen.text().includes(':5432'),
			what: 'the sockets of one port',
		}],
		back: escape,
	},
	{
		name: 'filter',
		title: 'conntop: filter',
		steps: [{
			keys: String.raw`\state established and not dst 127.0.0.0/8`,
			isThere: screen => screen.text().includes('Filter: state established and not dst 127.0.0.0/8') && !screen.text().includes('LISTEN  '),
			what: 'the filtered list',
		}],
		back: escape,
	},
	{
		name: 'tree',
		title: 'conntop: F5',
		steps: [{keys: f5, isThere: screen => screen.text().includes('by listener') && hasRow(screen, '▾'), what: 'connections under their listeners'}],
		back: f5,
	},
	{
		name: 'journal',
		title: 'conntop: Tab',
		steps: [{keys: '\t', isThere: screen => screen.text().includes('Ended') && hasRow(screen, '×'), what: 'the journal with a recent close'}],
		back: '\t',
	},
	{
		name: 'help',
		title: 'conntop: help',
		steps: [{keys: '?', isThere: screen => screen.text().includes('Marks and colours'), what: 'the help'}],
		back: escape,
	},
	{
		name: 'timeline',
		title: 'conntop: (',
		steps: [{keys: '('.repeat(12), isThere: screen => screen.text().includes('not now'), what: 'a moment in the past'}],
		back: '=',
	},
	{
		name: 'setup',
		title: 'conntop: F2',
		steps: [{keys: f2, isThere: screen => screen.text().includes('[x] Recv-Q') && hasRow(screen, '●'), what: 'the columns, and the table below'}],
		back: escape,
	},
	{
		name: 'inspector',
		title: 'conntop: Enter',
		steps: [
			{keys: '/192.0.2.10:443 203.0.113.24:52814\r', isThere: screen => hasRow(screen, '›'), what: 'a busy session'},
			{keys: '\r', isThere: screen => screen.text().includes('Buffers'), what: 'the inspector'},
			{keys: '', isThere: hasGraph, what: 'graphs with values'},
		],
		back: 'q',
		height: 30,
	},
];

const take = async (program: Pty, {name, title, steps, back, width = columns, height = rows}: Picture, directory: string): Promise<void> => {
	const {emulator} = program;
	const variants = Object.entries({dark, light}).map(([variant, palette]) => {
		const frames: AnimationFrame[] = [];
		return {variant, palette, frames};
	});
	if (emulator.columns !== width || emulator.rows !== height) {
		program.resize(width, height);
		await program.waitFor(screen => isWhole(screen, width), `the list in ${width} columns`);
	}

	for (const {keys, isThere, what, seconds} of steps) {
		program.type(keys);
		await program.waitFor(isThere, what);
		for (const {palette, frames} of seconds === undefined ? [] : variants) {
			frames.push({rows: drawRows(emulator, palette), seconds: seconds ?? 0});
		}
	}

	for (const {variant, palette, frames} of variants) {
		const options = {palette, title};
		await fs.writeFile(path.join(directory, `${name}-${variant}.svg`), frames.length > 0 ? renderAnimation(emulator, frames, options) : renderSvg(emulator, options));
	}

	program.type(back);
	// Wait, because Esc and bytes that follow immediately would be one key.
	await program.waitFor(screen => screen.lines().at(-1)?.includes('F1Help') === true && !screen.text().includes(' shown '), 'the whole list');
};

const makeAll = async (directory: string, names: readonly string[]): Promise<void> => {
	const stage = await startStage();
	const program = start(stage);
	try {
		await program.waitFor(screen => screen.text().includes('nginx'), 'the sockets of the scene');
		await delay(history * 1000);
		const wanted = pictures.filter(({name}) => names.length === 0 || names.includes(name));
		for (const picture of wanted) {
			await take(program, picture, directory);
		}

		program.type('q');
		await program.exit;
	} finally {
		await program.end();
		await stage.stop();
	}
};

const [directory = path.dirname(fileURLToPath(import.meta.url)), ...names] = process.argv.slice(2);
if (namespaceUnavailable === undefined) {
	await makeAll(directory, names);
} else {
	process.stderr.write(`the pictures need a network namespace: ${namespaceUnavailable}\n`);
	process.exitCode = 1;
}
