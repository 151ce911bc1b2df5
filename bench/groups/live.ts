import {
	hasRows,
	startCommand,
	startProgram,
	terminal,
} from '../load/program.js';
import {changing, withLoad, type Load} from '../load/load.js';
import {bytesOfNextFrame} from '../measure/frames.js';
import {residentMemory} from '../measure/memory.js';
import {median, quantile, ratioOf} from '../measure/statistics.js';
import {cpuOfKey, watchProgram, type Watched} from '../measure/watch.js';
import {ratioRow, type Group, type Row} from '../row.js';

/** Seconds until V8 has compiled the code of a sample and the sockets of the first window are no longer new. */
const warmUp = 30;

const turns = 3;

type LiveFigures = {
	/** While V8 compiles. */
	readonly starts: readonly Watched[];
	readonly watched: readonly Watched[];
	readonly memory: number;
	readonly repaint: number;
	/** Milliseconds of CPU time for a key that moves the cursor, for each round. */
	readonly keys: readonly number[];
};

/** Watches the live view over a load, and measures its memory and the size of a full repaint. */
const watchLive = async (load: Load, seconds: number, rounds: number, between: () => Promise<void>): Promise<LiveFigures> => {
	const starts = [];
	const watched = [];
	const memory = [];
	const repaints = [];
	const keys = [];
	for (let round = 0; round < rounds; round++) {
		const program = startProgram(load.scene);
		try {
			await program.waitFor(hasRows, 'rows');
			starts.push(await watchProgram(program, Math.min(warmUp, seconds * 2)));
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
		starts, watched, memory: Math.max(...memory), repaint: Math.max(...repaints), keys,
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

/** The cost of leaving the live view open. */
export const live: Group = {
	name: 'live',
	async run({few, many, seconds}, log) {
		const theirs: Watched[] = [];
		const small = await withLoad(few, async load => {
			log(`watching ${few} sockets for ${turns} × ${seconds} s, in turns with \`watch\``);
			return watchLive(load, seconds, turns, async () => {
				theirs.push(await watchWatch(load, seconds));
			});
		});
		const large = await withLoad(many, async load => {
			log(`watching ${many} sockets for ${seconds} s`);
			return watchLive(load, seconds, 1, async () => undefined);
		});

		const cpu = small.watched.map(figures => figures.cpu);
		const theirCpu = theirs.map(figures => figures.cpu);
		const bytes = small.watched.map(figures => figures.bytes);
		const scenario = `live at 1 s, ${few} sockets, ${changing * 100} % changing, ${terminal.columns}×${terminal.rows}`;
		return [
			ratioRow({
				what: `CPU of the whole program, ${scenario}`,
				against: '`watch -n 1 \'ss -tanpi\'` in the same terminal, including its children',
				budget: 0.5,
				ratio: ratioOf(cpu, theirCpu),
				detail: `${median(cpu).toFixed(1)} ms per second; \`watch\` ${median(theirCpu).toFixed(1)} ms; in the first seconds, while V8 compiles, ${median(small.starts.map(figures => figures.cpu)).toFixed(1)} ms`,
			}),
			{
				what: `CPU of handling and drawing a key that moves the cursor, with ${many} sockets, without sampling`,
				against: `with ${few}`,
				budget: 1.2,
				unit: 'ratio',
				value: median(large.keys) / median(small.keys),
				detail: `${median(large.keys).toFixed(1)} ms per key; ${median(small.keys).toFixed(1)} ms with ${few}; the whole program with ${many} sockets ${
					median(large.watched.map(figures => figures.cpu)).toFixed(1)} ms per second`,
			},
			bytesRow(bytes, small.repaint),
			{
				what: `resident memory, ${scenario}`,
				against: 'an idle Node.js has 45 MB, htop 8 MB',
				budget: 80,
				unit: 'MB',
				value: small.memory,
				detail: `the largest of ${turns} runs of ${seconds + warmUp} s; ${large.memory.toFixed(0)} MB with ${many} sockets`,
			},
		];
	},
};

const bytesRow = (bytes: readonly number[], repaint: number): Row => ({
	what: `bytes to the terminal per sample, ${changing * 100} % changing`,
	against: 'a full repaint',
	budget: 0.05,
	unit: 'ratio',
	value: median(bytes) / repaint,
	spread: {low: quantile(bytes, 0.25) / repaint, high: quantile(bytes, 0.75) / repaint},
	detail: `${median(bytes).toFixed(0)} bytes; a repaint ${repaint} bytes`,
});
