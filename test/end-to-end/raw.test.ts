/** Raw sockets, also on kernels that do not list them over netlink. */
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';

const program = fileURLToPath(import.meta.resolve('./raw-program.ts'));

testInNamespace('lists raw sockets as ss does, with their owners', async t => {
	const scene = await openScene(t);
	const run = async (...command: readonly string[]) =>
		scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, ...command]);
	const {stdout, stderr} = await run(process.execPath, builtProgram, 'list', '-w', '-H', '-n', '--columns', 'state,recvQ,sendQ,local,peer');
	t.is(stderr, '');
	const rowsOf = (text: string): readonly string[] => text.trim().split('\n').map(line => line.trim().replaceAll(/\s+/gv, ' ')).toSorted();
	const rows = rowsOf(stdout);
	t.deepEqual(rows, [
		'UNCONN 0 0 0.0.0.0:1 0.0.0.0:*',
		'UNCONN 0 0 127.0.0.1:6 0.0.0.0:*',
		'UNCONN 0 0 [::1]:58 [::]:*',
		'UNCONN 0 0 [::]:255 [::]:*',
	]);
	const ss = await run('ss', '-wanH');
	// `ss` prints the wildcard of IPv6 as `*`.
	t.deepEqual(rowsOf(ss.stdout.replaceAll(' *:', ' [::]:')), rows);
	const owners = await run(process.execPath, builtProgram, 'list', '-w', '--json', '--columns', 'uid,processes');
	t.true(owners.stdout.trim().split('\n').every(line => {
		const {uid, processes} = JSON.parse(line) as {readonly uid: number; readonly processes?: readonly unknown[]};
		return uid === 0 && (processes?.length ?? 0) > 0;
	}));
}, 'ss');
