/**
Runs engine and screen in this process, with real sockets that open and close and a terminal that only counts output, as fast as the engine samples. Measures the memory,
handles and descriptors of the process at regular points. Prints JSON.
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
import {createSampler, type Sampler} from '../../source/sampling/sampler.js';
import {limitV8} from '../../source/engine/tune-after-start.js';
import {defaultColumns} from '../../source/fields/registry.js';
import type {Query} from '../../source/query/query.js';
import {residentMemory} from '../measure/memory.js';

/** The resources of the process after a number of samples. */
export type SoakPoint = {
	readonly ticks: number;
	/** Bytes after garbage collection: objects, and memory outside the heap. */
	readonly heap: number;
	readonly external: number;
	/** MB. */
	readonly resident: number;
	/** Active resources of the event loop, and open descriptors: the minimum since the last point, which excludes files that are read or written for a moment. */
	readonly handles: number;
	readonly descriptors: number;
};

export type SoakFigures = {
	readonly points: readonly SoakPoint[];
	/** Bytes and number of writes to the terminal. */
	readonly bytes: number;
	readonly frames: number;
	/** Number of sockets seen on the screen. */
	readonly opened: number;
	readonly seconds: number;
};

const [ticks, points] = process.argv.slice(2).map(Number);

/** Milliseconds. Less than any sample takes, so that the engine samples as often as its share of the processor allows. */
const interval = 2;

/** Typical input, repeated. Each line is typed at once. Everything that is opened is closed again, and the list is shown at the end. */
const inputs: readonly string[] = [
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
	// The inspector: values, sections, copying, adjacent sockets, the peer's socket, wheel and click.
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
	// The setup: a column off and on, below the order, and all pages.
	'S',
	'\u{1B}[B  ',
	'\u{1B}[C\u{1B}[C\u{1B}[C',
	'\u{1B}[C\u{1B}[C\u{1B}[C',
	'\u{1B}',
	// Menus, tags, and confirmations that are declined.
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

/** Parts of a query that the inputs must use. A missing one means that the inputs have no effect. */
const expected = ['port', 'mark', 'groups', 'names', 'inspect', 'journal', 'tagged'] as const satisfies ReadonlyArray<keyof Query>;

/** Samples between two inputs: more than 100 ms, so that Esc is not taken for the beginning of a sequence. */
const samplesPerInput = 20;

/**
Connections opened in each turn of the load. So many that the journal, and the 4,096 closed connections whose other side may still close, are full in the first half:
what grows after that has no bound.
*/
const openedPerTurn = 3;

const churn = spawn(process.execPath, [...process.execArgv, new URL('../load/churn.ts', import.meta.url).pathname, '40', String(openedPerTurn)], {stdio: ['pipe', 'pipe', 'inherit']});
await once(churn.stdout, 'data');

// Before React is loaded, so that it is the production build, as in the program.
process.env.NODE_ENV = 'production';
const {runScreen} = await import('../../source/screen/renderers/run.js');

const collected = (): {readonly heap: number; readonly external: number} => {
	globalThis.gc?.();
	globalThis.gc?.();
	const {heapUsed, external} = process.memoryUsage();
	return {heap: heapUsed, external};
};

const noResources = {handles: Infinity, descriptors: Infinity};
let resources = noResources;
const countResources = (): void => {
	resources = {
		handles: Math.min(resources.handles, process.getActiveResourcesInfo().filter(name => name !== 'Timeout' && name !== 'Immediate').length),
		descriptors: Math.min(resources.descriptors, fs.readdirSync('/proc/self/fd').length),
	};
};

const measure = (at: number): SoakPoint => {
	const point = {
		ticks: at, ...collected(), resident: residentMemory(process.pid), ...resources,
	};
	resources = noResources;
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

const used = new Set<string>();
const listeners = new Set<(message: FromEngine) => void>();
let samples = 0;
const onMessage = (message: FromEngine): void => {
	if (message.type !== 'view' || message.view.status.samples === samples) {
		return;
	}

	samples = message.view.status.samples;
	// Ids are assigned in ascending order.
	opened = Math.max(opened, ...message.view.rows.map(({id}) => id));
	countResources();
	if (samples % Math.floor(ticks / points) === 0) {
		measured.push(measure(samples));
	}

	if (samples >= ticks) {
		stdin.write('\u{3}');
	} else if (samples % samplesPerInput === 0) {
		stdin.write(inputs[samples / samplesPerInput % inputs.length]);
	}
};

// The program does the same after its start. Otherwise the size of V8's young generation would vary between 8 and 32 MB.
limitV8();
const started = performance.now();
const machine = await createSampler({kind: 'local', prefer: 'netlink'});
const begun = Date.now();
let taken = 0;
/** Each sample counts as a second, so that what the live view keeps of the last hour reaches its bound, as in a day. */
const sampler: Sampler = {
	...machine,
	async sample(...parameters) {
		taken++;
		return machine.sample(...parameters);
	},
	sampleTime: () => begun + taken * 1000,
};
const link: EngineLink = {
	send(message) {
		for (const part of message.type === 'query' ? Object.keys(message.query) : []) {
			used.add(part);
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
	timing: {
		interval, freshTime: freshMilliseconds, closedTime: lingerMilliseconds, journal: {entries: 10_000, age: Infinity},
	},
	query: {...initialQuery, window: {height: 20, cursor: {kind: 'none'}, frozen: false}},
	post(message) {
		queueMicrotask(() => {
			for (const listener of listeners) {
				listener(message);
			}

			onMessage(message);
		});
	},
});
const {exitCode, message} = await runScreen({
	link, initialQuery, stdin, stdout, environment: {variables: {TERM: 'xterm-256color'}},
});
if (samples < ticks) {
	throw new Error(`the screen ended with exit code ${exitCode} after ${samples} samples: ${message ?? 'no reason given'}`);
}

const missing = expected.filter(part => !used.has(part));
if (samples > samplesPerInput * inputs.length && missing.length > 0) {
	throw new Error(`the typed keys did not use ${missing.join(', ')}`);
}

const figures: SoakFigures = {
	points: measured, bytes, frames, opened, seconds: (performance.now() - started) / 1000,
};
churn.stdin.end();
await once(churn, 'exit');
process.stdout.write(JSON.stringify(figures));
// eslint-disable-next-line unicorn/no-process-exit -- Anything that the screen leaves open is measured above.
process.exit();
