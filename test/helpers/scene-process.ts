/**
The process behind a scene: it runs in a network namespace of its own, takes commands as JSON lines on its standard input, and ends with it.

Arguments: the name to bear, and `raise` when the loopback interface is to be brought up.
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

const obey = async ({number, command, args}: SceneRequest): Promise<void> => {
	try {
		const run = sockets[command] as (...args: readonly unknown[]) => ReturnType<SceneCommands[typeof command]>;
		answer({number, result: await run(...args)});
	} catch (error) {
		answer({number, error: error instanceof Error ? error.message : String(error)});
	}
};

const lines = readline.createInterface({input: process.stdin});
lines.on('line', line => {
	void obey(JSON.parse(line) as SceneRequest);
});
lines.on('close', () => {
	// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
	process.exit();
});
answer({ready: true});
