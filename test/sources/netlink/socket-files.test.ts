import test from 'ava';
import fc from '../../helpers/property.js';
import {findField} from '../../../source/fields/registry.js';
import {createOwnerSets} from '../../../source/owners/owner-sets.js';
import {readCell} from '../../../source/fields/model/cell.js';
import {readSocketFiles} from '../../../source/sources/netlink/socket-files.js';
import type {OptionalColumn} from '../../../source/table/columns/columns.js';
import type {Changes} from '../../../source/table/changes.js';
import {SocketTable} from '../../../source/table/socket-table.js';

/** The files of a little-endian machine. */
const raw = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 176: 0100007F:0006 0200007F:0000 01 0000000A:00000000 00:00000000 00000000   101        0 2822302 2 00000000d8d577d9 0
 199: 00000000:0001 00000000:0000 07 00000000:00000680 00:00000000 00000000     0        0 2822301 2 0000000013b95acb 17
`;
const raw6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  225: B80D0120000000000000000001000000:003A 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 2822303 2 000000009111ab1b 0
`;

const columns: readonly OptionalColumn[] = ['ipProtocol', 'drops'];
const ids = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'uid', 'inode', 'ipProtocol', 'drops', 'cookie'];

/** Takes a sample of files. An undefined file does not exist. */
const sample = (table: SocketTable, files: Readonly<Record<string, string | undefined>>): Changes => {
	table.begin(table.now + 1000);
	table.enter(3);
	return table.end(readSocketFiles(table, 'raw', name => files[name]) ?? []);
};

const cellsOf = (table: SocketTable, slot: number): readonly unknown[] => ids.map(id => {
	const field = findField(id);
	return field && readCell(field, {
		table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
	}, slot);
});

test('reads both files, with all values of a socket', t => {
	const table = new SocketTable();
	table.setOptionalColumns(columns);
	const {opened} = sample(table, {raw, raw6});
	t.deepEqual(opened.map(slot => cellsOf(table, slot)), [
		['raw', 'ESTAB', 0, 10, '127.0.0.1:6', '127.0.0.2:*', 101, 2_822_302, 6, 0, undefined],
		['raw', 'UNCONN', 1664, 0, '0.0.0.0:1', '0.0.0.0:*', 0, 2_822_301, 1, 17, undefined],
		['raw', 'UNCONN', 0, 0, '[2001:db8::1]:58', '[::]:*', 0, 2_822_303, 58, 0, undefined],
	]);
	t.true(opened.every(slot => table.core.namespace[slot] === 3));
});

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000002 00:00000000 00000000   101        0 500 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 00000007:00000009 00:00000000 00000000   101        0 INODE 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:C351 0100007F:1F90 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0000000000000000
`;

test('a TCP connection keeps its identity before it is accepted, while a process holds it, and in TIME-WAIT', t => {
	const table = new SocketTable();
	const read = (text: string): Changes => {
		table.begin(table.now + 1000);
		return table.end(readSocketFiles(table, 'tcp', name => name === 'tcp' ? text : undefined) ?? []);
	};

	const {opened} = read(tcp.replace('INODE', '0'));
	t.deepEqual(opened.map(slot => cellsOf(table, slot).slice(0, 8)), [
		['tcp', 'LISTEN', 2, undefined, '127.0.0.1:8080', '0.0.0.0:*', 101, 500],
		['tcp', 'ESTAB', 9, 7, '127.0.0.1:8080', '127.0.0.1:50000', undefined, undefined],
		['tcp', 'TIME-WAIT', 0, 0, '127.0.0.1:50001', '127.0.0.1:8080', undefined, undefined],
	]);
	t.deepEqual(read(tcp.replace('INODE', '501')).opened, []);
	t.is(table.core.inode[opened[1]], 501);
	const over = read(tcp.replace('INODE', '0').replace(' 01 ', ' 06 '));
	t.deepEqual([over.opened, over.changed], [[], [opened[1]]]);
	t.is(table.core.inode[opened[1]], 501, 'known values are kept');
});

test('a socket keeps its identity, and closes when it is missing from two samples', t => {
	const table = new SocketTable();
	t.is(sample(table, {raw, raw6}).opened.length, 3);
	const again = sample(table, {raw, raw6});
	t.deepEqual([again.opened, again.closed, again.changed], [[], [], []]);
	t.deepEqual(sample(table, {raw: '', raw6}).closed, []);
	t.is(sample(table, {raw: '', raw6}).closed.length, 2);
	t.is(table.size, 1);
});

test('one file may be missing: its sockets stay open; without both there is no result', t => {
	const table = new SocketTable();
	sample(table, {raw, raw6});
	for (let count = 0; count < 3; count++) {
		t.deepEqual(sample(table, {raw}).closed, []);
	}

	t.is(readSocketFiles(table, 'raw', () => undefined), undefined);
});

test('skips lines that are no sockets, whatever the files contain', t => {
	const lines = [
		'   1: 00000000:0001 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 0 2 0000000000000000 0',
		'   1: 00000000:0001 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5 2 0000000000000000 0',
		'   1: 0000',
		'',
	];
	const table = new SocketTable();
	t.is(sample(table, {raw: lines.join('\n')}).opened.length, 0);
	fc.assert(fc.property(fc.nat(raw6.length), fc.array(fc.tuple(fc.nat(raw6.length), fc.string({maxLength: 4})), {maxLength: 6}), (length, changes) => {
		let text = raw6;
		for (const [at, insert] of changes) {
			text = text.slice(0, at) + insert + text.slice(at + insert.length);
		}

		t.notThrows(() => sample(new SocketTable(), {raw: text.slice(0, length), raw6: text}));
	}));
});
