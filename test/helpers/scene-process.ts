/**
The process of a scene: it runs in its own network namespace, takes commands as JSON lines on its standard input, and ends with it.

Arguments: the name of the process, and `raise` to bring up the loopback interface.
*/
import process from 'node:process';
import readline from 'node:readline';
import {raiseLoopback} from './raw-sockets.js';
import type {SceneAnswer, SceneCommands, SceneRequest} from './scene-commands.js';
import {createSceneSockets} from './scene-sockets.js';

const [name = 'scene', task] = process.argv.slice(2);
process.title = name;
if (task === 'raise') {
	raiseLoopback();
}

const sockets = createSceneSockets();
const answer = (line: SceneAnswer): void => {
	process.stdout.write(`${JSON.stringify(line)}\n`);
};

const execute = async ({number, command, args}: SceneRequest): Promise<void> => {
	try {
		const run = sockets[command] as (...args: readonly unknown[]) => ReturnType<SceneCommands[typeof command]>;
		answer({number, result: await run(...args)});
	} catch (error) {
		answer({number, error: error instanceof Error ? error.message : String(error)});
	}
};

const lines = readline.createInterface({input: process.stdin});
lines.on('line', line => {
	void execute(JSON.parse(line) as SceneRequest);
});
lines.on('close', () => {
	// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
	process.exit();
});
answer({ready: true});
