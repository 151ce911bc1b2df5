import {constants} from 'node:os';
import process from 'node:process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {
	createViews,
	headerLength,
	MessageType,
	walkMessages,
} from '../../source/netlink/framing.js';
import type {DiagSocket, Outcome} from '../../source/netlink/diag-socket.js';
import {SystemCallError} from '../../source/netlink/system-calls.js';
import {createNetlinkSource} from '../../source/sources/netlink.js';
import {SourceError, type SampleReport} from '../../source/sources/source.js';
import {Family, Protocol} from '../../source/table/protocols.js';
import {SocketTable, type Changes} from '../../source/table/socket-table.js';
import {State, stateCount} from '../../source/table/states.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {inParts} from '../helpers/in-parts.js';

const {ENOENT, EINVAL, EPERM} = constants.errno;

const good: Outcome = {errno: 0, truncated: 0, interrupted: false};

type Asked = {readonly type: number; readonly family: number; readonly ipProtocol: number; readonly states: number; readonly extensions: number};

/** What a request asks for, as the kernel would read it. */
const readRequest = (request: Uint8Array): Asked => {
	const view = new DataView(request.buffer, request.byteOffset);
	const type = view.getUint16(4, true);
	return type === MessageType.getSockCompat
		? {
			type, family: 0, ipProtocol: 6, states: view.getUint32(headerLength + 52, true), extensions: view.getUint8(headerLength + 3),
		}
		: {
			type, family: view.getUint8(headerLength), ipProtocol: view.getUint8(headerLength + 1),
			states: view.getUint32(headerLength + 4, true), extensions: view.getUint8(headerLength + 2),
		};
};

type Answer = {readonly bytes?: Uint8Array; readonly outcome?: Partial<Outcome>; readonly error?: Error};

