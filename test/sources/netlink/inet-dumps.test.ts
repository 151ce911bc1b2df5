import {constants} from 'node:os';
import test from 'ava';
import type {DiagSocket} from '../../../source/netlink/diag-socket.js';
import {MessageType} from '../../../source/netlink/framing.js';
import {createInetParser} from '../../../source/netlink/inet-parser.js';
import {runParts} from '../../../source/parts/parts.js';
import {createInetDumps, type Dumped} from '../../../source/sources/netlink/inet-dumps.js';
import {unrestricted} from '../../../source/sources/netlink/restriction.js';
import type {SampleRequest} from '../../../source/sources/source.js';
import {Family} from '../../../source/addresses/family.js';
import {Protocol, type ProtocolName} from '../../../source/table/columns/protocols.js';
import type {Restriction} from '../../../source/table/socket-condition.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';
import {isMainTcp, scriptedSocket} from '../../helpers/scripted-socket.js';

const {ENOENT, EINVAL, EPERM, EOPNOTSUPP} = constants.errno;

const inet: ReadonlySet<ProtocolName> = new Set(['tcp', 'udp']);

type DumpsOptions = {
	readonly hasBoundInactive?: boolean;
	readonly drain?: () => void;
	/** Files of /proc/net. */
	readonly files?: Readonly<Record<string, string>>;
	readonly table?: SocketTable;
};

/** Creates a function that reads the dumps of a sample from this socket. */
const dumpsFrom = (
	socket: DiagSocket, {hasBoundInactive = true, drain = (): void => undefined, files = {}, table = new SocketTable()}: DumpsOptions = {},
): (request?: Partial<SampleRequest>) => Promise<Dumped> => {
	const dumps = createInetDumps(table, {
		socket, parser: createInetParser(table, socket.views), hasBoundInactive, namespace: 0, drain, readNetFile: name => files[name],
	});
	return async (request = {}) => {
		table.setOptionalColumns(request.columns ?? new Set());
		table.begin(0);
		return runParts(dumps.read({columns: new Set(), ...request}, inet));
	};
};

test('requests TCP of both families in one walk, UDP in two, and bound sockets in some samples only', async t => {
	const {socket, asked} = scriptedSocket(() => ({}));
	const read = dumpsFrom(socket);
	await read();
	t.deepEqual(asked.map(({type, family, ipProtocol}) => [type, family, ipProtocol]), [
		[MessageType.getSockCompat, 0, 6],
		[MessageType.getSockCompat, 0, 6],
		[MessageType.sockDiagByFamily, Family.inet, 17],
		[MessageType.sockDiagByFamily, Family.inet6, 17],
	]);
	t.is(asked[1].states, 1 << 13);
	await read();
	t.is(asked.length, 7);
});

test('a kernel without the old request gets one for each family', async t => {
	const {socket, asked} = scriptedSocket(({type}) => type === MessageType.getSockCompat ? {outcome: {errno: EINVAL}} : {});
	const read = dumpsFrom(socket);
	t.deepEqual((await read()).problems, []);
	await read();
	t.is(asked.filter(({type}) => type === MessageType.getSockCompat).length, 1);
	t.true(asked.some(({family, ipProtocol}) => family === Family.inet6 && ipProtocol === 6));
});

test('requests only the attributes that the columns need', async t => {
	const {socket, asked} = scriptedSocket(() => ({}));
	const read = dumpsFrom(socket);
	for (const columns of [new Set<never>(), new Set(['cwnd'] as const), new Set(['drops'] as const)]) {
		await read({columns});
	}

	const info = 1 << 1;
	const skMemInfo = 1 << 6;
	t.deepEqual(asked.filter(request => isMainTcp(request)).map(({extensions}) => extensions), [info, info, info | skMemInfo]);
});

