/** A program that stops threads while they watch a descriptor, and then ends. */
import {once} from 'node:events';
import {Worker} from 'node:worker_threads';

for (let count = 0; count < 4; count++) {
	const worker = new Worker(new URL('watching-worker.ts', import.meta.url));
	await once(worker, 'message');
	await worker.terminate();
}
