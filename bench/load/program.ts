/** Starts the built program, or another one, in a terminal inside a namespace. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {Emulator} from '../../test/helpers/emulator.js';
import type {Scene} from '../../test/helpers/namespace.js';
import {startInPty, type Pty, type PtyOptions} from '../../test/helpers/pty.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

/** The terminal that the budgets speak of. */
export const terminal = {columns: 200, rows: 50} as const;

/** A command in such a terminal. */
export const startCommand = (scene: Scene, command: string, args: readonly string[], env?: PtyOptions['env']): Pty => {
	const [file, all] = scene.inside(command, args);
	return startInPty({
		command: file, args: all, ...(env && {env}), ...terminal,
	});
};

/** The live view, with the terminal's answer to each of its frames. */
export const startProgram = (scene: Scene, args: readonly string[] = [], env?: PtyOptions['env']): Pty =>
	startCommand(scene, process.execPath, [builtProgram, ...args], env);

/** Whether the screen shows a socket of the load. */
export const hasRows = (screen: Emulator): boolean => /127\.0\.0\.\d+:\d/v.test(screen.text());
