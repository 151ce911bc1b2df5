import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';

const program = fileURLToPath(import.meta.resolve('./refresh-program.ts'));

type Row = {
	readonly protocol: 'tcp' | 'udp';
	readonly localPort: number;
	readonly peerPort: number;
	readonly sent: number | undefined;
	readonly recvQ: number;
	readonly isRefreshed: boolean;
};

testUnless(namespaceUnavailable, 'reads given sockets again by exact lookups, also UDP and IPv6', async t => {
	const scene = await startScene('refresh');
	const {port} = await scene.listen({read: false});
	const {id, localPort} = await scene.connect({port});
	const {port: udpPort} = await scene.bindUdp({host: '::1'});
	const {port: udpClient} = await scene.connectUdp({port: udpPort, host: '::1'});
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program]);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	const exited = once(child, 'exit');
	try {
		const lines = readline.createInterface({input: child.stdout});
		const next = async (): Promise<readonly Row[]> => {
			const [line] = await once(lines, 'line') as [string];
			return JSON.parse(line) as readonly Row[];
		};

		const before = await next();
		const find = (rows: readonly Row[], wanted: number | undefined): Row | undefined => rows.find(row => row.localPort === wanted && row.peerPort !== 0);
		t.is(find(before, localPort)?.sent, 0);
		const answer = next();
		await scene.send(id, 500);
		child.stdin.write('again\n');
		const after = await answer;
		t.is(find(after, localPort)?.sent, 500);
		t.is(find(after, port)?.recvQ, 500);
		t.is(after.length, before.length);
		t.true(after.every(({isRefreshed}) => isRefreshed));
		t.is(find(after, udpClient)?.protocol, 'udp');
	} finally {
		child.kill();
		await exited;
		await scene.stop();
	}
});
