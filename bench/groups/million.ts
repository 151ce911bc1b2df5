import fs from 'node:fs';
import {hasRows, startProgram, terminal} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {residentMemory} from '../measure/memory.js';
import {waitForCursor, waitForFilter, waitRow} from '../measure/waits.js';
import {watchProgram} from '../measure/watch.js';
import type {Group} from '../row.js';

/** The measured memory of a socket of the load: the kernel's TCP socket, inode and file, and its share of the process that holds it. */
const loadBytesPerSocket = 8000;

/** The share of free memory that the load may take. */
const shareOfMemory = 0.7;

/** Seconds until the program has adapted its interval to a million sockets, and the owner search is complete, which takes some three minutes. */
const warmUp = 240;

const availableBytes = (): number => Number(/^MemAvailable:\s+(?<size>\d+) kB/mv.exec(fs.readFileSync('/proc/meminfo', 'utf8'))?.groups?.size) * 1024;

/** The interval in the status line. The configured one is 1 s. */
const intervalOf = (text: string): string => /every (?<interval>[\d.]+ ?m?s)/v.exec(text)?.groups?.interval ?? 'unknown';

/** The live view with one million sockets, or as many as fit into this machine. Takes minutes. */
export const million: Group = {
	name: 'million',
	isOnRequest: true,
	async run({table: wanted, seconds, few, keys}, log) {
		const free = availableBytes();
		const fitting = Math.floor(free * shareOfMemory / loadBytesPerSocket);
		const sockets = Math.min(wanted, fitting);
		const isAll = sockets === wanted;
		log(`opening ${sockets} sockets${isAll ? '' : `, as many as fit into ${(free / 1e9).toFixed(0)} GB`}`);
		const load = await startLoad(sockets);
		try {
			const perSocket = (free - availableBytes()) / load.sockets;
			// A few only, because the sample is measured.
			await load.touchEverySecond(few);
			const program = startProgram(load.scene);
			try {
				await program.waitFor(hasRows, 'rows');
				log(`watching them for ${warmUp} + ${3 * seconds} s`);
				await watchProgram(program, Math.min(warmUp, seconds * 12));
				const {cpu} = await watchProgram(program, 3 * seconds);
				const scenario = `live at 1 s, ${load.sockets} sockets${isAll ? '' : ' (the most that fit)'}, ${terminal.columns}×${terminal.rows}`;
				const memory = residentMemory(program.pid);
				log(`typing ${keys} keys twice`);
				const keyRows = [
					waitRow(`key to frame with ${load.sockets} sockets, moving the cursor`, await waitForCursor(program, keys)),
					waitRow(`key to frame with ${load.sockets} sockets, typing a port`, await waitForFilter(program, 443, keys)),
				];
				return [
					{
						what: `CPU of the whole program, ${scenario}`,
						against: 'one core, of which sampling may take 0.2',
						budget: 0.4,
						unit: 'ratio',
						value: cpu / 1000,
						detail: `${cpu.toFixed(0)} ms per second; it samples every ${intervalOf(program.emulator.text())}`,
					},
					{
						what: 'resident memory per socket, the same',
						against: 'table, owners, names, and Node.js itself',
						budget: 600,
						unit: 'bytes',
						value: memory * 1e6 / load.sockets,
						detail: `${memory.toFixed(0)} MB in total; a socket of the load takes ${perSocket.toFixed(0)} bytes of the machine`,
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
