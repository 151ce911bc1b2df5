import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {hasRows, startCommand, startProgram} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf, takeTurns} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** How long one waits for the first rows. */
export const start: Group = {
	name: 'start',
	async run({few, rounds}, tell) {
		tell(`starting ${rounds} times over ${few} sockets`);
		const load = await startLoad(few);
		const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cache-'));
		/** Starts the program and leaves it as a person does: it then keeps what it has compiled. */
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
			const contestants = {
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
			await takeTurns(2, contestants);
			const {program, node} = await takeTurns(rounds, contestants);
			return [ratioRow({
				what: 'start to first frame with rows, wall time',
				against: '`node -e 0`',
				budget: 6,
				ratio: ratioOf(program, node),
				detail: `${median(program).toFixed(0)} ms; \`node -e 0\` ${median(node).toFixed(0)} ms; the first start of all, which compiles, ${first.toFixed(0)} ms`,
			})];
		} finally {
			fs.rmSync(cache, {recursive: true});
			await load.stop();
		}
	},
};
