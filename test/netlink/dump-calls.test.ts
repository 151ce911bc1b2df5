import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net, {type AddressInfo} from 'node:net';
import test from 'ava';
import {Family} from '../../source/addresses/family.js';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createDumpCalls, type DumpCalls} from '../../source/netlink/dump-calls.js';
import {dumpRequest} from '../../source/netlink/inet-request.js';
import {runParts} from '../../source/parts/parts.js';
import {receiveAsync, sendAsync, SystemCallError} from '../../source/system/system-calls.js';

/** Makes dumps whose calls take this many milliseconds each. Returns where each call was made. */
const createDumps = () => {
	const clock = {time: 0};
	const calls = createDumpCalls(() => clock.time);
	return async (...milliseconds: readonly number[]): Promise<string[]> => {
		const made: string[] = [];
		for (const took of milliseconds) {
			const make = (where: string) => (): void => {
				made.push(where);
				clock.time += took;
			};

			const elsewhere = make('elsewhere');
			await runParts(calls.call(make('here'), async () => {
				elsewhere();
			}));
		}

		calls.endDump();
		return made;
	};
};

test('calls are made here while all dumps are short', async t => {
	const dump = createDumps();
	t.deepEqual(await dump(1, 1, 1), ['here', 'here', 'here']);
	t.deepEqual(await dump(7), ['here']);
	t.deepEqual(await dump(0.1), ['here']);
});

test('after a long dump, the first call and those after long calls are made elsewhere', async t => {
	const dump = createDumps();
	t.deepEqual(await dump(0.4, ...Array.from({length: 20}, () => 0.4)), Array.from({length: 21}, () => 'here'));
	t.deepEqual(await dump(0.1, 0.1), ['elsewhere', 'here'], 'a short dump between long ones');
	t.deepEqual(await dump(40, 3, 0.1, 0.1), ['elsewhere', 'elsewhere', 'elsewhere', 'here']);
});

test('calls are made here again some dumps after the last long one', async t => {
	const dump = createDumps();
	await dump(10);
	for (let count = 0; count < 32; count++) {
		t.deepEqual(await dump(0.1), ['elsewhere']);
	}

	t.deepEqual(await dump(0.1), ['here']);
});

test('a call that fails elsewhere fails in the dump', async t => {
	let time = 0;
	const calls: DumpCalls = createDumpCalls(() => time++ * 100);
	await runParts(calls.call(() => 0, async () => 0));
	calls.endDump();
	time = 1000;
	await t.throwsAsync(runParts(calls.call(() => 0, async (): Promise<number> => {
		throw new Error('no memory');
	})), {message: 'no memory'});
});

test('a dump in another thread has the answers of one in this thread', async t => {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	/** Family, state, timer and retransmits of a listener, and its port: the begin of a struct inet_diag_msg. */
	const listener = `020a0000${port.toString(16).padStart(4, '0')}`;
	let time = 0;
	const socket = openDiagSocket(undefined, createDumpCalls(() => time++ * 100));
	const request = (sequence: number): Uint8Array => dumpRequest({
		family: Family.inet, ipProtocol: 6, states: 0xFF_FF, extensions: 0, bytecode: undefined,
	}, sequence);
	let found = 0;
	const note = (start: number, end: number): void => {
		found += Buffer.from(socket.views.bytes.subarray(start, end)).toString('hex').includes(listener) ? 1 : 0;
	};

	const sequence = socket.nextSequence();
	const here = socket.dump(request(sequence), sequence, note);
	t.deepEqual([here.errno, found], [0, 1]);
	for (const expected of [2, 3]) {
		const next = socket.nextSequence();
		const {errno} = await runParts(socket.dumpInParts(request(next), next, note));
		t.deepEqual([errno, found], [0, expected]);
	}

	socket.close();
	server.close();
});

test('a system call that fails in another thread tells its errno', async t => {
	for (const call of [sendAsync, receiveAsync]) {
		const error = await t.throwsAsync(call(-1, new Uint8Array(16)), {instanceOf: SystemCallError});
		t.is(error.code, 'EBADF');
	}
});
