import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {startLoad, type Load} from '../load/load.js';
import {processCpu} from '../measure/cpu.js';
import {residentMemory} from '../measure/memory.js';
import {median} from '../measure/statistics.js';
import type {Group, Row, Size} from '../row.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

const port = 9073;

/** Milliseconds between two samples and between two scrapes, so that no scrape gets the text of the previous one. */
const interval = 200;

/** Scrapes in a round, and the share of sockets that change each second. */
const scrapes = 5;
const changing = 0.05;

/** Budgets: milliseconds of CPU time, bytes, time series. */
const [mostTime, mostBytes, mostSeries] = [20, 20_000, 300];

/** Runs a command in the namespace of the load until `work` is done. */
const during = async <Result>({scene}: Load, args: readonly string[], work: (pid: number) => Promise<Result>): Promise<Result> => {
	const [command, all] = scene.inside(process.execPath, [builtProgram, 'serve', '--no-config', ...args]);
	const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	try {
		await once(child.stdout, 'data');
		return await work(child.pid ?? 0);
	} finally {
		child.kill();
		await exited;
	}
};

/** Scrapes as Prometheus does, which accepts compressed responses. Returns the text and the number of transferred bytes. */
const scrape = async ({scene}: Load): Promise<{readonly text: string; readonly bytes: number}> => {
	const [curl, args] = scene.inside('curl', ['--silent', '--fail', '--compressed', '--retry', '10', '--write-out', '%{stderr}%{size_download}', `http://127.0.0.1:${port}/metrics`]);
	const {stdout, stderr} = await execa(curl, args);
	return {text: stdout, bytes: Number(stderr)};
};

/** CPU time of a scrape: the difference between a period with scrapes and one without. */
const timeOfScrapes = async (load: Load, pid: number, rounds: number): Promise<readonly number[]> => {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const start = processCpu(pid);
		await wait(scrapes * interval);
		const middle = processCpu(pid);
		for (let count = 0; count < scrapes; count++) {
			await Promise.all([scrape(load), wait(interval)]);
		}

		times.push((processCpu(pid) - middle - (middle - start)) / scrapes);
	}

	return times;
};

/** The cost of serving metrics. */
export const serve: Group = {
	name: 'serve',
	async run({few, rounds, seconds}: Size, log): Promise<readonly Row[]> {
		log(`opening ${few} sockets`);
		const load = await startLoad(few);
		try {
			await load.touchEverySecond(few * changing);
			log('serving');
			const {times, text, bytes} = await during(load, ['--interval', String(interval / 1000)], async pid => {
				await scrape(load);
				return {times: await timeOfScrapes(load, pid, rounds), ...await scrape(load)};
			});
			const memory: number[] = [];
			for (const args of [['--interval', '1'], ['--interval', '1', '--listen', `127.0.0.1:${port}`, '--otlp', 'http://127.0.0.1:4318']]) {
				log(args.includes('--otlp') ? 'exporting' : 'serving for a while');

				memory.push(await during(load, args, async pid => {
					for (let second = 0; second < seconds; second++) {
						await Promise.all([scrape(load), wait(1000)]);
					}

					return residentMemory(pid);
				}));
			}

			const series = text.split('\n').filter(line => line !== '' && !line.startsWith('#')).length;
			return [
				{
					what: `CPU of a scrape of ${few} sockets`, against: `${mostTime} ms`, budget: 1, unit: 'ratio', value: median(times) / mostTime, detail: `${median(times).toFixed(1)} ms`,
				},
				{
					what: `bytes of a scrape of ${few} sockets`, against: '–', budget: mostBytes, unit: 'bytes', value: bytes, detail: `${new TextEncoder().encode(text).length} bytes of text, compressed`,
				},
				{
					what: `time series of ${few} sockets`, against: `${mostSeries}`, budget: 1, unit: 'ratio', value: series / mostSeries, detail: `${series} series`,
				},
				{
					what: `resident memory of serve, ${few} sockets`, against: '–', budget: 70, unit: 'MB', value: memory[0], detail: `after ${seconds} s`,
				},
				{
					what: `resident memory of serve with OTLP, ${few} sockets`, against: '–', budget: 90, unit: 'MB', value: memory[1], detail: `after ${seconds} s, without a receiver`,
				},
			];
		} finally {
			await load.stop();
		}
	},
};
