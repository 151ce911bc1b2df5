import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {startLoad, withLoad, type Load} from '../load/load.js';
import {processCpu} from '../measure/cpu.js';
import {residentMemory} from '../measure/memory.js';
import {median, ratioOf, takeTurns} from '../measure/statistics.js';
import {
	ratioRow,
	type Group,
	type Row,
	type Size,
} from '../row.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

const port = 9073;

/** Milliseconds between two samples and between two scrapes, so that no scrape gets the text of the previous one. */
const interval = 200;

/** Scrapes in a round, and the share of sockets that change each second. */
const scrapes = 5;
const changing = 0.05;

/** Budgets: milliseconds of CPU time, bytes, time series. */
const [mostTime, mostBytes, mostSeries] = [20, 20_000, 300];

/** Serves in the namespace of the load until `work` is done. */
export const during = async <Result>({scene}: Load, args: readonly string[], work: (pid: number) => Promise<Result>): Promise<Result> => {
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
export const scrape = async ({scene}: Load, from = port): Promise<{readonly text: string; readonly bytes: number}> => {
	const [curl, args] = scene.inside('curl', [
		'--silent', '--fail', '--compressed', '--retry', '10', '--retry-connrefused', '--write-out', '%{stderr}%{size_download}', `http://127.0.0.1:${from}/metrics`,
	]);
	const {stdout, stderr} = await execa(curl, args);
	return {text: stdout, bytes: Number(stderr)};
};

/** CPU time of a scrape: the difference between a period with scrapes and one without. `pause` is the milliseconds from one scrape to the next. */
const timeOfScrapes = async (pid: number, scrapeOnce: () => Promise<unknown>, rounds: number, pause: number): Promise<readonly number[]> => {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const start = processCpu(pid);
		await wait(scrapes * pause);
		const middle = processCpu(pid);
		for (let count = 0; count < scrapes; count++) {
			await Promise.all([scrapeOnce(), wait(pause)]);
		}

		times.push((processCpu(pid) - middle - (middle - start)) / scrapes);
	}

	return times;
};

/** The names of node_exporter: of its project, and of Debian's package. */
const exporters = ['node_exporter', 'prometheus-node-exporter'];

const exporterPort = 9074;

/** Does something while node_exporter serves only its counts of TCP sockets by state, which it reads by the same dump; undefined where it is not installed. */
const besideExporter = async <Result>({scene}: Load, work: (pid: number) => Promise<Result>): Promise<Result | undefined> => {
	const found = exporters.find(name => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0);
	if (found === undefined) {
		return undefined;
	}

	const [command, args] = scene.inside(found, ['--collector.disable-defaults', '--collector.tcpstat', '--web.disable-exporter-metrics', `--web.listen-address=127.0.0.1:${exporterPort}`]);
	const child = spawn(command, args, {stdio: 'ignore'});
	const exited = once(child, 'exit');
	try {
		return await work(child.pid ?? 0);
	} finally {
		child.kill();
		await exited;
	}
};

/** Milliseconds of CPU time for a scrape of each, by round, and for a sample of ours. */
type ScrapeFigures = {readonly ours: readonly number[]; readonly theirs: readonly number[]; readonly sampling: number};

/** A scrape beside one of node_exporter, in turns. conntop samples in between, which is not part of its scrape. */
const compareScrapes = async (load: Load, rounds: number, pause: number): Promise<ScrapeFigures | undefined> =>
	besideExporter(load, async theirPid => during(load, ['--interval', String(pause / 1000)], async pid => {
		const scrapeOurs = async () => scrape(load);
		const scrapeTheirs = async () => scrape(load, exporterPort);
		// The first scrapes let V8 compile.
		await timeOfScrapes(pid, scrapeOurs, 2, pause);
		await timeOfScrapes(theirPid, scrapeTheirs, 1, pause);
		const before = processCpu(pid);
		await wait(scrapes * pause);
		const sampling = (processCpu(pid) - before) / scrapes;
		const times = await takeTurns(rounds, {
			ours: async () => median(await timeOfScrapes(pid, scrapeOurs, 1, pause)),
			theirs: async () => median(await timeOfScrapes(theirPid, scrapeTheirs, 1, pause)),
		});
		return {sampling, ...times};
	}));

/** The cost of serving metrics. */
export const serve: Group = {
	name: 'serve',
	async run({few, many, rounds, seconds}: Size, log): Promise<readonly Row[]> {
		log(`opening ${few} sockets`);
		const load = await startLoad(few);
		try {
			await load.touchEverySecond(few * changing);
			log('serving');
			const {times, text, bytes} = await during(load, ['--interval', String(interval / 1000)], async pid => {
				await scrape(load);
				return {times: await timeOfScrapes(pid, async () => scrape(load), rounds, interval), ...await scrape(load)};
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

			log('scraping beside node_exporter');
			const besideFew = await compareScrapes(load, rounds, interval);
			const besideMany = await withLoad(many, async large => compareScrapes(large, Math.ceil(rounds / 5), 2000));
			const series = text.split('\n').filter(line => line !== '' && !line.startsWith('#')).length;
			return [
				{
					what: `CPU of a scrape of ${few} sockets`, against: `${mostTime} ms`, budget: 1, unit: 'ratio', value: median(times) / mostTime, detail: `${median(times).toFixed(1)} ms${besideFew === undefined ? '' : `; \`node_exporter --collector.tcpstat\` ${median(besideFew.theirs).toFixed(1)} ms`}`,
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
				...besideMany === undefined
					? []
					: [ratioRow({
						what: `CPU of a scrape of ${many} sockets`,
						against: '`node_exporter --collector.tcpstat`, which counts them by state',
						budget: 0.5,
						ratio: ratioOf(besideMany.ours, besideMany.theirs),
						detail: `${median(besideMany.ours).toFixed(1)} ms, and ${besideMany.sampling.toFixed(0)} ms for each sample; node_exporter ${median(besideMany.theirs).toFixed(1)} ms`,
					})],
			];
		} finally {
			await load.stop();
		}
	},
};
