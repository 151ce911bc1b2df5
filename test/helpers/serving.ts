/** Runs `conntop serve` in a scene. */
import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import type {ExecutionContext} from 'ava';
import {execa} from 'execa';
import {builtProgram} from './conntop.js';
import type {Scene} from './namespace.js';
import {parsePrometheusText, type PrometheusSample} from './prometheus-text.js';

export type Serving = {
	readonly child: ChildProcess;
	/** Address and port, as in a URL. */
	readonly address: string;
	/** What it has written to standard error so far. */
	readonly stderr: () => string;
	/** Fetches a page with curl inside the scene; `args` are more options of curl. */
	readonly get: (path: string, ...args: readonly string[]) => Promise<string>;
	readonly samples: () => Promise<readonly PrometheusSample[]>;
};

/** Starts a test program in a scene. It is killed after the test. `send` writes a line to its standard input, `lines` reads its standard output. */
export const startProgram = (t: ExecutionContext, scene: Scene, program: string, ...args: readonly string[]) => {
	const [command, all] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, ...args]);
	const child = spawn(command, all, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(() => {
		child.kill();
	});
	return {
		child,
		send(line: string) {
			child.stdin.write(`${line}\n`);
		},
		lines: readline.createInterface({input: child.stdout}),
	};
};

/** Starts `conntop serve` and waits until it listens. It is killed after the test. Texts are options; `environment` has entries `NAME=VALUE`. */
export const startServing = async (
	t: ExecutionContext, scene: Scene, ...given: ReadonlyArray<string | {readonly environment: readonly string[]}>
): Promise<Serving> => {
	const args = given.filter(each => typeof each === 'string');
	const environment = given.flatMap(each => typeof each === 'string' ? [] : each.environment);
	const [command, all] = scene.inside('env', [...environment, process.execPath, builtProgram, 'serve', '--no-config', '--interval', '0.2', '--listen', '127.0.0.1:0', ...args]);
	const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'pipe']});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	t.teardown(async () => {
		if (!(child.exitCode === null && child.signalCode === null)) {
			return;
		}

		const exited = once(child, 'exit');
		child.kill('SIGKILL');
		await exited;
	});
	let address: string | undefined;
	const serves = Promise.withResolvers<void>();
	readline.createInterface({input: child.stdout}).on('line', line => {
		address ??= /^Serving .*http:\/\/(?<address>.*)\/metrics$/v.exec(line)?.groups?.address;
		if (address !== undefined) {
			serves.resolve();
		}
	});
	await Promise.race([serves.promise, once(child, 'exit')]);
	if (address === undefined) {
		throw new Error(`serve did not start: ${stderr}`);
	}

	const get = async (path: string, ...options: readonly string[]): Promise<string> => {
		const [curl, curlArgs] = scene.inside('curl', ['--silent', '--show-error', '--max-time', '60', ...options, `http://${address}${path}`]);
		const {stdout} = await execa(curl, curlArgs, {stripFinalNewline: false});
		return stdout;
	};

	return {
		child, address, stderr: () => stderr, get, samples: async () => parsePrometheusText(await get('/metrics', '--retry', '30', '--retry-delay', '1', '--fail')),
	};
};

/** Fetches the metrics until they meet a condition, or for 90 seconds, and returns the last ones. */
export const samplesWhen = async (serving: Serving, isMet: (samples: readonly PrometheusSample[]) => boolean): Promise<readonly PrometheusSample[]> => {
	const deadline = performance.now() + 90_000;
	for (;;) {
		const samples = await serving.samples();
		if (isMet(samples) || performance.now() > deadline) {
			return samples;
		}
	}
};
