import {Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createViews, headerLength} from '../../../source/netlink/framing.js';
import type {DiagSocket, Outcome} from '../../../source/netlink/diag-socket.js';
import {createFamilyTables} from '../../../source/sources/netlink/family-tables.js';
import {domainFamilies, Protocol, type ProtocolName} from '../../../source/table/columns/protocols.js';
import type {Changes} from '../../../source/table/changes.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {testInNamespace} from '../../helpers/conntop.js';
import {startScene} from '../../helpers/namespace.js';
import {message, u32, u64} from '../../helpers/diag-messages.js';
import {inParts} from '../../helpers/in-parts.js';
import {eachMessage} from '../../helpers/each-message.js';

const {EINVAL, ENOENT, EMSGSIZE, EPERM, EPROTONOSUPPORT, ESTALE} = constants.errno;

const recorded = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/netlink/${name}.nl`, import.meta.url));

type Asked = {readonly family: number; readonly protocol: number; readonly words: readonly number[]; readonly length: number};

type Answer = {readonly bytes?: Uint8Array; readonly outcome?: Partial<Outcome>};

const readRequest = (request: Uint8Array): Asked => ({
	family: request[headerLength],
	protocol: request[headerLength + 1],
	words: [...new Uint32Array(request.buffer, headerLength)],
	length: request.byteLength,
});

/** A socket with scripted answers; an exact lookup returns an errno. */
const scripted = (script: (asked: Asked) => Answer, lookUp: (inode: number) => number = () => ENOENT) => {
	const views = createViews(0x1_00_00);
	const asked: Asked[] = [];
	let sequence = 0;
	const socket: DiagSocket = {
		views,
		nextSequence: () => ++sequence,
		...inParts((request, _sequence, take) => {
			const what = readRequest(request);
			asked.push(what);
			const {bytes = new Uint8Array(), outcome} = script(what);
			views.bytes.set(bytes);
			eachMessage(views, bytes.byteLength, take);
			return {
				errno: 0, truncated: 0, interrupted: false, ...outcome,
			};
		}),
		discard: () => 0,
		command: () => 0,
		lookUp(requests, {count}, answer) {
			const words = new Uint32Array(requests.buffer);
			for (let index = 0; index < count; index++) {
				answer(index, {errno: lookUp(words[((index * requests.byteLength / count) + headerLength + 8) / 4])});
			}
		},
		close() {
			// Nothing to release.
		},
	};
	return {socket, asked};
};

const sampler = (table: SocketTable, socket: DiagSocket, readNetFile?: (name: string) => string | undefined) => {
	const read = createFamilyTables(table, socket, {readNetFile});
	let now = 0;
	return (...protocols: readonly ProtocolName[]): Changes & {readonly problems: readonly string[]} => {
		const problems: string[] = [];
		const scopes: Array<Parameters<SocketTable['end']>[0][number]> = [];
		table.begin(now += 1000);
		read({
			protocols: new Set(protocols),
			columns: new Set(),
			complete(complete) {
				scopes.push(...complete);
			},
			problem(sentence) {
				problems.push(sentence);
			},
		});
		return {...table.end(scopes), problems};
	};
};

test('requests only the wanted tables', t => {
	const {socket, asked} = scripted(() => ({}));
	const sample = sampler(new SocketTable(), socket);
	sample('tcp', 'udp');
	t.deepEqual(asked, []);
	sample('u_seq', 'p_raw', 'nl', 'v_str', 'xdp', 'ti_rd', 'smc');
	t.deepEqual(asked.map(({family}) => family), [1, 17, 16, 40, 44, 30, 43]);
	t.deepEqual(asked.map(({length}) => length - headerLength), [24, 20, 20, 24, 20, 8, 52]);
	t.is(asked[2].protocol, 0xFF, 'all netlink protocols are requested');
});

test('inet_diag protocols are requested by their number, MPTCP by an attribute', t => {
	const {socket, asked} = scripted(() => ({}));
	sampler(new SocketTable(), socket)('raw', 'mptcp', 'udplite', 'sctp', 'dccp');
	t.deepEqual(asked.map(({family, protocol}) => [family, protocol]), [
		[2, 255], [10, 255], [2, 0], [10, 0], [2, 136], [10, 136], [2, 132], [10, 132], [2, 33], [10, 33],
	]);
	t.deepEqual(asked[2].words.slice(-2), [8 | (3 << 16), 262]);
});

test('a family that the kernel lacks is reported once and never requested again', t => {
	const refusals: Readonly<Record<number, number>> = {[domainFamilies.vsock]: ENOENT, [domainFamilies.tipc]: EPROTONOSUPPORT};
	const {socket, asked} = scripted(({family, protocol}) => ({outcome: {errno: refusals[family] ?? (protocol === 33 ? EINVAL : 0)}}));
	const sample = sampler(new SocketTable(), socket);
	t.deepEqual(sample('v_str', 'ti_st', 'dccp', 'u_str').problems, [
		'this kernel cannot list DCCP sockets', 'this kernel cannot list VSOCK sockets', 'this kernel cannot list TIPC sockets',
	]);
	const before = asked.length;
	t.deepEqual(sample('v_str', 'ti_st', 'dccp', 'u_str').problems, []);
	t.deepEqual(asked.slice(before).map(({family}) => family), [1]);
});

test('raw sockets that the kernel does not list are read from files, in each sample', t => {
	const {socket, asked} = scripted(() => ({outcome: {errno: ENOENT}}));
	const line = ' 1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000 0        0 5 2 0 0';
	let files: Readonly<Record<string, string>> = {raw: line};
	const table = new SocketTable();
	const sample = sampler(table, socket, name => files[name]);
	const first = sample('raw');
	t.deepEqual([first.opened.length, first.problems], [1, []]);
	t.is(asked.length, 2);
	files = {raw: `${line}\n${line.replace(' 5 ', ' 6 ')}`};
	t.is(sample('raw').opened.length, 1);
	t.is(asked.length, 2, 'no request is repeated');
	files = {};
	t.deepEqual(sample('raw').closed, []);
	t.deepEqual(sampler(new SocketTable(), socket)('raw').problems, ['this kernel cannot list raw sockets']);
});

test('a family that lacks only IPv6 is read', t => {
	const {socket, asked} = scripted(({family}) => ({outcome: {errno: family === 10 ? ENOENT : 0}}));
	const sample = sampler(new SocketTable(), socket);
	t.deepEqual(sample('raw').problems, []);
	sample('raw');
	t.is(asked.length, 4);
});

test('other errors are problems of that sample, and close nothing', t => {
	let errno = 0;
	const {socket} = scripted(() => errno === 0 ? {bytes: recorded('packet-show3f')} : {outcome: {errno}});
	const table = new SocketTable();
	const sample = sampler(table, socket);
	sample('p_raw', 'p_dgr');
	errno = EPERM;
	t.deepEqual(sample('p_raw', 'p_dgr').problems, ['packet sockets: the kernel answered EPERM']);
	sample('p_raw', 'p_dgr');
	sample('p_raw', 'p_dgr');
	t.is(table.size, 2);
});

test('an unbound XDP socket ends the kernel\'an unbound XDP socket ends the kernel\'s list: this is reported, and closes nothing', t => {
	const xdp = (cookie: number) => message(Buffer.concat([Buffer.of(44, 3, 0, 0), u32(cookie), u64(cookie)]));
	let isCut = false;
	const {socket} = scripted(() => isCut ? {bytes: xdp(1), outcome: {errno: EMSGSIZE}} : {bytes: Buffer.concat([xdp(1), xdp(2)])});
	const table = new SocketTable();
	const sample = sampler(table, socket);
	t.deepEqual(sample('xdp').problems, []);
	isCut = true;
	for (let round = 0; round < 4; round++) {
		t.deepEqual(sample('xdp').problems, ['the kernel stopped listing XDP sockets at one that is not bound: some may be missing']);
	}

	t.is(table.size, 2);
});

test('UNIX sockets that a dump missed are looked up: closed at once if the kernel does not find them, otherwise kept', t => {
	let isMissing = false;
	const errnos: Record<number, number> = {7_773_850: ENOENT, 7_773_851: ESTALE};
	const {socket} = scripted(() => isMissing ? {} : {bytes: recorded('unix-show7f')}, inode => errnos[inode] ?? EPERM);
	const table = new SocketTable();
	const sample = sampler(table, socket);
	sample('u_str', 'u_dgr', 'u_seq');
	const {size} = table;
	isMissing = true;
	const {closed} = sample('u_str', 'u_dgr', 'u_seq');
	t.deepEqual(closed.map(slot => table.core.inode[slot]).toSorted((a, b) => a - b), [7_773_850, 7_773_851]);
	t.is(table.size, size - 2);
	t.true(closed.every(slot => table.core.protocol[slot] === Protocol.u_str));
});

type SceneResult = {
	readonly ours: readonly string[];
	readonly theirs: string;
	readonly theirNetlink: string;
	readonly problems: readonly string[];
	readonly isMptcpThere: boolean;
	readonly flickers: number;
	readonly closings: number;
};

/** The name of a UNIX socket's peer, which `ss` does not print. */
const peerName = / (?:\/|@).*(?= \d+$)/v;

const withoutPeerName = (line: string): string => {
	const [, before, after] = /^(?<before>u_\S+ \S+ \d+ \d+ \* \d+)(?<after> .*)$/v.exec(line) ?? [];
	return before === undefined || after === undefined ? line : before + after.replace(peerName, ' *');
};

const collapse = (line: string): string => line.trim().replaceAll(/\s+/gv, ' ');

testInNamespace('shows the sockets of all families that ss shows at the same moment, without flicker while sockets come and go', async t => {
	const scene = await startScene('families');
	try {
		const script = fileURLToPath(import.meta.resolve('../family-scene.ts'));
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, script]);
		t.is(stderr, '');
		const {ours, theirs, theirNetlink, problems, isMptcpThere, flickers, closings} = JSON.parse(stdout) as SceneResult;
		t.deepEqual(problems, []);
		const isNetlink = (line: string): boolean => line.startsWith('nl ');
		t.is(ours.filter(line => withoutPeerName(line) !== line).length, 1);
		t.deepEqual(ours.filter(line => !isNetlink(line)).map(line => withoutPeerName(line)).toSorted(), theirs.split('\n').map(line => collapse(line)).filter(line => line !== '').toSorted());
		// Without the netlink sockets of the two programs, and without queues; `ss` prints names of processes, and lists members of groups twice.
		const ends = (lines: readonly string[]): string[] => [...new Set(lines.filter(line => isNetlink(line) && !/ tcpdiag:(?!kernel)/v.test(line))
			.map(line => line.replaceAll(/:[^ \/:]+\//gv, ':').split(' ').slice(4).join(' ')))].toSorted();
		t.deepEqual(ends(ours), ends(theirNetlink.split('\n').map(line => collapse(line))));
		t.true(ours.length > 15);
		t.is(ours.filter(line => line.startsWith('mptcp ')).length, isMptcpThere ? 3 : 0);
		t.is(flickers, 0);
		t.is(closings, 20 * 300);
	} finally {
		await scene.stop();
	}
}, 'ss');
