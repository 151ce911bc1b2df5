/** Runs the real screen in a terminal emulator. */
/* eslint-disable unicorn/prefer-event-target -- Streams and the process are event emitters, and the screen takes them as such. */
import {EventEmitter} from 'node:events';
import nodeProcess from 'node:process';
import {PassThrough} from 'node:stream';
import type {ExecutionContext} from 'ava';
import {defaultColumns} from '../../source/fields/registry.js';
import {defaultPreferences, type Preferences} from '../../source/preferences/preferences.js';
import {runScreen} from '../../source/screen/renderers/run.js';
import type {InitialQuery} from '../../source/screen/update/initial-state.js';
import {createEmulator, type Emulator} from '../helpers/emulator.js';
import type {Host, HostEvent, Outcome} from '../../source/screen/terminal/host.js';
import {
	createFakeEngine,
	makeSockets,
	type FakeEngine,
	type FakeSocket,
} from './fake-engine.js';

export const everything: InitialQuery = {
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'age', descending: false},
	columns: defaultColumns,
};

/** Bytes of the keys that tests press. */
export const keys = {
	up: '\u{1B}[A',
	down: '\u{1B}[B',
	right: '\u{1B}[C',
	left: '\u{1B}[D',
	pageUp: '\u{1B}[5~',
	pageDown: '\u{1B}[6~',
	home: '\u{1B}[H',
	end: '\u{1B}[F',
	f1: '\u{1B}OP',
	f3: '\u{1B}OR',
	f4: '\u{1B}OS',
	f6: '\u{1B}[17~',
	f10: '\u{1B}[21~',
	enter: '\r',
	escape: '\u{1B}',
	tab: '\t',
	shiftTab: '\u{1B}[Z',
	backspace: '\u{7F}',
	controlC: '\u{3}',
	controlL: '\u{C}',
	controlZ: '\u{1A}',
} as const;

export type OpenOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly sockets?: readonly FakeSocket[];
	readonly query?: Partial<InitialQuery>;
	readonly variables?: Readonly<Record<string, string>>;
	readonly engine?: FakeEngine;
	readonly preferences?: Partial<Preferences>;
	/** What stopping the process does; at once by default. */
	readonly stop?: () => Promise<void>;
};

export type OpenScreen = {
	readonly emulator: Emulator;
	readonly engine: FakeEngine;
	/** Sends bytes as if typed, in one read. */
	readonly type: (bytes: string | Uint8Array) => void;
	readonly waitFor: Emulator['waitFor'];
	readonly resize: (columns: number, rows: number) => void;
	/** Sends a signal, or what Node.js tells the process. */
	readonly raise: (event: HostEvent, reason?: unknown) => void;
	/** Listeners left at the process. */
	readonly listeners: () => number;
	readonly outcome: Promise<Outcome>;
	/** All that was written. */
	readonly output: () => string;
	readonly isRaw: () => boolean;
	readonly stdin: PassThrough;
	readonly stdout: EventEmitter;
};

/** Opens the screen; it is closed with the test. */
export const openScreen = (t: ExecutionContext, options: OpenOptions = {}): OpenScreen => {
	const {columns = 100, rows = 30, sockets = makeSockets(5), query = {}, variables = {TERM: 'xterm-256color'}, engine = createFakeEngine(sockets)} = options;
	// Each screen listens to the end of the process, and tests open many at once.
	nodeProcess.setMaxListeners(100);
	const emulator = createEmulator({columns, rows});
	const pieces: string[] = [];
	let isRaw = false;
	const stdin = Object.assign(new PassThrough(), {
		setRawMode(isWanted: boolean) {
			isRaw = isWanted;
		},
	});
	const stdout = Object.assign(new EventEmitter(), {
		columns,
		rows,
		write(data: string, callback?: () => void) {
			pieces.push(data);
			// A terminal device returns to the left at the end of a line, in raw mode, too.
			void emulator.write(data.replaceAll('\n', '\r\n'));
			if (callback !== undefined) {
				queueMicrotask(callback);
			}

			return true;
		},
	});
	const process = new EventEmitter();
	const host: Host = {
		on(event, listener) {
			process.on(event, listener);
		},
		off(event, listener) {
			process.off(event, listener);
		},
		async stop() {
			await options.stop?.();
		},
	};
	const outcome = runScreen({
		link: engine.link,
		initialQuery: {...everything, ...query},
		stdin,
		stdout,
		host,
		environment: {variables},
		chosen: {preferences: {...defaultPreferences, ...options.preferences}},
	});
	t.teardown(async () => {
		stdin.write(keys.controlC);
		await outcome;
		emulator.dispose();
	});

	return {
		emulator,
		engine,
		type(bytes) {
			stdin.write(bytes);
		},
		waitFor: emulator.waitFor,
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			stdout.columns = newColumns;
			stdout.rows = newRows;
			stdout.emit('resize');
		},
		raise(event, reason) {
			process.emit(event, reason);
		},
		listeners: () => process.eventNames().length,
		outcome,
		output: () => pieces.join(''),
		isRaw: () => isRaw,
		stdin,
		stdout,
	};
};
