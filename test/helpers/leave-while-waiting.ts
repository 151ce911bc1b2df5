/** A program that exits while one of Node.js's own threads waits for a file that never opens. */
import fs from 'node:fs/promises';
import process from 'node:process';
import {leave} from '../../source/commands/leave.js';

void fs.open(process.argv[2]);
process.once('exit', code => {
	process.stdout.write(`exit ${code}`);
});
await leave(3);
