import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {withLoad, type Load} from '../load/load.js';
import {processCpu} from '../measure/cpu.js';
import {residentMemory} from '../measure/memory.js';
import {median} from '../measure/statistics.js';
import type {Group, Row} from '../row.js';
import {during, scrape} from './serve.js';

/** Seconds between two scrapes, as Prometheus does by default in its examples. */
const scrapeInterval = 15;

/** Scrapes in ten minutes. */
const scrapes = 40;

/** Opens and closes 50 connections a second until `work` is done. */
const withChurn = async <Result>({scene}: Load, work: () => Promise<Result>): Promise<Result> => {
	const program = fileURLToPath(import.meta.resolve('../load/churn.ts'));
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, '40', '1']);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	try {
		await once(child.stdout, 'data');
		return await work();
	} finally {
		child.stdin.end();
		await exited;
	}
};

/** Serving for ten minutes while connections open and close. */
export const churn: Group = {
	name: 'churn',
	isOnRequest: true,
	async run({few, seconds}, log): Promise<readonly Row[]> {
		const pause = Math.min(scrapeInterval, seconds) * 1000;
		log(`serving for ${(scrapes * pause / 60_000).toFixed(0)} minutes while connections open and close`);
		return withLoad(few, async load => withChurn(load, async () => during(load, ['--interval', '1'], async pid => {
			const memory: number[] = [];
			const cpu: number[] = [];
			let bytes = 0;
			for (let count = 0; count < scrapes; count++) {
				const before = processCpu(pid);
				await wait(pause);
				({bytes} = await scrape(load));
				cpu.push((processCpu(pid) - before) / pause * 1000);
				memory.push(residentMemory(pid));
			}

			const quarter = scrapes / 4;
			const before = median(memory.slice(-2 * quarter, -quarter));
			const after = median(memory.slice(-quarter));
			return [
				{
					what: 'resident memory of `serve` in the last quarter of ten minutes, 50 connections a second opened and closed',
					against: 'the third quarter',
					budget: 1.05,
					unit: 'ratio',
					value: after / before,
					detail: `${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after; the last scrape had ${bytes} bytes`,
				},
				{
					what: 'CPU of `serve` in the second half of them, samples every second and scrapes every 15 s included',
					against: 'a second',
					budget: 30,
					unit: 'ms',
					value: median(cpu.slice(scrapes / 2)),
					detail: 'the median of scrape intervals',
				},
			];
		})));
	},
};
