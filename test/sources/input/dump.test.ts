import {readFileSync} from 'node:fs';
import test from 'ava';
import fc from '../../helpers/property.js';
import {checkDump, createDumpSource} from '../../../source/sources/input/dump.js';
import {InputError} from '../../../source/sources/source.js';
import {Family} from '../../../source/addresses/family.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';

const content = readFileSync(new URL('../../fixtures/netlink/ss-D.dump', import.meta.url));

const noColumns = {columns: new Set<never>()};

const open = (bytes: Uint8Array, table = new SocketTable()) => ({table, source: createDumpSource(table, checkDump({content: bytes, label: 'some.dump', file: 'some.dump'}))});

test('shows all sockets of a file written by ss -D, also those after the first end mark', async t => {
	const {table, source} = open(content);
	table.begin(0);
	const {complete, problems} = await source.sample(table, noColumns);
	table.end(complete);
	t.deepEqual(problems, []);
	t.is(table.size, 29);
	t.is(table.core.family.subarray(0, table.used).filter(family => family === Family.inet6).length, 6);
});

test('reading it again changes nothing', async t => {
	const {table, source} = open(content);
	for (const now of [0, 1000, 2000]) {
		table.begin(now);
		const {complete} = await source.sample(table, noColumns);
		const {opened, closed} = table.end(complete);
		t.is(opened.length, now === 0 ? 29 : 0);
		t.deepEqual(closed, []);
	}
});

test('a socket of a file can be examined with all columns, even unwanted ones', async t => {
	const {table, source} = open(content);
	table.begin(0);
	const {complete} = await source.sample(table, noColumns);
	table.end(complete);
	const slot = table.core.state.subarray(0, table.used).indexOf(State.established);
	const examination = source.examine?.(slot);
	examination?.read(0);
	t.true((examination?.table.optional('cwnd')?.[examination.slot] ?? 0) > 0);
	t.is(examination?.table.size, 1);
	t.is(examination?.table.core.localPort[examination.slot], table.core.localPort[slot]);
	t.is(table.optional('cwnd'), undefined);
});

test('a truncated file is shown up to the cut, with a message', async t => {
	const {table, source} = open(content.subarray(0, 1000));
	table.begin(0);
	const {problems} = await source.sample(table, noColumns);
	t.is(problems.length, 1);
	t.regex(problems[0], /^some\.dump ends in the middle of a message/v);
	t.true(table.size > 0);
});

test('a dump without its last message may lack sockets, but does not end in the middle of a message', async t => {
	const lastMessage = 20;
	const problemsOf = async (bytes: Uint8Array): Promise<readonly string[]> => {
		const {table, source} = open(bytes);
		table.begin(0);
		const {problems} = await source.sample(table, noColumns);
		return problems;
	};

	t.deepEqual(await problemsOf(content.subarray(0, content.length - lastMessage)), ['some.dump lacks the message that ends a complete dump: sockets may be missing']);
	t.deepEqual(await problemsOf(content.subarray(0, content.length - lastMessage - 4)), ['some.dump ends in the middle of a message; the sockets before it are shown']);
	t.deepEqual(await problemsOf(content), []);
});

test('another kind of file is refused with one sentence', t => {
	const other = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/netlink/${name}.nl`, import.meta.url));
	for (const bytes of [new Uint8Array(), new TextEncoder().encode('Netid State Recv-Q Send-Q\n'), new Uint8Array(4096), other('unix-show7f')]) {
		t.throws(() => open(bytes), {instanceOf: InputError, message: 'some.dump is neither a file written by `ss -D` nor output of `ss`'});
	}
});

test('any bytes are either shown or refused', async t => {
	const isFine = async (bytes: Uint8Array): Promise<boolean> => {
		try {
			const {table, source} = open(bytes);
			table.begin(0);
			await source.sample(table, noColumns);
			return true;
		} catch (error) {
			return error instanceof InputError;
		}
	};

	await fc.assert(fc.asyncProperty(
		fc.nat(content.byteLength),
		fc.array(fc.record({at: fc.nat(content.byteLength - 1), value: fc.nat(255)}), {maxLength: 20}),
		async (length, changes) => {
			const bytes = Uint8Array.from(content.subarray(0, length));
			for (const {at, value} of changes) {
				bytes[at] = value;
			}

			t.true(await isFine(bytes));
		},
	));
});
