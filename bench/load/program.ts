/** Starts the built program, or another one, in a terminal inside a namespace. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {Emulator} from '../../test/helpers/emulator.js';
import type {Scene} from '../../test/helpers/namespace.js';
import {startInPty, type Pty, type PtyOptions} from '../../test/helpers/pty.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

/** The size of the terminal in the budgets. */
export const terminal = {columns: 200, rows: 50} as const;

/** Starts a command in such a terminal. */
export const startCommand = (scene: Scene, command: string, args: readonly string[], env?: PtyOptions['env']): Pty => {
	const [file, all] = scene.inside(command, args);
	return startInPty({
		command: file, args: all, ...(env && {env}), ...terminal,
	});
};

/** Starts the live view in such a terminal. */
export const startProgram = (scene: Scene, args: readonly string[] = [], env?: PtyOptions['env']): Pty =>
	startCommand(scene, process.execPath, [builtProgram, ...args], env);

/** Whether the screen shows a socket of the load. */
export const hasRows = (screen: Emulator): boolean => /127\.0\.0\.\d+:\d/v.test(screen.text());
