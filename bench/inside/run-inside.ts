/** Runs the programs of this folder, which print their measurements as JSON, each in its own process. */
import process from 'node:process';
import {execa} from 'execa';
import type {Command, Scene} from '../../test/helpers/namespace.js';

const tsx = import.meta.resolve('tsx');

/** A request from a running program to replace this many sockets. */
export type LoadRequest = {readonly replace: number};

/**
Runs a program inside a scene's namespace.

@param fulfil Fulfils the program's requests.
*/
export const runInside = async <Result>(
	scene: Scene,
	program: string,
	args: readonly string[],
	fulfil: (request: LoadRequest) => Promise<void> = async () => undefined,
): Promise<Result> => {
	const [command, all] = nodeCommand(program, args);
	return readResult<Result>(scene.inside(command, all), fulfil);
};

/** Runs a program inside a scene's namespace and in a PID namespace of its own, so that other processes of the machine do not affect the owner search. */
export const runSecluded = async <Result>(scene: Scene, program: string, args: readonly string[]): Promise<Result> => {
	const [command, all] = nodeCommand(program, args);
	return readResult<Result>(scene.inside('unshare', ['-mpf', '--mount-proc', '--', command, ...all]), async () => undefined);
};

/** Runs a program in the current namespace. */
export const runAlone = async <Result>(program: string, args: readonly string[]): Promise<Result> =>
	readResult<Result>(nodeCommand(program, args), async () => undefined);

const nodeCommand = (program: string, args: readonly string[]): Command =>
	[process.execPath, ['--expose-gc', `--import=${tsx}`, new URL(program, import.meta.url).pathname, ...args]];

const readResult = async <Result>([command, args]: Command, fulfil: (request: LoadRequest) => Promise<void>): Promise<Result> => {
	const running = execa(command, args, {stderr: 'inherit', ipc: true});
	const answer = async (): Promise<void> => {
		for await (const request of running.getEachMessage()) {
			await fulfil(request as LoadRequest);
			await running.sendMessage('done');
		}
	};

	const [{stdout}] = await Promise.all([running, answer()]);
	return JSON.parse(stdout) as Result;
};
