import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';

const program = fileURLToPath(import.meta.resolve('../../source/cli.ts'));

type Line = {
	readonly event: string;
	readonly localPort: number;
	readonly unseen?: boolean;
	readonly bytesSent?: number;
	readonly bytesReceived?: number;
	readonly rtt?: number;
	readonly peerAddress?: string;
	readonly processes?: ReadonlyArray<{readonly pid: number}>;
};

testUnless(namespaceUnavailable, 'events reports a connection of a few milliseconds, with its bytes and the process that accepted it', async t => {
	const scene = await startScene('server');
	const {port} = await scene.listen({});
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, 'events', '--json', '--interval', '1']);
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	try {
		let found: Line | undefined;
		readline.createInterface({input: child.stdout}).on('line', text => {
			// The last line may be incomplete when the program is killed.
			if (found !== undefined) {
				return;
			}

			const line = JSON.parse(text) as Line;
			// The listener's owner is known after an owner search.
			if (line.unseen === true && line.localPort === port && line.processes !== undefined) {
				found = line;
			}
		});
		while (found === undefined && child.exitCode === null) {
			const {id} = await scene.connect({port});
			await scene.send(id, 1234);
			await scene.close(id);
		}

		t.like(found, {
			event: 'closed', unseen: true, peerAddress: '127.0.0.1', bytesSent: 0, bytesReceived: 1234,
		});
		t.true((found?.rtt ?? 0) > 0);
		t.deepEqual(found?.processes?.map(({pid}) => pid), [scene.pid]);
	} finally {
		child.kill();
		await exited;
		await scene.stop();
	}
});