test('protocols that the kernel does not list over netlink are read from files; that is reported, and so are missing files', async t => {
	for (const [name, ipProtocol] of [['tcp', 6], ['udp', 17]] as const) {
		const {socket, asked} = scriptedSocket(request => request.ipProtocol === ipProtocol ? {outcome: {errno: ENOENT}} : {});
		const table = new SocketTable();
		const files = {
			[name]: `  sl
   0: 0100007F:0016 00000000:0000 07 00000000:00000005 00:00000000 00000000     0        0 4711 1 0000000000000000 0
`,
		};
		const read = dumpsFrom(socket, {table, files});
		const {problems, complete, ofFiles} = await read();
		t.is(problems.length, 1);
		t.regex(problems[0], new RegExp(`^this kernel does not list ${name.toUpperCase()} sockets over netlink .* reading /proc/net/${name} instead`, 'v'));
		t.deepEqual([...table.core.localPort.subarray(0, table.used)], [22]);
		t.deepEqual(ofFiles.map(({protocol, family}) => [protocol, family]), [[Protocol[name], Family.inet]]);
		t.true(complete.every(({protocol}) => protocol !== Protocol[name]), 'sockets from files are not looked up over netlink');
		const before = asked.filter(request => request.ipProtocol === ipProtocol).length;
		t.is((await read()).problems.length, 1);
		t.is(asked.filter(request => request.ipProtocol === ipProtocol).length, before, 'a request loads kernel modules, so it is not repeated');
		t.is(table.size, 1);
		t.regex((await dumpsFrom(socket)()).problems[0], new RegExp(`^this kernel does not list ${name.toUpperCase()} sockets over netlink [^;]*$`, 'v'));
	}
});

test('a kernel without inet_diag rejects even the old request, and lists no TCP over netlink', async t => {
	const {socket} = scriptedSocket(({type}) => ({outcome: {errno: type === MessageType.getSockCompat ? EOPNOTSUPP : ENOENT}}));
	const {problems} = await dumpsFrom(socket, {
		files: {
			tcp: '', tcp6: '', udp: '', udp6: '',
		},
	})();
	t.is(problems.length, 2);
});

test('a rejected request is a problem, and its scope is not complete', async t => {
	const refusal: number = EPERM;
	const {socket} = scriptedSocket(({ipProtocol}) => ipProtocol === 17 ? {outcome: {errno: refusal}} : {});
	const read = dumpsFrom(socket);
	const {complete, problems, isTcpComplete} = await read();
	t.is(problems.length, 2);
	t.regex(problems[0], /^udp over IPv4: the kernel answered EPERM$/v);
	t.true(complete.every(({protocol}) => protocol === Protocol.tcp));
	t.true(isTcpComplete);
});

test('a truncated answer is reported, and its scope is not complete', async t => {
	const {socket} = scriptedSocket(asked => isMainTcp(asked) ? {outcome: {truncated: 2}} : {});
	const {complete, problems, isTcpComplete} = await dumpsFrom(socket)();
	t.is(problems.length, 1);
	t.regex(problems[0], /2 answers were truncated/v);
	t.false(complete.some(({protocol, states}) => protocol === Protocol.tcp && states !== 1 << State.unconnected));
	t.false(isTcpComplete);
});

test('listeners are requested separately, without the filter, and a filter that the kernel rejects is left out', async t => {
	let isRefused = false;
	const {socket, asked} = scriptedSocket(({hasBytecode}) => isRefused && hasBytecode ? {outcome: {errno: EPERM}} : {});
	const read = dumpsFrom(socket, {hasBoundInactive: false});
	const restrict = (name: ProtocolName): Restriction => name === 'tcp'
		? {
			...unrestricted, condition: {
				kind: 'port', end: 'peer', from: 80, to: 80,
			},
		}
		: {...unrestricted, families: []};
	const listening = 1 << State.listen;
	const seen = (): unknown => asked.splice(0).map(({states, hasBytecode}) => [states === listening ? 'listeners' : 'others', hasBytecode]);
	t.deepEqual((await read({restrict})).complete.filter(({protocol}) => protocol === Protocol.tcp), []);
	t.deepEqual(seen(), [['others', true], ['listeners', false]]);
	isRefused = true;
	t.deepEqual((await read({restrict})).problems, []);
	t.deepEqual(seen(), [['others', true], ['others', false], ['listeners', false]]);
});

test('reads destroy events after some datagrams', async t => {
	const {socket} = scriptedSocket(() => ({}));
	let drained = 0;
	const read = dumpsFrom(socket, {
		drain() {
			drained++;
		},
	});
	for (let sample = 0; sample < 4; sample++) {
		await read();
	}

	// One datagram for each of 4 + 3 + 3 + 3 dumps.
	t.is(drained, 1);
});
