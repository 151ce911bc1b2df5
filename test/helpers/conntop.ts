/** Runs the built program in a scene and in a terminal. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import type {Emulator} from './emulator.js';
import {
	namespaceUnavailable,
	startScene,
	type RunResult,
	type Scene,
} from './namespace.js';
import {startInShell, type Pty, type PtyOptions} from './pty.js';
import {missingProgram, testUnless} from './unless.js';

/** The program built by `npm run build`. */
export const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

/**
Declares a test that needs a namespace, and optionally programs. Such tests run one at a time, because each starts several processes.
*/
export const testInNamespace = (title: string, body: (t: ExecutionContext) => Promise<void>, ...programs: readonly string[]): void => {
	const missing = programs.map(program => missingProgram(program)).find(reason => reason !== undefined);
	testUnless(namespaceUnavailable ?? missing, title, body, {isSerial: true});
};

/** Starts a scene that ends with the test. */
export const openScene = async (t: ExecutionContext, name?: string): Promise<Scene> => {
	const scene = await startScene(name);
	t.teardown(scene.stop);
	return scene;
};

/** Runs the program inside a scene, without a terminal, until it ends. */
export const runConntop = async (scene: Scene, ...args: readonly string[]): Promise<RunResult> => scene.run(process.execPath, [builtProgram, ...args]);

/** A shell command that runs the program inside the scene. */
export const shellCommand = (scene: Scene, ...args: readonly string[]): string => {
	const [command, all] = scene.inside(process.execPath, [builtProgram, ...args]);
	return [command, ...all].map(word => `'${word}'`).join(' ');
};

/** A short interval between samples, so that tests do not wait for them. */
const interval = '0.1';

type LiveOptions = Partial<Omit<PtyOptions, 'command'>> & {
	readonly without?: string;
	readonly isReady?: (screen: Emulator) => boolean;
	readonly node?: string;
};

const hasRows = (screen: Emulator): boolean => rows(screen).length > 0;

/**
Starts the live view in a terminal inside a scene and waits until it shows sockets, or for `isReady`. It ends with the test. `without` is a capability to drop, as named by
`setpriv`; `node` is a Node.js other than that of the tests.
*/
export const openLive = async (
	t: ExecutionContext,
	scene: Scene,
	{args = [], without, isReady = hasRows, node = process.execPath, ...options}: LiveOptions = {},
): Promise<Pty> => {
	const program = [node, builtProgram, '--interval', interval, ...args];
	const [first, ...rest] = without === undefined ? program : ['setpriv', '--bounding-set', without, '--inh-caps', without, ...program];
	const [command, all] = scene.inside(first, rest);
	const pty = startInShell({...options, command, args: all});
	t.teardown(pty.end);
	await pty.waitFor(isReady, 'sockets');
	return pty;
};

/** Two endpoints side by side, whatever columns there are; ports as numbers or as names of services. */
const rowPattern = /\s\S+:(?:\d+|\*|[a-z][\w\-]*)\s+\S+:(?:\d+|\*|[a-z][\w\-]*)(?:\s|$)/v;

/** The lines of the screen above the newest journal entries. */
export const listOf = (screen: Emulator): string[] => {
	const lines = screen.lines();
	const end = lines.findIndex(line => line.startsWith('  Newest in the journal'));
	return end === -1 ? lines : lines.slice(0, end);
};

/** The rows of the table on the screen. */
export const rows = (screen: Emulator): string[] => listOf(screen).filter(line => rowPattern.test(line));

/** The line of the screen, from 0, with the socket between two endpoints; -1 if there is none. */
export const lineOf = (screen: Emulator, local: string, peer: string): number =>
	listOf(screen).findIndex(line => rowPattern.test(line) && line.split(/\s+/v).some((word, index, words) => word === local && words[index + 1] === peer));

/** Whether the table has exactly the sockets with these local endpoints, in this order. */
export const hasLocals = (screen: Emulator, ...locals: readonly string[]): boolean =>
	JSON.stringify(rows(screen).map(row => row.split(/\s+/v).find(word => /:(?:\d+|\*)$/v.test(word)))) === JSON.stringify(locals);
