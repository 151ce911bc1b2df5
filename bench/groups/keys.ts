import {setTimeout as delay} from 'node:timers/promises';
import {hasRows, startProgram} from '../load/program.js';
import {startLoad} from '../load/load.js';
import {waitForCursor, waitForFilter, waitRow} from '../measure/waits.js';
import type {Group} from '../row.js';

/** The time from a key to its frame. */
export const keys: Group = {
	name: 'keys',
	async run({many, keys: count}, log) {
		log(`opening ${many} sockets`);
		const load = await startLoad(many);
		const program = startProgram(load.scene);
		try {
			await load.touchEverySecond(many * 0.05);
			await program.waitFor(hasRows, 'rows');
			await delay(5000);
			log(`typing ${count} keys twice`);
			return [
				waitRow(`key to frame with ${many} sockets, moving the cursor`, await waitForCursor(program, count)),
				waitRow(`key to frame with ${many} sockets, typing a port`, await waitForFilter(program, 443, count)),
			];
		} finally {
			await program.end();
			await load.stop();
		}
	},
};