/** A socket that answers dumps as the script says and knows which sockets an exact look-up would find. */
const scriptedSocket = (script: (asked: Asked) => Answer, isLiving: () => boolean = () => false): {socket: DiagSocket; asked: Asked[]; lookups: number[]} => {
	const views = createViews(0x1_00_00);
	const asked: Asked[] = [];
	const lookups: number[] = [];
	let sequence = 0;
	return {
		asked,
		lookups,
		socket: {
			views,
			nextSequence: () => ++sequence,
			...inParts((request, _sequence, message) => {
				const what = readRequest(request);
				asked.push(what);
				const {bytes = new Uint8Array(), outcome, error} = script(what);
				if (error !== undefined) {
					throw error;
				}

				views.bytes.set(bytes);
				const ignore = (): void => undefined;
				walkMessages(views, bytes.byteLength, {
					message(_type, start, end) {
						message(start, end);
					},
					error: ignore,
					done: ignore,
					interrupted: ignore,
				});
				return {...good, ...outcome};
			}),
			discard: () => 0,
			command: () => 0,
			lookUp(_requests, {count}, answer) {
				lookups.push(count);
				for (let index = 0; index < count; index++) {
					answer(index, {errno: isLiving() ? EPERM : ENOENT});
				}
			},
			close() {
				// Nothing to close.
			},
		},
	};
};

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/netlink/${name}.nl`, import.meta.url));

const isMainTcp = ({type, states}: Asked): boolean => type === MessageType.getSockCompat && (states & (1 << State.established)) !== 0;

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

test('asks for TCP of both families in one walk, for UDP in two, and for bound sockets now and then', async t => {
	const {socket, asked} = scriptedSocket(() => ({}));
	const {sample} = takeSample(new SocketTable(), socket);
	await sample(0);
	t.deepEqual(asked.map(({type, family, ipProtocol}) => [type, family, ipProtocol]), [
		[MessageType.getSockCompat, 0, 6],
		[MessageType.getSockCompat, 0, 6],
		[MessageType.sockDiagByFamily, Family.inet, 17],
		[MessageType.sockDiagByFamily, Family.inet6, 17],
	]);
	t.is(asked[1].states, 1 << 13);
	await sample(1000);
	t.is(asked.length, 7);
});

test('a kernel without the old request is asked for each family', async t => {
	const {socket, asked} = scriptedSocket(({type}) => type === MessageType.getSockCompat ? {outcome: {errno: EINVAL}} : {});
	const {sample} = takeSample(new SocketTable(), socket);
	t.deepEqual((await sample(0)).report.problems, []);
	await sample(1000);
	t.is(asked.filter(({type}) => type === MessageType.getSockCompat).length, 1);
	t.true(asked.some(({family, ipProtocol}) => family === Family.inet6 && ipProtocol === 6));
});

test('asks only for the attributes that the columns need', async t => {
	const {socket, asked} = scriptedSocket(() => ({}));
	const table = new SocketTable();
	const source = createNetlinkSource(table, {hasBoundInactive: false, open: () => socket});
	for (const columns of [new Set<never>(), new Set(['cwnd'] as const), new Set(['drops'] as const)]) {
		table.begin(0);
		// eslint-disable-next-line no-await-in-loop -- One sample after the other.
		await source.sample(table, {columns});
	}

	const info = 1 << 1;
	const skMemInfo = 1 << 6;
	t.deepEqual(asked.filter(request => isMainTcp(request)).map(({extensions}) => extensions), [info, info, info | skMemInfo]);
});

test('a protocol that the kernel lacks has no sockets and is no problem; a refusal is one, and closes nothing', async t => {
	let refusal: number = ENOENT;
	const {socket} = scriptedSocket(({ipProtocol}) => ipProtocol === 17 ? {outcome: {errno: refusal}} : {});
	const {sample} = takeSample(new SocketTable(), socket);
	t.deepEqual((await sample(0)).report.problems, []);
	refusal = EPERM;
	const {report} = await sample(1000);
	t.is(report.problems.length, 2);
	t.regex(report.problems[0], /^udp over IPv4: the kernel answered EPERM$/v);
	t.true(report.complete.every(({protocol}) => protocol === Protocol.tcp));
});

test('a cut answer is said, and closes nothing', async t => {
	const {socket} = scriptedSocket(asked => isMainTcp(asked) ? {outcome: {truncated: 2}} : {});
	const {report} = await takeSample(new SocketTable(), socket).sample(0);
	t.is(report.problems.length, 1);
	t.regex(report.problems[0], /2 answers were cut/v);
	t.false(report.complete.some(({protocol, states}) => protocol === Protocol.tcp && states !== 1 << State.unconnected));
});

test('a socket that fails is a problem of that sample only', async t => {
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

test('what a dump missed is looked up: gone at once when the kernel does not find it, kept while it answers otherwise', async t => {
	let isMissing = false;
	let isLiving = true;
	const {socket, lookups} = scriptedSocket(
		asked => isMainTcp(asked) && !isMissing ? {bytes: recorded('tcp-inet-ext255')} : {},
		() => isLiving,
	);
	const table = new SocketTable();
	const {sample} = takeSample(table, socket);
	await sample(0);
	// The bound, inactive socket of the recording is of another scope.
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
	// Listeners may be members of a group, which look-ups cannot find.
	const listeners = table.counts[Protocol.tcp * stateCount + State.listen];
	t.is((await sample(3000)).closed.length, expected - listeners);
	t.is((await sample(4000)).closed.length, 0);
	t.is((await sample(5000)).closed.length, listeners);
});

const testInNamespace = namespaceUnavailable === undefined ? test : test.skip;
const because = namespaceUnavailable === undefined ? '' : ` (skipped: ${namespaceUnavailable})`;

testInNamespace(`shows the sockets that ss shows at the same moment${because}`, async t => {
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
		const script = fileURLToPath(import.meta.resolve('./netlink-lines.ts'));
		const ours = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, script]);
		const theirs = await scene.run('ss', ['-Htnau']);
		const words = (text: string): string[] => text.split('\n').map(line => line.trim().split(/\s+/v).slice(0, 6).join(' ')).filter(line => line !== '').toSorted();
		t.is(ours.stderr, '');
		t.deepEqual(words(ours.stdout), words(theirs.stdout));
		t.true(words(ours.stdout).length >= 10);
	} finally {
		await scene.stop();
	}
});
