/** The cost of leaving `events` and `record` running, and of reading a recording. */
import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {openRecording} from '../../source/recording/archive/recording.js';
import {inTransaction, openDatabase} from '../../source/recording/store/sqlite.js';
import {changing, withLoad, type Load} from '../load/load.js';
import {cpuOf, endedChildrenCpu, processCpu} from '../measure/cpu.js';
import {residentMemory} from '../measure/memory.js';
import {median, quantile, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group, type Row} from '../row.js';

const builtProgram = fileURLToPath(import.meta.resolve('../../dist/conntop.js'));

/** Seconds until V8 has compiled the code of a sample. */
const warmUp = 15;

const turns = 2;

type Watched = {
	/** Milliseconds of CPU time per second, ended children included. */
	readonly cpu: number;
	/** MB. */
	readonly resident: number;
	/** Bytes on disk per second. */
	readonly bytes: number;
	/** Bytes on disk when it had ended, and the seconds that it ran. */
	readonly total: number;
	readonly elapsed: number;
};

/** Runs a command in the namespace of the load, and measures it after a warm-up. The command gets a new folder, which is removed after `use`. */
const watchCommand = async ({scene}: Load, command: (folder: string) => readonly [string, ...string[]], seconds: number, use?: (folder: string) => void): Promise<Watched> => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-bench-'));
	const [name, ...rest] = command(folder);
	const [file, args] = scene.inside(name, rest);
	const child = spawn(file, args, {stdio: ['ignore', 'ignore', 'inherit']});
	const exited = once(child, 'exit');
	const pid = child.pid ?? 0;
	const cpu = (): number => processCpu(pid) + endedChildrenCpu(pid);
	const started = performance.now();
	await delay(Math.min(warmUp, seconds) * 1000);
	const before = cpu();
	await delay(seconds * 1000);
	const watched = {cpu: (cpu() - before) / seconds, resident: residentMemory(pid)};
	child.kill('SIGTERM');
	await exited;
	const elapsed = (performance.now() - started) / 1000;
	const total = fs.readdirSync(folder).reduce((sum, each) => sum + fs.statSync(path.join(folder, each)).size, 0);
	use?.(folder);
	fs.rmSync(folder, {recursive: true});
	return {
		...watched, bytes: total / elapsed, total, elapsed,
	};
};

const conntop = (...args: readonly string[]) => (): [string, ...string[]] => [process.execPath, builtProgram, ...args, '--interval', '1'];

const record = (folder: string): [string, ...string[]] => [...conntop('record')(), '--to', folder];

const ss = (folder: string): [string, ...string[]] => ['sh', '-c', `while sleep 1; do ss -tanpi >> ${path.join(folder, 'ss.txt')}; done`];

const atop = (folder: string): [string, ...string[]] => ['atop', '-w', path.join(folder, 'atop.log'), '1'];

const hasAtop = spawnSync('sh', ['-c', 'command -v atop']).status === 0;

const compareWith = (recorded: Watched, name: string, {cpu, bytes}: Watched): string =>
	`${name}: ${cpu.toFixed(1)} ms and ${(bytes / 1000).toFixed(1)} kB per second; \`record\` ${recorded.cpu.toFixed(1)} ms and ${(recorded.bytes / 1000).toFixed(2)} kB`;

/**
The CPU time, in milliseconds, of committing one row to a file of SQLite that survives a crash of the machine: what a sample costs any recorder that uses SQLite.
A second lies between two commits, as between two samples: one right after the other takes less than half, because the processor still has the code in its caches.
*/
const commitCpu = async (bytes: number): Promise<number> => {
	const commits = 30;
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-bench-'));
	const database = openDatabase(path.join(folder, 'floor.db'), {isReadOnly: false});
	database.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = NORMAL; CREATE TABLE frame (time INTEGER PRIMARY KEY, body BLOB)');
	const insert = database.prepare('INSERT INTO frame VALUES (?, ?)');
	const body = new Uint8Array(bytes);
	const used: number[] = [];
	for (let commit = 0; commit < commits; commit++) {
		await delay(1000);
		used.push(await cpuOf(() => inTransaction(database, () => insert.run(commit, body))));
	}

	database.close();
	fs.rmSync(folder, {recursive: true});
	return median(used);
};

