/** The time from a key to its effect on the screen. Wall times, in milliseconds. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Emulator} from '../../test/helpers/emulator.js';
import type {Pty} from '../../test/helpers/pty.js';
import {terminal} from '../load/program.js';
import type {Row} from '../row.js';
import {median, quantile} from './statistics.js';

/** Milliseconds between keys. Not a divisor of a second, so that keys occur at all points between two samples. */
const pause = 137;

/** Milliseconds of one frame at 30 fps. */
const frame = 1000 / 30;

/** The screen row of the cursor, or -1. */
const selectedRow = (screen: Emulator): number => {
	for (let row = 0; row < terminal.rows - 1; row++) {
		if (screen.cell(row, 3).inverse && screen.cell(row, 0).inverse && /\d\.\d+:\d/v.test(screen.lines()[row] ?? '')) {
			return row;
		}
	}

	return -1;
};

/** The number of shown sockets in the header, or `all` if it has none. */
const shown = (screen: Emulator): string => / (?<count>\d+) shown/v.exec(screen.text())?.groups?.count ?? 'all';

/** Types keys, and waits after each until the observed value has changed. */
const typeKeys = async (program: Pty, keys: readonly string[], observe: (screen: Emulator) => number | string): Promise<readonly number[]> => {
	const waits: number[] = [];
	for (const key of keys) {
		const before = observe(program.emulator);
		const started = performance.now();
		program.type(key);
		await program.waitFor(screen => observe(screen) !== before, `the effect of ${JSON.stringify(key)}`);
		waits.push(performance.now() - started);
		await delay(pause);
	}

	return waits;
};

/** Repeats keys up to a total of `count`. */
const repeat = (keys: readonly string[], count: number): readonly string[] => Array.from({length: count}, (_, index) => keys[index % keys.length]);

/** Measures moving the cursor up and down. */
export const waitForCursor = async (program: Pty, count: number): Promise<readonly number[]> => {
	// The first key sets the cursor. Then it moves down and up.
	await typeKeys(program, ['j'], selectedRow);
	const waits = await typeKeys(program, repeat([...repeat(['j'], 20), ...repeat(['k'], 20)], count), selectedRow);
	await goBack(program);
	return waits;
};

/** Pauses after Escape, because bytes that follow immediately would belong to the same key. */
const goBack = async (program: Pty): Promise<void> => {
	program.type('\u{1B}');
	await delay(pause);
};

/** Measures typing a port of the load, digit by digit, and deleting it: each key changes the filter over all sockets. */
export const waitForFilter = async (program: Pty, port: number, count: number): Promise<readonly number[]> => {
	const digits = [...String(port)];
	const waits = await typeKeys(program, repeat([...digits, ...digits.map(() => '\u{7F}')], count), shown);
	await goBack(program);
	return waits;
};

export const waitRow = (what: string, waits: readonly number[]): Row => ({
	what: `${what}, wall time, 99th percentile`,
	against: 'one frame at 30 fps',
	budget: 1.5,
	unit: 'ratio',
	value: quantile(waits, 0.99) / frame,
	spread: {low: quantile(waits, 0.25) / frame, high: quantile(waits, 0.75) / frame},
	detail: `${quantile(waits, 0.99).toFixed(0)} ms; median ${median(waits).toFixed(0)} ms, longest ${Math.max(...waits).toFixed(0)} ms of ${waits.length}`,
});
