import fs from 'node:fs';
import {hasRows, startProgram, terminal} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {residentMemory} from '../measure/memory.js';
import {waitForCursor, waitForFilter, waitRow} from '../measure/waits.js';
import {watchProgram} from '../measure/watch.js';
import type {Group} from '../row.js';

/** What a socket of the load costs the machine, measured: the kernel's TCP socket, inode and file, and its share of the process that holds it. */
const loadBytesPerSocket = 8000;

/** Share of the memory that is free which the load may take. */
const shareOfMemory = 0.7;

/** Seconds until a sample of a million sockets has stretched the interval, and the search for owners is over. */
const settling = 60;

const availableBytes = (): number => Number(/^MemAvailable:\s+(?<size>\d+) kB/mv.exec(fs.readFileSync('/proc/meminfo', 'utf8'))?.groups?.size) * 1024;

/** The interval in the status line; what was asked for is 1 s. */
const intervalOf = (text: string): string => /every (?<interval>[\d.]+ ?m?s)/v.exec(text)?.groups?.interval ?? 'unknown';

/** The live view over as many sockets as the budget for the table's memory speaks of, or as fit into this machine. Takes minutes. */
export const million: Group = {
	name: 'million',
	isOnRequest: true,
	async run({table: wanted, seconds, few, keys}, tell) {
		const free = availableBytes();
		const fitting = Math.floor(free * shareOfMemory / loadBytesPerSocket);
		const sockets = Math.min(wanted, fitting);
		const isAll = sockets === wanted;
		tell(`opening ${sockets} sockets${isAll ? '' : `, which is what fits into ${(free / 1e9).toFixed(0)} GB`}`);
		const load = await startLoad(sockets);
		try {
			const perSocket = (free - availableBytes()) / load.sockets;
			// Few, whatever the number: what is measured is the sample.
			await load.touchEverySecond(few);
			const program = startProgram(load.scene);
			try {
				await program.waitFor(hasRows, 'rows');
				tell(`watching them for ${settling} + ${3 * seconds} s`);
				await watchProgram(program, Math.min(settling, seconds * 3));
				const {cpu} = await watchProgram(program, 3 * seconds);
				const place = `live, asked for every second, ${load.sockets} sockets${isAll ? '' : ' (the most that fit)'}, ${terminal.columns}×${terminal.rows}`;
				const memory = residentMemory(program.pid);
				tell(`typing twice ${keys} keys`);
				const keyRows = [
					waitRow(`key to frame with ${load.sockets} sockets, moving the cursor`, await waitForCursor(program, keys)),
					waitRow(`key to frame with ${load.sockets} sockets, typing a port`, await waitForFilter(program, 443, keys)),
				];
				return [
					{
						what: `CPU of the whole program, ${place}`,
						against: 'one core, of which sampling may take 0.2',
						budget: 0.4,
						unit: 'ratio',
						value: cpu / 1000,
						detail: `${cpu.toFixed(0)} ms a second; it samples every ${intervalOf(program.emulator.text())}`,
					},
					{
						what: 'resident memory per socket, the same',
						against: 'table, owners, names, and what Node.js takes',
						budget: 600,
						unit: 'bytes',
						value: memory * 1e6 / load.sockets,
						detail: `${memory.toFixed(0)} MB in all; a socket of the load costs the machine ${perSocket.toFixed(0)} bytes`,
					},
					...keyRows,
				];
			} finally {
				await program.end();
			}
		} finally {
			await load.stop();
		}
	},
};
