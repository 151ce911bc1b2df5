/** Runs the programs of this directory, which print what they measured as JSON, in processes of their own. */
import process from 'node:process';
import {execa} from 'execa';
import type {Command, Scene} from '../../test/helpers/namespace.js';

const tsx = import.meta.resolve('tsx');

/** Runs a program inside a scene's namespace. */
export const runInside = async <Result>(scene: Scene, program: string, args: readonly string[]): Promise<Result> => {
	const [command, all] = nodeCommand(program, args);
	return readResult<Result>(scene.inside(command, all));
};

/** Runs a program where we are. */
export const runAlone = async <Result>(program: string, args: readonly string[]): Promise<Result> => readResult<Result>(nodeCommand(program, args));

const nodeCommand = (program: string, args: readonly string[]): Command =>
	[process.execPath, ['--expose-gc', `--import=${tsx}`, new URL(program, import.meta.url).pathname, ...args]];

const readResult = async <Result>([command, args]: Command): Promise<Result> => {
	const {stdout} = await execa(command, args, {stderr: 'inherit'});
	return JSON.parse(stdout) as Result;
};
