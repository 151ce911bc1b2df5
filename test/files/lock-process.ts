/** Takes a lock in a process of its own, reports that, and keeps the lock until the process is ended. */
import fs from 'node:fs';
import process from 'node:process';
import {withLock} from '../../source/files/lock.js';

await withLock(process.argv[2], () => {
	fs.writeSync(1, 'held\n');
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
