/** Sockets in a network namespace without anything else, so that tests see exactly the sockets that they opened. Does not need root. */
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import type {SceneAnswer, SceneCommands} from './scene-commands.js';

/** Why namespaces cannot be created here, for `testUnless`; undefined if they can. */
export const namespaceUnavailable = ((): string | undefined => {
	for (const [command, ...args] of [['unshare', '-rn', 'true'], ['nsenter', '--version']] as const) {
		const {error, status, stderr} = spawnSync(command, args, {encoding: 'utf8'});
		if (error !== undefined || status !== 0) {
			return `${command} does not work: ${error?.message ?? stderr.trim()}`;
		}
	}

	return undefined;
})();

/** A command and its arguments. */
export type Command = readonly [command: string, args: readonly string[]];

export type RunResult = {readonly stdout: string; readonly stderr: string; readonly exitCode: number | undefined};

/** A process that opens sockets on request in its own namespace. */
export type Scene = SceneCommands & {
	/** The process that holds the scene's sockets. */
	readonly pid: number;
	/** The command that runs another command inside the scene's namespace. */
	readonly inside: (command: string, args?: readonly string[]) => Command;
	/** Runs a command inside the scene's namespace. Does not throw if it fails. */
	readonly run: (command: string, args?: readonly string[]) => Promise<RunResult>;
	/** Starts another process of the scene in the same namespace. */
	readonly join: (name: string) => Promise<Scene>;
	/** Starts a scene in another network namespace of the same user namespace, so that the two can be linked (`ip link add … type veth`). */
	readonly neighbour: (name: string) => Promise<Scene>;
	/** Ends the process and closes its sockets. */
	readonly stop: () => Promise<void>;
};

/**
Starts a scene: a user and network namespace with only the loopback interface, which is up.

@param name The name of the process in `ss -p`: at most 15 bytes.
*/
export const startScene = async (name = 'scene'): Promise<Scene> => startProcess(['unshare', ['-rn']], name, 'raise');

/**
Starts a scene with its own /run, in which `nameNamespace` creates names as `ip netns` does. Its neighbours have the same /run.
*/
export const startHost = async (name = 'host'): Promise<Scene> =>
	startProcess(['unshare', ['-rmn', 'sh', '-c', 'mount -t tmpfs tmpfs /run && mkdir /run/netns && exec "$@"', 'sh']], name, 'raise', ['-m']);

/** Names the namespace of a scene under the /run of its host. */
export const nameNamespace = async (host: Scene, {pid}: Scene, name: string): Promise<void> => {
	const {exitCode, stderr} = await host.run('sh', ['-c', `touch /run/netns/${name} && mount --bind /proc/${pid}/ns/net /run/netns/${name}`]);
	if (exitCode !== 0) {
		throw new Error(`the namespace could not be named: ${stderr}`);
	}
};

/** Runs a shell script in a new namespace with the loopback interface up. */
export const runInNamespace = async (script: string): Promise<RunResult> => {
	const scene = await startScene();
	try {
		return await scene.run('/bin/sh', ['-c', script]);
	} finally {
		await scene.stop();
	}
};

const tsx = import.meta.resolve('tsx');
const processPath = fileURLToPath(import.meta.resolve('./scene-process.ts'));

/** `others` are options of `nsenter` for namespaces other than user and network. */
const startProcess = async (
	[wrapper, wrapperArgs]: Command, name: string, task: 'raise' | 'join', others: readonly string[] = [],
): Promise<Scene> => {
	const child = spawn(wrapper, [...wrapperArgs, process.execPath, `--import=${tsx}`, processPath, name, task], {stdio: ['pipe', 'pipe', 'inherit']});
	const {pid} = child;
	if (pid === undefined) {
		throw new Error(`${wrapper} could not be started`);
	}

	const ready = Promise.withResolvers<void>();
	const pending = new Map<number, PromiseWithResolvers<unknown>>();
	const exited = once(child, 'exit');
	child.once('exit', () => {
		const error = new Error(`the scene's process ${name} has ended`);
		for (const {reject} of [ready, ...pending.values()]) {
			reject(error);
		}
	});
	readline.createInterface({input: child.stdout}).on('line', line => {
		const answer = JSON.parse(line) as SceneAnswer;
		if ('ready' in answer) {
			ready.resolve();
			return;
		}

		const waiting = pending.get(answer.number);
		pending.delete(answer.number);
		if (answer.error === undefined) {
			waiting?.resolve(answer.result);
		} else {
			waiting?.reject(new Error(answer.error));
		}
	});

	let number = 0;
	const ask = async (command: keyof SceneCommands, args: readonly unknown[]): Promise<unknown> => {
		const answer = Promise.withResolvers<unknown>();
		number++;
		pending.set(number, answer);
		child.stdin.write(`${JSON.stringify({number, command, args})}\n`);
		return answer.promise;
	};

	const commands = Object.fromEntries(commandNames.map(command =>
		[command, async (...args: readonly unknown[]) => ask(command, args)])) as unknown as SceneCommands;
	const enter = ['-t', String(pid), '-U', '--preserve-credentials', ...others];
	const inside = (command: string, args: readonly string[] = []): Command => ['nsenter', [...enter, '-n', '--', command, ...args]];

	await ready.promise;
	return {
		...commands,
		pid,
		inside,
		async run(command, args) {
			const [file, all] = inside(command, args);
			const {stdout, stderr, exitCode} = await execa(file, all, {reject: false, stripFinalNewline: false});
			return {stdout, stderr, exitCode};
		},
		join: async otherName => startProcess(['nsenter', [...enter, '-n']], otherName, 'join', others),
		neighbour: async otherName => startProcess(['nsenter', [...enter, '--', 'unshare', '-n']], otherName, 'raise', others),
		async stop() {
			child.stdin.end();
			await exited;
		},
	};
};

const commandNames = [
	'listen', 'listenWithoutAccept', 'connect', 'accepted', 'bindUdp', 'connectUdp', 'send', 'received', 'resume', 'end', 'reset', 'close', 'share',
] as const satisfies ReadonlyArray<keyof SceneCommands>;
