/** Opens many sockets in a network namespace of their own. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {startScene, type Scene} from '../../test/helpers/namespace.js';
import type {LoadCommand} from './load-process.js';

export type Load = {
	/** The namespace of the sockets. */
	readonly scene: Scene;
	/** Number of open sockets. */
	readonly sockets: number;
	/** Processes that hold them. */
	readonly pids: readonly number[];
	/** Sends bytes over connections, so that about this many sockets change. */
	readonly touch: (sockets: number) => Promise<void>;
	/** Does the same every second from now on. */
	readonly touchEverySecond: (sockets: number) => Promise<void>;
	/** Closes sockets and opens as many new ones. */
	readonly replace: (sockets: number) => Promise<void>;
	/** Ends the processes and the namespace. */
	readonly stop: () => Promise<void>;
};

const tsx = import.meta.resolve('tsx');
const processPath = fileURLToPath(import.meta.resolve('./load-process.ts'));

/** Descriptors that a process needs in addition to those of connections. */
const spareDescriptors = 100;

/** The limit of descriptors in a process: the hard limit, to which Node.js raises the soft one. */
const descriptorLimit = (): number => {
	const limits = fs.readFileSync('/proc/self/limits', 'utf8');
	return Number(/^Max open files\s+\d+\s+(?<hard>\d+)/mv.exec(limits)?.groups?.hard ?? 1024);
};

/** Starts processes that hold this many TCP sockets, both sockets of each connection, all in ESTAB. */
export const startLoad = async (sockets: number): Promise<Load> => {
	const scene = await startScene('load');
	const pairs = Math.ceil(sockets / 2);
	const pairsPerProcess = Math.min(10_000, Math.floor((descriptorLimit() - spareDescriptors) / 2));
	const count = Math.ceil(pairs / pairsPerProcess);
	const workers = Array.from({length: count}, (_, number) => startWorker(scene, number));

	/** Distributes a command over the processes. */
	const each = async (what: LoadCommand['do'], total: number): Promise<void> => {
		await Promise.all(workers.map(async ({execute}, number) =>
			execute({do: what, pairs: Math.floor((total * (number + 1)) / count) - Math.floor((total * number) / count)})));
	};

	await each('open', pairs);
	return {
		scene,
		sockets: pairs * 2,
		pids: workers.map(({pid}) => pid),
		touch: async changing => each('touch', Math.round(changing / 2)),
		touchEverySecond: async changing => each('touchEverySecond', Math.round(changing / 2)),
		replace: async replaced => each('replace', Math.round(replaced / 2)),
		async stop() {
			await Promise.all(workers.map(async ({stop}) => stop()));
			await scene.stop();
		},
	};
};

/** The share of sockets that change every second, where nothing else is said. */
export const changing = 0.05;

/** Does something while this many sockets are open, some of which change every second. */
export const withLoad = async <Result>(sockets: number, work: (load: Load) => Promise<Result>): Promise<Result> => {
	const load = await startLoad(sockets);
	try {
		await load.touchEverySecond(sockets * changing);
		return await work(load);
	} finally {
		await load.stop();
	}
};

const startWorker = (scene: Scene, number: number) => {
	const [command, args] = scene.inside(process.execPath, [`--import=${tsx}`, processPath, String(number)]);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	const lines = readline.createInterface({input: child.stdout});
	const exited = once(child, 'exit');
	return {
		pid: child.pid ?? 0,
		async execute(loadCommand: LoadCommand) {
			const failed = async () => {
				await exited;
				throw new Error(`process ${number} of the load has ended`);
			};

			const done = once(lines, 'line');
			child.stdin.write(`${JSON.stringify(loadCommand)}\n`);
			await Promise.race([done, failed()]);
		},
		async stop() {
			child.stdin.end();
			await exited;
		},
	};
};
