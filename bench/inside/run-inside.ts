/** Runs the programs of this directory, which print what they measured as JSON, in processes of their own. */
import process from 'node:process';
import {execa} from 'execa';
import type {Command, Scene} from '../../test/helpers/namespace.js';

const tsx = import.meta.resolve('tsx');

/** What a program asks for while it runs: so many sockets to be replaced by new ones. */
export type LoadRequest = {readonly replace: number};

/**
Runs a program inside a scene's namespace.

@param scene
@param program
@param args
@param obey Does what the program asks for.
*/
export const runInside = async <Result>(
	scene: Scene,
	program: string,
	args: readonly string[],
	obey: (request: LoadRequest) => Promise<void> = async () => undefined,
): Promise<Result> => {
	const [command, all] = nodeCommand(program, args);
	return readResult<Result>(scene.inside(command, all), obey);
};

/** Runs a program inside a scene's namespace, where it sees no processes but its own: what else the machine does changes nothing for the search for owners. */
export const runSecluded = async <Result>(scene: Scene, program: string, args: readonly string[]): Promise<Result> => {
	const [command, all] = nodeCommand(program, args);
	return readResult<Result>(scene.inside('unshare', ['-mpf', '--mount-proc', '--', command, ...all]), async () => undefined);
};

/** Runs a program where we are. */
export const runAlone = async <Result>(program: string, args: readonly string[]): Promise<Result> =>
	readResult<Result>(nodeCommand(program, args), async () => undefined);

const nodeCommand = (program: string, args: readonly string[]): Command =>
	[process.execPath, ['--expose-gc', `--import=${tsx}`, new URL(program, import.meta.url).pathname, ...args]];

const readResult = async <Result>([command, args]: Command, obey: (request: LoadRequest) => Promise<void>): Promise<Result> => {
	const running = execa(command, args, {stderr: 'inherit', ipc: true});
	const answer = async (): Promise<void> => {
		for await (const request of running.getEachMessage()) {
			await obey(request as LoadRequest);
			await running.sendMessage('done');
		}
	};

	const [{stdout}] = await Promise.all([running, answer()]);
	return JSON.parse(stdout) as Result;
};
