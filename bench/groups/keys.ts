import {setTimeout as delay} from 'node:timers/promises';
import type {Emulator} from '../../test/helpers/emulator.js';
import {hasRows, startProgram, terminal} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {median, quantile} from '../measure/statistics.js';
import type {Group} from '../row.js';

/** Milliseconds of one frame at 30 frames a second. */
const frame = 1000 / 30;

/** Milliseconds between keys: no divisor of a second, so that keys fall everywhere between two samples. */
const pause = 137;

/** The row of the screen that the cursor is on, or -1. */
const selectedRow = (screen: Emulator): number => {
	for (let row = 0; row < terminal.rows - 1; row++) {
		if (screen.cell(row, 3).inverse && screen.cell(row, 0).inverse && /^.\s*(?:tcp|udp)/v.test(screen.lines()[row] ?? '')) {
			return row;
		}
	}

	return -1;
};

/** How long one waits for what a key does. */
export const keys: Group = {
	name: 'keys',
	async run({many, keys: count}, tell) {
		tell(`opening ${many} sockets`);
		const load = await startLoad(many);
		const program = startProgram(load.scene);
		try {
			await load.touchEverySecond(many * 0.05);
			await program.waitFor(hasRows, 'rows');
			await delay(5000);
			tell(`typing ${count} keys`);
			const waits: number[] = [];
			const type = async (key: string): Promise<number> => {
				const before = selectedRow(program.emulator);
				const started = performance.now();
				program.type(key);
				await program.waitFor(screen => selectedRow(screen) !== before, `the cursor to move on ${key}`);
				return performance.now() - started;
			};

			// The first key sets the cursor; from then on it goes down and up again.
			await type('j');
			for (let index = 0; index < count; index++) {
				// eslint-disable-next-line no-await-in-loop -- one key at a time.
				waits.push(await type(index % 40 < 20 ? 'j' : 'k'));
				// eslint-disable-next-line no-await-in-loop
				await delay(pause);
			}

			return [{
				what: `key to frame with ${many} sockets, wall time, 99th percentile`,
				against: 'one frame at 30 a second',
				budget: 1.5,
				unit: 'ratio',
				value: quantile(waits, 0.99) / frame,
				spread: {low: quantile(waits, 0.25) / frame, high: quantile(waits, 0.75) / frame},
				detail: `${quantile(waits, 0.99).toFixed(0)} ms; median ${median(waits).toFixed(0)} ms, longest ${Math.max(...waits).toFixed(0)} ms of ${count}`,
			}];
		} finally {
			await program.end();
			await load.stop();
		}
	},
};
