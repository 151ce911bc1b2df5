import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {namespaceUnavailable, startScene} from '../../helpers/namespace.js';
import {testUnless} from '../../helpers/unless.js';

const program = fileURLToPath(import.meta.resolve('../examination-program.ts'));

type Examined = {
	readonly protocol: string;
	readonly state: string;
	readonly port: number;
	readonly isExamined: boolean;
	readonly receiveBuffer?: number;
	readonly cwnd?: number;
	readonly hasOwnInode: boolean;
	readonly hasSampleColumn: boolean;
	readonly sampledAt: number;
};

testUnless(namespaceUnavailable, 'reads all columns of one socket in addition to samples, also of SO_REUSEPORT groups and UNIX sockets', async t => {
	const scene = await startScene('examine');
	try {
		const {port} = await scene.listen({read: false});
		await scene.connect({port});
		const {port: shared} = await scene.listen({reusePort: true});
		await scene.listen({reusePort: true, port: shared});
		const {port: udp} = await scene.bindUdp({reusePort: true});
		await scene.bindUdp({reusePort: true, port: udp});
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program]);
		t.is(stderr, '');
		const examined = stdout.trim().split('\n').map(line => JSON.parse(line) as Examined);
		const of = (protocol: string, state?: string): readonly Examined[] => examined.filter(each => each.protocol === protocol && (state === undefined || each.state === state));

		t.is(of('tcp', 'ESTAB').length, 2);
		t.true(of('tcp', 'ESTAB').every(({cwnd = 0, receiveBuffer = 0}) => cwnd > 0 && cwnd < 1000 && receiveBuffer > 1000));
		t.is(of('tcp', 'LISTEN').filter(each => each.port === shared).length, 2);
		t.is(of('udp').length, 2);
		const all = [...of('tcp'), ...of('udp'), ...of('u_str')];
		t.true(all.every(({isExamined, receiveBuffer = 0, hasOwnInode}) => isExamined && receiveBuffer > 0 && receiveBuffer < 2 ** 31 && hasOwnInode));
		// The kernel lists netlink sockets only as a whole.
		t.true(of('nl').every(({isExamined}) => !isExamined));
		t.true(examined.every(({hasSampleColumn, sampledAt}) => !hasSampleColumn && sampledAt === 1000));
	} finally {
		await scene.stop();
	}
});
