import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {hasRows, startCommand, startProgram} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf, takeTurns} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** The time from the start to the first rows. */
export const start: Group = {
	name: 'start',
	async run({few, rounds}, log) {
		log(`starting ${rounds} times with ${few} sockets`);
		const load = await startLoad(few);
		const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cache-'));
		/** Starts the program and quits it with `q`, so that it writes its code cache. */
		const startOnce = async (): Promise<number> => {
			const started = performance.now();
			const program = startProgram(load.scene, [], {XDG_CACHE_HOME: cache});
			await program.waitFor(hasRows, 'rows');
			const elapsed = performance.now() - started;
			program.type('q');
			await program.exit;
			await program.end();
			return elapsed;
		};

		try {
			const first = await startOnce();
			const measurements = {
				program: startOnce,
				async node() {
					const started = performance.now();
					const program = startCommand(load.scene, process.execPath, ['-e', '0']);
					await program.exit;
					const elapsed = performance.now() - started;
					await program.end();
					return elapsed;
				},
			};
			await takeTurns(2, measurements);
			const {program, node} = await takeTurns(rounds, measurements);
			return [ratioRow({
				what: 'start to first frame with rows, wall time',
				against: '`node -e 0`',
				budget: 6,
				ratio: ratioOf(program, node),
				detail: `${median(program).toFixed(0)} ms; \`node -e 0\` ${median(node).toFixed(0)} ms; the first start, without a code cache, ${first.toFixed(0)} ms`,
			})];
		} finally {
			fs.rmSync(cache, {recursive: true});
			await load.stop();
		}
	},
};
