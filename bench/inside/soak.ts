/**
Runs engine and screen in this process, with real sockets that come and go and a terminal that only counts, as fast as the engine samples. Now and then it
tells what the process holds. Prints JSON.
*/
/* eslint-disable unicorn/prefer-event-target -- The screen takes streams and the process as event emitters. */
import {spawn} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {PassThrough} from 'node:stream';
import {freshMilliseconds} from '../../source/table/columns/sampled-columns.js';
import {lingerMilliseconds} from '../../source/table/columns/lingering.js';
import {startEngine} from '../../source/engine/engine.js';
import type {EngineLink} from '../../source/contract/engine-link.js';
import type {FromEngine} from '../../source/contract/messages.js';
import {createSampler} from '../../source/sampling/sampler.js';
import {holdBack} from '../../source/engine/settle.js';
import {defaultColumns} from '../../source/fields/registry.js';
import type {Query} from '../../source/query/query.js';
import {residentMemory} from '../measure/memory.js';

/** What the process holds after so many samples. */
export type SoakPoint = {
	readonly ticks: number;
	/** Bytes after all garbage has been collected: objects, and memory outside of the heap. */
	readonly heap: number;
	readonly external: number;
	/** MB. */
	readonly resident: number;
	/** What keeps the event loop busy, and open descriptors: the fewest since the last point, as a file that is just being read or written is not kept. */
	readonly handles: number;
	readonly descriptors: number;
};

export type SoakFigures = {
	readonly points: readonly SoakPoint[];
	/** Bytes and pieces that were written to the terminal. */
	readonly bytes: number;
	readonly frames: number;
	/** Sockets that there were, as far as they were on the screen. */
	readonly opened: number;
	readonly seconds: number;
};

const [ticks, points] = process.argv.slice(2).map(Number);

/** Milliseconds: less than any sample may take, so that the engine's own share of the processor decides. */
const interval = 2;

/** What a person might do, over and over: each line is typed at once. All that is opened is left again, the list is last. */
const habits: readonly string[] = [
	'jjjkG',
	'\u{1B}[5~\u{1B}[6~',
	'/127\r]]',
	'\\state estab\r',
	'\\\u{15}\r',
	'l',
	'l',
	'e',
	'e',
	'm',
	'd',
	'd',
	'M',
	'M',
	'\u{1B}\u{1B}',
	'>>>I<',
	'b\u{1B}[B\r\u{1B}',
	'***',
	'b\r\u{1B}',
	'\u{1B}[15~',
	'\u{1B}[15~',
	'n',
	'n',
	'x\u{1B}[C\u{1B}[C\u{1B}',
	'?\u{1B}[6~\u{1B}\u{1B}',
	'U',
	'U',
	'40\r',
	'\u{1B}',
	'g',
	'\u{1B}[<65;20;20M\u{1B}[<0;20;20M',
	'\\nosuch\t\t\u{1B}\u{1B}\u{1B}',
	'\u{C}',
	// The inspector: values, sections, copying, neighbours, the other end, wheel and click.
	'gj\r',
	'jjy\t\tyG',
	']][',
	'oo',
	'\u{1B}[<65;20;20M\u{1B}[<65;20;20M\u{1B}[<0;20;20M',
	'\u{1B}',
	// The journal: all, one socket, an entry's socket, and back to the list.
	'\t',
	'gjji',
	'y\u{1B}[C',
	'\u{1B}',
	'cm',
	'/127\r]]',
	'\u{1B}\u{1B}',
	'c',
	'\t',
	'gjJ',
	'\u{1B}',
	'\t',
	// The setup: a column off and on, all pages.
	'S',
	'  ',
	'\u{1B}[C\u{1B}[C\u{1B}[C',
	'\u{1B}[C\u{1B}[C\u{1B}[C',
	'\u{1B}',
	// Menus, tags, and questions that are answered with no.
	'v\u{1B}[B\u{1B}',
	'f\u{1B}',
	'\u{1B}[17~\u{1B}',
	'gj j ',
	'K',
	'n',
	'\u{1B}[20~',
	'\u{1B}',
	'T',
	'#',
	'#',
	'\u{1B}\u{1B}\u{1B}',
];

/** Parts of a query that the habits must have asked for, or they do not what they say. */
const expected = ['port', 'mark', 'groups', 'names', 'inspect', 'journal', 'tagged'] as const satisfies ReadonlyArray<keyof Query>;