/** Measures reading random moments of a recording, in milliseconds. */
const timeStates = (folder: string, count: number): number[] => {
	const recording = openRecording(folder);
	const times = Array.from({length: count}, () => {
		const position = recording.positions[Math.floor(Math.random() * recording.positions.length)];
		const started = performance.now();
		// A new reader each time, so that nothing is cached.
		const opened = openRecording(folder);
		opened.stateAt(position);
		opened.close();
		return performance.now() - started;
	});
	recording.close();
	return times;
};

/** Rows that compare a recording with the alternatives: the output of `ss`, and `atop`, which records processes. */
const rowsOfAlternatives = async (load: Load, seconds: number, recorded: Watched): Promise<readonly Row[]> => {
	const text = await watchCommand(load, ss, seconds);
	const scenario = `${load.sockets} sockets at 1 s`;
	return [
		{
			what: `CPU of \`record\`, ${scenario}`, against: '`ss -tanpi` into a file every second', budget: 0.8, unit: 'ratio', value: recorded.cpu / text.cpu, detail: compareWith(recorded, '`ss`', text),
		},
		{
			what: `bytes of a recording, ${scenario}`, against: '`ss -tanpi` into a file every second', budget: 0.02, unit: 'ratio', value: recorded.bytes / text.bytes,
			detail: hasAtop ? compareWith(recorded, '`atop`', await watchCommand(load, atop, seconds)) : '`atop` is not installed',
		},
	];
};

export const recordingGroup: Group = {
	name: 'recording',
	async run({few, many, seconds, rounds}, log) {
		const rows = await withLoad(few, async load => {
			const events: Watched[] = [];
			const records: Watched[] = [];
			log(`watching \`events\` and \`record\` in turns with ${few} sockets`);
			for (let turn = 0; turn < turns; turn++) {
				events.push(await watchCommand(load, conntop('events'), seconds));
				records.push(await watchCommand(load, record, seconds));
			}

			log('recording for a while');
			// A recording grows by pages of 4 kB.
			const long = await watchCommand(load, record, seconds * 9);
			const [short] = records;
			// Without what each recording begins with: a frame with all sockets, and their lives.
			const recorded = {...long, bytes: (long.total - short.total) / (long.elapsed - short.elapsed)};
			const scenario = `${few} sockets at 1 s, ${changing * 100} % changing`;
			const eventsCpu = median(events.map(({cpu}) => cpu));
			const commit = await commitCpu(Math.round(recorded.bytes));
			const memoryRow = (name: string, watched: readonly Watched[]): Row => ({
				what: `resident memory of \`${name}\`, ${scenario}`, against: 'an idle Node.js has 45 MB', budget: 60, unit: 'MB', value: Math.max(...watched.map(({resident}) => resident)), detail: `the largest of ${turns} runs`,
			});
			return [
				{
					what: `CPU of \`events\`, ${scenario}`, against: 'a second', budget: 12, unit: 'ms', value: eventsCpu, detail: `the median of ${turns} runs`,
				} satisfies Row,
				ratioRow({
					what: `CPU of \`record\`, ${scenario}`, against: '`events`', budget: 1.1, ratio: ratioOf(records.map(({cpu}) => cpu), events.map(({cpu}) => cpu)),
					detail: `${median(records.map(({cpu}) => cpu)).toFixed(1)} ms per second`,
					floor: {value: (eventsCpu + commit) / eventsCpu, made: `\`events\`, and ${commit.toFixed(2)} ms in which SQLite commits one row of a frame's size to the disk`},
				}),
				memoryRow('events', events),
				memoryRow('record', records),
				{
					what: `bytes of a recording, ${scenario}`, against: 'a second', budget: 1200, unit: 'bytes', value: recorded.bytes, detail: `after the first ${short.elapsed.toFixed(0)} s, in which ${(short.total / 1000).toFixed(0)} kB were written`,
				} satisfies Row,
				...await rowsOfAlternatives(load, seconds, recorded),
			];
		});
		const large = await withLoad(many, async load => {
			log(`recording ${many} sockets`);
			let times: number[] = [];
			const recorded = await watchCommand(load, record, seconds, folder => {
				times = timeStates(folder, rounds);
			});
			return [
				...await rowsOfAlternatives(load, seconds, recorded),
				{
					what: `state at a random time, out of a recording of ${many} sockets, wall time`, against: 'opening the recording included', budget: 250, unit: 'ms', value: quantile(times, 0.9),
					detail: `nine of ten take no longer; median ${median(times).toFixed(0)} ms`,
				} satisfies Row,
			];
		});
		return [...rows, ...large];
	},
};
