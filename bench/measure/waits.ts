/** How long a person waits for what a key does. Wall times, in milliseconds. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Emulator} from '../../test/helpers/emulator.js';
import type {Pty} from '../../test/helpers/pty.js';
import {terminal} from '../load/program.js';
import type {Row} from '../row.js';
import {median, quantile} from './statistics.js';

/** Milliseconds between keys: no divisor of a second, so that keys fall everywhere between two samples. */
const pause = 137;

/** One frame at 30 frames a second. */
const frame = 1000 / 30;

/** The row of the screen that the cursor is on, or -1. */
const selectedRow = (screen: Emulator): number => {
	for (let row = 0; row < terminal.rows - 1; row++) {
		if (screen.cell(row, 3).inverse && screen.cell(row, 0).inverse && /^.\s*(?:tcp|udp)/v.test(screen.lines()[row] ?? '')) {
			return row;
		}
	}

	return -1;
};

/** How many sockets the header says are shown; all where it says nothing. */
const shown = (screen: Emulator): string => / (?<count>\d+) shown/v.exec(screen.text())?.groups?.count ?? 'all';

/** Types keys, and waits after each until what is looked at has changed. */
const typeKeys = async (program: Pty, keys: readonly string[], look: (screen: Emulator) => number | string): Promise<readonly number[]> => {
	const waits: number[] = [];
	for (const key of keys) {
		const before = look(program.emulator);
		const started = performance.now();
		program.type(key);
		await program.waitFor(screen => look(screen) !== before, `what ${JSON.stringify(key)} does`);
		waits.push(performance.now() - started);
		await delay(pause);
	}

	return waits;
};

/** The first of endlessly repeated keys. */
const repeat = (keys: readonly string[], count: number): readonly string[] => Array.from({length: count}, (_, index) => keys[index % keys.length]);

/** Moves the cursor up and down. */
export const waitForCursor = async (program: Pty, count: number): Promise<readonly number[]> => {
	// The first key sets the cursor; from then on it goes down and up again.
	await typeKeys(program, ['j'], selectedRow);
	const waits = await typeKeys(program, repeat([...repeat(['j'], 20), ...repeat(['k'], 20)], count), selectedRow);
	await goBack(program);
	return waits;
};

/** What follows an escape at once would be one key with it. */
const goBack = async (program: Pty): Promise<void> => {
	program.type('\u{1B}');
	await delay(pause);
};

/** Types a port of the load, digit by digit, and takes it back: each key is another filter over all sockets. */
export const waitForFilter = async (program: Pty, port: number, count: number): Promise<readonly number[]> => {
	const digits = [...String(port)];
	const waits = await typeKeys(program, repeat([...digits, ...digits.map(() => '\u{7F}')], count), shown);
	await goBack(program);
	return waits;
};

export const waitRow = (what: string, waits: readonly number[]): Row => ({
	what: `${what}, wall time, 99th percentile`,
	against: 'one frame at 30 a second',
	budget: 1.5,
	unit: 'ratio',
	value: quantile(waits, 0.99) / frame,
	spread: {low: quantile(waits, 0.25) / frame, high: quantile(waits, 0.75) / frame},
	detail: `${quantile(waits, 0.99).toFixed(0)} ms; median ${median(waits).toFixed(0)} ms, longest ${Math.max(...waits).toFixed(0)} ms of ${waits.length}`,
});