/** Samples between two habits. */
const pace = 7;

const churn = spawn(process.execPath, [...process.execArgv, new URL('../load/churn.ts', import.meta.url).pathname, '40', '1'], {stdio: ['pipe', 'pipe', 'inherit']});
await once(churn.stdout, 'data');

// Before React: it is then as the program has it.
process.env.NODE_ENV = 'production';
const {runScreen} = await import('../../source/screen/renderers/run.js');

const collected = (): {readonly heap: number; readonly external: number} => {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, external} = process.memoryUsage();
	return {heap: heapUsed, external};
};

const nothingHeld = {handles: Infinity, descriptors: Infinity};
let held = nothingHeld;
const countHeld = (): void => {
	held = {
		handles: Math.min(held.handles, process.getActiveResourcesInfo().filter(name => name !== 'Timeout' && name !== 'Immediate').length),
		descriptors: Math.min(held.descriptors, fs.readdirSync('/proc/self/fd').length),
	};
};

const measure = (at: number): SoakPoint => {
	const point = {
		ticks: at, ...collected(), resident: residentMemory(process.pid), ...held,
	};
	held = nothingHeld;
	return point;
};

let bytes = 0;
let frames = 0;
let opened = 0;
const measured: SoakPoint[] = [];
const stdin = new PassThrough();
const stdout = Object.assign(new EventEmitter(), {
	columns: 100,
	rows: 30,
	write(data: string, callback?: () => void) {
		bytes += data.length;
		frames++;
		if (callback !== undefined) {
			queueMicrotask(callback);
		}

		return true;
	},
});

const asked = new Set<string>();
const listeners = new Set<(message: FromEngine) => void>();
let taken = 0;
const take = (message: FromEngine): void => {
	if (message.type !== 'view' || message.view.status.samples === taken) {
		return;
	}

	taken = message.view.status.samples;
	// Ids count up.
	opened = Math.max(opened, ...message.view.rows.map(({id}) => id));
	countHeld();
	if (taken % Math.floor(ticks / points) === 0) {
		measured.push(measure(taken));
	}

	if (taken >= ticks) {
		stdin.write('\u{3}');
	} else if (taken % pace === 0) {
		stdin.write(habits[taken / pace % habits.length]);
	}
};

// As the program does when its start is over: the nursery of V8 would otherwise have 8 MB at one time and 32 at another.
holdBack();
const started = performance.now();
const sampler = await createSampler({kind: 'local', prefer: 'netlink'});
const link: EngineLink = {
	send(message) {
		for (const part of message.type === 'query' ? Object.keys(message.query) : []) {
			asked.add(part);
		}

		queueMicrotask(() => {
			engine.receive(message);
		});
	},
	subscribe(listener) {
		listeners.add(listener);
		return () => {
			listeners.delete(listener);
		};
	},
};
const initialQuery = {
	filter: '', search: '', classes: {protocols: ['tcp', 'udp'], families: [], states: []}, sort: {field: 'age', descending: false}, columns: defaultColumns,
} as const;
const engine = startEngine({
	sampler,
	timing: {interval, freshTime: freshMilliseconds, closedTime: lingerMilliseconds},
	query: {...initialQuery, window: {height: 20, cursor: {kind: 'none'}, frozen: false}},
	post(message) {
		queueMicrotask(() => {
			for (const listener of listeners) {
				listener(message);
			}

			take(message);
		});
	},
});
const {exitCode, message} = await runScreen({
	link, initialQuery, stdin, stdout, environment: {variables: {TERM: 'xterm-256color'}},
});
if (taken < ticks) {
	throw new Error(`The screen ended with ${exitCode} after ${taken} samples: ${message ?? 'no reason given'}`);
}

const missing = expected.filter(part => !asked.has(part));
if (taken > pace * habits.length && missing.length > 0) {
	throw new Error(`Nothing that was typed asked for ${missing.join(', ')}.`);
}

const figures: SoakFigures = {
	points: measured, bytes, frames, opened, seconds: (performance.now() - started) / 1000,
};
churn.stdin.end();
await once(churn, 'exit');
process.stdout.write(JSON.stringify(figures));
// eslint-disable-next-line unicorn/no-process-exit -- What the screen leaves open, if anything, is measured above.
process.exit();
