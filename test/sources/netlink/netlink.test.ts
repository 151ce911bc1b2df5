import {constants} from 'node:os';
import process from 'node:process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import type {DiagSocket} from '../../../source/netlink/diag-socket.js';
import {SystemCallError} from '../../../source/system/system-calls.js';
import {createNetlinkSource} from '../../../source/sources/netlink/netlink.js';
import {SourceError, type SampleReport} from '../../../source/sources/source.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import type {Changes} from '../../../source/table/changes.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State, stateCount} from '../../../source/table/columns/states.js';
import {testInNamespace} from '../../helpers/conntop.js';
import {startScene} from '../../helpers/namespace.js';
import {isMainTcp, scriptedSocket} from '../../helpers/scripted-socket.js';

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/netlink/${name}.nl`, import.meta.url));

const takeSample = (table: SocketTable, socket: DiagSocket): {sample: (now: number) => Promise<Changes & {report: SampleReport}>} => {
	const source = createNetlinkSource(table, {hasBoundInactive: true, open: () => socket});
	return {
		async sample(now) {
			table.begin(now);
			const report = await source.sample(table, {columns: new Set()});
			return {...table.end(report.complete), report};
		},
	};
};

test('a failing socket is a problem of that sample only', async t => {
	let isBroken = true;
	const {socket} = scriptedSocket(() => isBroken ? {error: new SystemCallError('recv', constants.errno.EAGAIN)} : {});
	const {sample} = takeSample(new SocketTable(), socket);
	t.deepEqual((await sample(0)).report, {complete: [], problems: ['netlink failed (recv: EAGAIN); trying again']});
	isBroken = false;
	t.deepEqual((await sample(1000)).report.problems, []);
});

test('netlink refused at the start is a SourceError with the reason', t => {
	const error = t.throws(() => createNetlinkSource(new SocketTable(), {
		hasBoundInactive: false,
		open() {
			throw new SystemCallError('socket', constants.errno.EPROTONOSUPPORT);
		},
	}), {instanceOf: SourceError});
	t.regex(error.message, /EPROTONOSUPPORT/v);
});

test('sockets that a dump missed are looked up: closed at once if the kernel does not find them, otherwise kept', async t => {
	let isMissing = false;
	let isLiving = true;
	const {socket, lookups} = scriptedSocket(
		asked => isMainTcp(asked) && !isMissing ? {bytes: recorded('tcp-inet-ext255')} : {},
		() => isLiving,
	);
	const table = new SocketTable();
	const {sample} = takeSample(table, socket);
	await sample(0);
	// The bound, inactive socket of the recording is in another scope.
	const expected = table.size - 1;
	isMissing = true;
	t.deepEqual((await sample(1000)).closed, []);
	t.deepEqual(lookups, [expected]);
	await sample(1500);
	isMissing = false;
	await sample(2000);
	t.is(table.size, expected + 1);
	isMissing = true;
	isLiving = false;
	// Listeners may be members of a group, which lookups cannot find.
	const listeners = table.counts[Protocol.tcp * stateCount + State.listen];
	t.is((await sample(3000)).closed.length, expected - listeners);
	t.is((await sample(4000)).closed.length, 0);
	t.is((await sample(5000)).closed.length, listeners);
});

testInNamespace('shows the sockets that ss shows at the same moment', async t => {
	const scene = await startScene('netlink');
	try {
		const listener = await scene.listen({port: 7000, host: '127.0.0.1'});
		await scene.listen({port: 7001, host: '::'});
		await scene.connect({port: 7000, host: '127.0.0.1'});
		await scene.connect({port: 7001, host: '::1'});
		await scene.connect({port: 7001, host: '127.0.0.1'});
		await scene.bindUdp({port: 5353, host: '0.0.0.0'});
		await scene.bindUdp({port: 5354, host: '::'});
		t.truthy(listener);
		const script = fileURLToPath(import.meta.resolve('../netlink-lines.ts'));
		const ours = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, script]);
		const theirs = await scene.run('ss', ['-Htnau']);
		const words = (text: string): string[] => text.split('\n').map(line => line.trim().split(/\s+/v).slice(0, 6).join(' ')).filter(line => line !== '').toSorted();
		t.is(ours.stderr, '');
		t.deepEqual(words(ours.stdout), words(theirs.stdout));
		t.true(words(ours.stdout).length >= 10);
	} finally {
		await scene.stop();
	}
}, 'ss');
