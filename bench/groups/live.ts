import {
	hasRows,
	startCommand,
	startProgram,
	terminal,
} from '../load/program.js';
import {startLoad, type Load} from '../load/load.js';
import {bytesOfNextFrame} from '../measure/frames.js';
import {residentMemory} from '../measure/memory.js';
import {median, quantile, ratioOf} from '../measure/statistics.js';
import {cpuOfKey, watchProgram, type Watched} from '../measure/watch.js';
import {ratioRow, type Group, type Row} from '../row.js';

/** Share of the sockets that change every second. */
const changing = 0.05;

/** Seconds after which V8 has compiled what a tick needs and the first window is old. */
const settling = 10;

const turns = 3;

type LiveFigures = {
	readonly watched: readonly Watched[];
	readonly memory: number;
	readonly repaint: number;
	/** Milliseconds of CPU for a key that moves the cursor, by round. */
	readonly keys: readonly number[];
};

/** Watches the live view over a load, with its memory and the size of a full repaint. */
const watchLive = async (load: Load, seconds: number, rounds: number, between: () => Promise<void>): Promise<LiveFigures> => {
	const watched = [];
	const memory = [];
	const repaints = [];
	const keys = [];
	for (let round = 0; round < rounds; round++) {
		const program = startProgram(load.scene);
		try {
			await program.waitFor(hasRows, 'rows');
			await watchProgram(program, Math.min(settling, seconds));
			watched.push(await watchProgram(program, seconds));
			memory.push(residentMemory(program.pid));
			repaints.push(await bytesOfNextFrame(program, () => {
				program.resize(terminal.columns - 1, terminal.rows);
			}));
			program.resize(terminal.columns, terminal.rows);
			keys.push(await cpuOfKey(program, seconds));
		} finally {
			await program.end();
		}

		await between();
	}

	return {
		watched, memory: Math.max(...memory), repaint: Math.max(...repaints), keys,
	};
};

/** Watches `watch` in the same terminal. */
const watchWatch = async (load: Load, seconds: number): Promise<Watched> => {
	const program = startCommand(load.scene, 'watch', ['-n', '1', 'ss -tanpi']);
	try {
		await program.waitFor(hasRows, 'rows of ss');
		return await watchProgram(program, seconds);
	} finally {
		await program.end();
	}
};

/** What the live view costs while it is left open. */
export const live: Group = {
	name: 'live',
	async run({few, many, seconds}, tell) {
		const theirs: Watched[] = [];
		const small = await withLoad(few, async load => {
			tell(`watching ${few} sockets for ${turns} × ${seconds} s, in turns with \`watch\``);
			return watchLive(load, seconds, turns, async () => {
				theirs.push(await watchWatch(load, seconds));
			});
		});
		const large = await withLoad(many, async load => {
			tell(`watching ${many} sockets for ${seconds} s`);
			return watchLive(load, seconds, 1, async () => undefined);
		});

		const cpu = small.watched.map(figures => figures.cpu);
		const theirCpu = theirs.map(figures => figures.cpu);
		const bytes = small.watched.map(figures => figures.bytes);
		const place = `live at 1 s, ${few} sockets, ${changing * 100} % changing, ${terminal.columns}×${terminal.rows}`;
		return [
			ratioRow({
				what: `CPU of the whole program, ${place}`,
				against: '`watch -n 1 \'ss -tanpi\'` in the same terminal, its children counted',
				budget: 0.8,
				ratio: ratioOf(cpu, theirCpu),
				detail: `${median(cpu).toFixed(1)} ms a second; \`watch\` ${median(theirCpu).toFixed(1)} ms`,
			}),
			{
				what: `CPU of answering and drawing a key that moves the cursor, with ${many} sockets, sampling aside`,
				against: `with ${few}`,
				budget: 1.2,
				unit: 'ratio',
				value: median(large.keys) / median(small.keys),
				detail: `${median(large.keys).toFixed(1)} ms a key; ${median(small.keys).toFixed(1)} ms with ${few}; the whole program with ${many} sockets ${
					median(large.watched.map(figures => figures.cpu)).toFixed(1)} ms a second`,
			},
			bytesRow(bytes, small.repaint),
			{
				what: `resident memory, ${place}`,
				against: 'an idle Node.js has 45 MB, htop 8 MB',
				budget: 110,
				unit: 'MB',
				value: small.memory,
				detail: `the largest of ${turns} runs of ${seconds + settling} s; ${large.memory.toFixed(0)} MB with ${many} sockets`,
			},
		];
	},
};

const withLoad = async <Result>(sockets: number, work: (load: Load) => Promise<Result>): Promise<Result> => {
	const load = await startLoad(sockets);
	try {
		await load.touchEverySecond(sockets * changing);
		return await work(load);
	} finally {
		await load.stop();
	}
};

const bytesRow = (bytes: readonly number[], repaint: number): Row => ({
	what: `bytes to the terminal per tick, ${changing * 100} % changing`,
	against: 'a full repaint',
	budget: 0.25,
	unit: 'ratio',
	value: median(bytes) / repaint,
	spread: {low: quantile(bytes, 0.25) / repaint, high: quantile(bytes, 0.75) / repaint},
	detail: `${median(bytes).toFixed(0)} bytes; a repaint ${repaint} bytes`,
});
