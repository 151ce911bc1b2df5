import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {hasRows, startCommand, startProgram} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf, takeTurns} from '../measure/statistics.js';
import {ratioRow, type Group, type Row} from '../row.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

/** Command lines that only print something about the program. */
const questions: Readonly<Record<string, readonly string[]>> = {
	'--version': ['--version'],
	'--help': ['--help'],
	'help filters': ['help', 'filters'],
	completion: ['completion', 'bash', '--', 'conntop list --sort rt', 'rt'],
};

/** The time of these command lines, compared with starting Node.js alone. */
const shortCommands = async (rounds: number, cache: string): Promise<readonly Row[]> => {
	const timed = (args: readonly string[]) => (): number => {
		const started = performance.now();
		spawnSync(process.execPath, args, {stdio: 'ignore', env: {...process.env, XDG_CACHE_HOME: cache}});
		return performance.now() - started;
	};

	const measurements: Record<string, () => number> = {node: timed(['-e', '0'])};
	for (const [name, args] of Object.entries(questions)) {
		measurements[name] = timed([builtProgram, ...args]);
	}

	await takeTurns(2, measurements);
	const {node = [], ...others} = await takeTurns(rounds * 2, measurements);
	return Object.entries(others).map(([name, times]) => ratioRow({
		what: `\`${name}\`, wall time`, against: '`node -e 0`', budget: 1.5, ratio: ratioOf(times, node), detail: `${median(times).toFixed(0)} ms; \`node -e 0\` ${median(node).toFixed(0)} ms`,
	}));
};

/** Bundles a program that draws one word with Ink, as conntop is bundled, into a folder. Returns its file. */
const bundleOneWord = async (folder: string): Promise<string> => {
	const outfile = path.join(folder, 'one-word.mjs');
	await build({
		entryPoints: [fileURLToPath(import.meta.resolve('../inside/one-word.ts'))], outfile, bundle: true, platform: 'node', format: 'esm', minify: true, target: 'node22.15',
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		alias: {'react-devtools-core': './scripts/empty.js'},
		// Ink and its packages contain CommonJS, which needs a `require`.
		banner: {js: 'import {createRequire} from \'node:module\'; const require = createRequire(import.meta.url);'},
		logLevel: 'warning',
	});
	return outfile;
};

/** The time from the start to the first rows. */
export const start: Group = {
	name: 'start',
	async run({few, rounds}, log) {
		log(`starting ${rounds} times with ${few} sockets`);
		const load = await startLoad(few);
		const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cache-'));
		/** Starts the program and quits it with `q`, so that it writes its code cache. */
		const startOnce = async (): Promise<number> => {
			const started = performance.now();
			const program = startProgram(load.scene, [], {XDG_CACHE_HOME: cache});
			await program.waitFor(hasRows, 'rows');
			const elapsed = performance.now() - started;
			program.type('q');
			await program.exit;
			await program.end();
			return elapsed;
		};

		try {
			const first = await startOnce();
			/** Starts Node.js in the same terminal and waits for its end. */
			const startNode = async (...args: readonly string[]): Promise<number> => {
				const started = performance.now();
				const program = startCommand(load.scene, process.execPath, args, {NODE_COMPILE_CACHE: cache});
				await program.exit;
				const elapsed = performance.now() - started;
				await program.end();
				return elapsed;
			};

			const oneWord = await bundleOneWord(cache);
			const measurements = {program: startOnce, node: async () => startNode('-e', '0'), ink: async () => startNode(oneWord)};
			await takeTurns(2, measurements);
			const {program, node, ink} = await takeTurns(rounds, measurements);
			log('answering questions about the program');
			const short = await shortCommands(rounds, cache);
			return [ratioRow({
				what: 'start to first frame with rows, wall time',
				against: '`node -e 0`',
				budget: 3.5,
				ratio: ratioOf(program, node),
				detail: `${median(program).toFixed(0)} ms; \`node -e 0\` ${median(node).toFixed(0)} ms; the first start, without a code cache, ${first.toFixed(0)} ms; a program that only draws one word with Ink ${median(ink).toFixed(0)} ms`,
			}), ...short];
		} finally {
			fs.rmSync(cache, {recursive: true});
			await load.stop();
		}
	},
};
