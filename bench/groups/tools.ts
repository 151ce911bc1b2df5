/** The cost of leaving conntop open, compared with similar programs: the same sockets, the same terminal, one run. */
import {setTimeout as delay} from 'node:timers/promises';
import {spawnSync} from 'node:child_process';
import type {Emulator} from '../../test/helpers/emulator.js';
import type {Pty} from '../../test/helpers/pty.js';
import {startLoad, type Load} from '../load/load.js';
import {hasRows, startCommand, startProgram} from '../load/program.js';
import {privateMemory, residentMemory} from '../measure/memory.js';
import {median} from '../measure/statistics.js';
import {watchProgram} from '../measure/watch.js';
import type {Size} from '../row.js';

/** The figures of one program. */
export type ToolFigures = {
	readonly name: string;
	/** Milliseconds of CPU time per second, children included. */
	readonly cpu: number;
	/** MB. */
	readonly resident: number;
	/** MB that no other process shares. */
	readonly private: number;
	/** Milliseconds from start to the first screen with content, wall time. */
	readonly start: number;
};

type Tool = {
	/** The command line. */
	readonly name: string;
	readonly start: (load: Load) => Pty;
	readonly hasContent: (screen: Emulator) => boolean;
	/** Name of the program that must be installed. */
	readonly needs?: string;
};

/** @param sign A text on the first screen with content. */
const other = (command: string, args: readonly string[], sign: string): Tool => ({
	name: [command, ...args].map(word => /\s/v.test(word) ? `'${word}'` : word).join(' '),
	start: load => startCommand(load.scene, command, args),
	hasContent: screen => screen.text().includes(sign),
	needs: command,
});

const tools: readonly Tool[] = [
	{name: 'conntop', start: load => startProgram(load.scene), hasContent: hasRows},
	other('watch', ['-n', '1', 'ss -tanpi'], '127.0.0.'),
	other('watch', ['-n', '1', 'ss -tan'], '127.0.0.'),
	other('htop', ['-d', '10'], 'Load average'),
	other('iptstate', ['-R', '1'], 'IPTState'),
	other('nethogs', ['-a'], 'NetHogs'),
];

/** Seconds until a program has read once what it needs, and for conntop until V8 has compiled its code. */
const warmUp = 5;
const ownWarmUp = 30;

const rounds = 2;

/** Whether a program is installed. */
const isInstalled = (command: string): boolean => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;

const watchTool = async (load: Load, tool: Tool, seconds: number): Promise<ToolFigures> => {
	const {name, start, hasContent, needs} = tool;
	const started = performance.now();
	const program = start(load);
	try {
		await program.waitFor(hasContent, `the first screen of ${name}`);
		const elapsed = performance.now() - started;
		await delay(Math.min(needs === undefined ? ownWarmUp : warmUp, seconds * 2) * 1000);
		const {cpu} = await watchProgram(program, seconds);
		return {
			name, cpu, resident: residentMemory(program.pid), private: privateMemory(program.pid), start: elapsed,
		};
	} finally {
		await program.end();
	}
};

/** Measures each installed program in turns. A program that cannot run here is left out and reported. */
export const compareTools = async ({few, seconds}: Size, log: (step: string) => void): Promise<readonly ToolFigures[]> => {
	const load = await startLoad(few);
	try {
		await load.touchEverySecond(few * 0.05);
		const figures: ToolFigures[] = [];
		const installed = tools.filter(({needs}) => needs === undefined || isInstalled(needs));
		for (const tool of Array.from({length: rounds}, () => installed).flat()) {
			log(`watching ${tool.name} with ${few} sockets`);
			try {
				figures.push(await watchTool(load, tool, seconds));
			} catch (error) {
				log(`${tool.name} does not run here: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`);
			}
		}

		return [...Map.groupBy(figures, ({name}) => name)].map(([name, rows]) => ({
			name,
			cpu: median(rows.map(({cpu}) => cpu)),
			resident: Math.max(...rows.map(({resident}) => resident)),
			private: Math.max(...rows.map(row => row.private)),
			start: median(rows.map(({start}) => start)),
		}));
	} finally {
		await load.stop();
	}
};
