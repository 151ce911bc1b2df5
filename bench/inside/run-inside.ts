import process from 'node:process';
import {execa} from 'execa';
import type {Scene} from '../../test/helpers/namespace.js';

const tsx = import.meta.resolve('tsx');

/** Runs one of this directory's programs inside a scene's namespace and returns what it printed as JSON. */
export const runInside = async <Result>(scene: Scene, program: string, args: readonly string[]): Promise<Result> => {
	const path = new URL(program, import.meta.url).pathname;
	const [command, all] = scene.inside(process.execPath, ['--expose-gc', `--import=${tsx}`, path, ...args]);
	const {stdout} = await execa(command, all, {stderr: 'inherit'});
	return JSON.parse(stdout) as Result;
};
