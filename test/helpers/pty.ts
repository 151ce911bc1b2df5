/** Runs a program in a pseudo-terminal, with an emulator that shows what a person would see. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {spawn, type IPty} from '@lydell/node-pty';
import {createEmulator, type Emulator} from './emulator.js';
import {descendantsOf, signalProcess} from './process-tree.js';

export type PtyOptions = {
	readonly command: string;
	readonly args?: readonly string[];
	/** Default: 100. */
	readonly columns?: number;
	/** Default: 30. */
	readonly rows?: number;
	/** Added to `PATH`, `HOME`, `TERM=xterm-256color`, a UTF-8 locale and no settings. Nothing else is passed on, so that tests do not depend on their environment. */
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
};

export type PtyExit = {
	readonly exitCode: number;
	/** Name of the signal that ended it; absent if it exited. */
	readonly signal?: string;
};

/** The state in which a program left the terminal device. */
export type TerminalState = {
	/** The device buffers and edits lines (ICANON). */
	readonly canonical: boolean;
	/** The device echoes input (ECHO). */
	readonly echo: boolean;
	/** Ctrl-C sends a signal (ISIG). */
	readonly signals: boolean;
	/** A line feed also returns to the left (OPOST). */
	readonly output: boolean;
};

export type Pty = {
	readonly emulator: Emulator;
	/** The pid of the program itself; under a shell, known once it has written something. */
	readonly pid: number;
	/** Sends text as if typed, in one burst. */
	readonly type: (text: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Sends a signal to the program. */
	readonly kill: (signal: NodeJS.Signals) => void;
	/** Stops reading the output of the program, like a connection that hangs, until the returned function is called. */
	readonly pauseReading: () => () => void;
	/** Hangs up the terminal, as when its window is closed. */
	readonly hangUp: () => void;
	/** Resolves when the program has ended and the emulator shows all its output. */
	readonly exit: Promise<PtyExit>;
	/** Like the emulator's, but rejects as soon as the program ends without meeting the condition. */
	readonly waitFor: Emulator['waitFor'];
	/** All output of the program so far. */
	readonly output: () => string;
	/** Calls the listener with each piece of output, as it arrives, until the returned function is called. */
	readonly onOutput: (listener: (data: string) => void) => () => void;
	/** The state of the terminal device after the program ended. Only with `startInShell`. */
	readonly terminalAfter: () => TerminalState;
	/** Ends the program and all its descendants. Required after every start, even if the program has ended itself. */
	readonly end: () => Promise<void>;
};

/** Starts a program in a new terminal. */
export const startInPty = (options: PtyOptions): Pty => start(options, {});

/**
Starts a program in a terminal under a shell, which reads the state of the terminal device when the program has ended. If a signal ended the program, the exit code is 128
plus the signal's number, as in shells.
*/
export const startInShell = (options: PtyOptions): Pty => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-pty-'));
	const report = path.join(directory, 'stty');
	const pidFile = path.join(directory, 'pid');
	const readPid = () => Number(fs.readFileSync(pidFile, 'utf8'));
	const shell = start({
		...options,
		command: '/bin/sh',
		args: ['-c', shellScript, 'sh', report, pidFile, options.command, ...options.args ?? []],
	}, {report, directory});
	return {
		...shell,
		get pid() {
			return readPid();
		},
		kill(signal) {
			signalProcess(readPid(), signal);
		},
	};
};

const shellScript = `
	report=$1 pid_file=$2
	shift 2
	sh -c 'echo $$ > "$0"; exec "$@"' "$pid_file" "$@"
	status=$?
	stty -a > "$report"
	exit "$status"
`;

const start = (
	{command, args = [], columns = 100, rows = 30, env = {}, cwd}: PtyOptions,
	{report, directory}: {readonly report?: string; readonly directory?: string},
): Pty => {
	const emulator = createEmulator({columns, rows});
	const terminal = spawn(command, [...args], {
		// The library sets TERM to it.
		name: env.TERM ?? 'xterm-256color',
		cols: columns,
		rows,
		...(cwd !== undefined && {cwd}),
		env: {
			PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: os.homedir(), LANG: 'C.UTF-8', TERM: 'xterm-256color', XDG_CONFIG_HOME: '/dev/null', XDG_STATE_HOME: '/dev/null/state', ...env,
		},
	});

	const pieces: string[] = [];
	const listeners = new Set<(data: string) => void>();
	let shown: Promise<unknown> = Promise.resolve();
	terminal.onData(data => {
		pieces.push(data);
		shown = emulator.write(data);
		for (const listener of listeners) {
			listener(data);
		}
	});
	emulator.onReply(reply => {
		terminal.write(reply);
	});

	let isExited = false;
	const {promise: exit, resolve: resolveExit} = Promise.withResolvers<PtyExit>();
	terminal.onExit(async ({exitCode, signal}) => {
		isExited = true;
		process.off('exit', killAll);
		await shown;
		resolveExit({exitCode, ...(signal !== undefined && signal !== 0 && {signal: signalName(signal)})});
	});

	const killAll = () => {
		if (!isExited) {
			for (const pid of [terminal.pid, ...descendantsOf(terminal.pid)]) {
				signalProcess(pid, 'SIGKILL');
			}
		}
	};

	process.once('exit', killAll);

	return {
		emulator,
		pid: terminal.pid,
		type(text) {
			terminal.write(text);
		},
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			terminal.resize(newColumns, newRows);
		},
		kill(signal) {
			signalProcess(terminal.pid, signal);
		},
		pauseReading() {
			terminal.pause();
			return () => {
				terminal.resume();
			};
		},
		hangUp() {
			// The library has this member, but its types lack it.
			(terminal as IPty & {readonly destroy: () => void}).destroy();
		},
		exit,
		async waitFor(isMet, what, waitOptions) {
			const controller = new AbortController();
			const giveUpAtEnd = async () => {
				const {exitCode, signal} = await exit;
				controller.abort(new Error(`${command} ended with ${signal ?? exitCode} while waiting for ${what}; the screen:\n${emulator.text()}`));
			};

			void giveUpAtEnd();
			await emulator.waitFor(isMet, what, {...waitOptions, signal: controller.signal});
		},
		output: () => pieces.join(''),
		onOutput(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		terminalAfter() {
			if (report === undefined) {
				throw new Error('only a program under a shell has a report of its terminal');
			}

			return readTerminalState(fs.readFileSync(report, 'utf8'));
		},
		async end() {
			killAll();
			await exit;
			emulator.dispose();
			if (directory !== undefined) {
				fs.rmSync(directory, {recursive: true, force: true});
			}
		},
	};
};

const signalName = (signal: number): string =>
	Object.entries(os.constants.signals).find(([, number]) => number === signal)?.[0] ?? `signal ${signal}`;

const readTerminalState = (report: string): TerminalState => {
	const words = new Set(report.split(/[\s;]+/v));
	return {
		canonical: words.has('icanon'), echo: words.has('echo'), signals: words.has('isig'), output: words.has('opost'),
	};
};
