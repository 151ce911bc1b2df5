import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import {once} from 'node:events';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createSampler} from '../../source/sampling/sampler.js';
import {columnsFor, fields} from '../../source/fields/registry.js';
import {readCell} from '../../source/fields/model/cell.js';
import {plainLookups} from '../../source/names/lookups.js';
import {matcherOf} from '../../source/query/match/matcher.js';
import type {LocalMachine} from '../../source/sources/local-machine.js';
import {
	attribute,
	message,
	u16,
	u32,
	u64,
} from '../helpers/inet-messages.js';

const sockDiagByFamily = 20;
const done = 3;
const cgroupId = 21;

/** A netlink message (`struct nlmsghdr`, 16 bytes, and its payload). */
const framed = (type: number, payload: Uint8Array): Uint8Array => Uint8Array.from([...u32(16 + payload.length), ...u16(type), ...u16(2), ...u32(1), ...u32(0), ...payload]);

/** A listener with a user, an interface and a cgroup. */
const answer = ({uid, interfaceIndex, cgroup}: {readonly uid: number; readonly interfaceIndex: number; readonly cgroup: number}): Uint8Array => {
	const bytes = message([attribute(cgroupId, u64(BigInt(cgroup)))], {state: 10, cookie: uid + 1, peerPort: 0});
	bytes.set(u32(interfaceIndex), 40);
	bytes.set(u32(uid), 64);
	return bytes;
};

/** Names every number. */
const knowsAll: LocalMachine = {
	hostname: 'OURS',
	kernelRelease: '6.18.44-OURS',
	time: {now: () => 5000, wall: () => 1_800_000_000_000},
	names: {
		userName: uid => `OURS${uid}`,
		interfaceName: index => `OURS${index}`,
		namespace: () => ({name: 'OURS', inode: 1}),
		cgroupPath: () => '/OURS.slice/OURS.service',
		localPorts: () => ({from: 1, to: 65_535}),
		processDetails: () => ({commandLine: 'OURS', uid: 0}),
	},
	interfaceIndex: () => 1,
	background: () => ({ancestors: [{pid: 1, name: 'OURS'}]}),
};

/** A file as written by `ss -D`, removed after the test. */
const dumpOf = (t: ExecutionContext, ...answers: readonly Uint8Array[]): string => {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'conntop-dump-'));
	t.teardown(() => {
		rmSync(directory, {recursive: true});
	});
	const file = path.join(directory, 'other-machine.dump');
	writeFileSync(file, Uint8Array.from([...answers.flatMap(bytes => [...framed(sockDiagByFamily, bytes)]), ...framed(done, u32(0)), ...framed(done, u32(0))]));
	return file;
};

test('sockets from a file of another machine are shown with numbers, never with names of this machine', async t => {
	const file = dumpOf(t, answer({uid: 101, interfaceIndex: 7, cgroup: 4242}), answer({uid: 0, interfaceIndex: 1, cgroup: 1}));
	const sampler = await createSampler({kind: 'file', path: file}, knowsAll);
	const {context, source, background} = sampler;
	const {changes} = await sampler.sample(columnsFor(fields));
	await sampler.findOwners(changes, Infinity);
	const cells = changes.opened.map(slot => new Map(fields.map(field => [field.id, readCell(field, context, slot)])));
	const shown = ['user', 'uid', 'local', 'cgroup', 'namespace', 'unit'];
	t.deepEqual(cells.map(cell => shown.map(id => cell.get(id))), [
		['101', 101, '0.0.0.0%7:80', '4242', undefined, undefined],
		['0', 0, '0.0.0.0%1:80', '1', undefined, undefined],
	]);
	t.false(JSON.stringify(cells.map(cell => [...cell])).includes('OURS'));
	t.is(source.facts.hostname, undefined);
	t.is(source.facts.kernelRelease, undefined);
	t.is(source.facts.file, 'other-machine.dump');
	t.is(background, undefined);
	sampler.close();
});

test('a filter finds sockets of a file by numbers, and not by names of this machine', async t => {
	const file = dumpOf(t, answer({uid: 101, interfaceIndex: 7, cgroup: 4242}));
	const sampler = await createSampler({kind: 'file', path: file}, knowsAll);
	const {changes} = await sampler.sample(columnsFor(fields));
	const [slot] = changes.opened;
	const isFoundBy = (filter: string): boolean => matcherOf({
		filter,
		search: '',
		classes: {protocols: ['tcp'], families: [], states: []},
		sort: {field: 'local', descending: false},
		columns: ['local'],
		window: {height: 1, cursor: {kind: 'none'}, frozen: false},
	}, sampler.context, plainLookups)(slot);
	const byNumber = ['user = 101', 'uid = 101', 'dev = 7', 'cgroup = 4242'];
	const byName = ['user = OURS101', 'dev = OURS7', 'cgroup = /OURS.slice/OURS.service', 'unit = OURS.service', 'namespace = OURS', 'OURS'];
	t.deepEqual([...byNumber, ...byName].filter(filter => isFoundBy(filter)), byNumber);

	sampler.close();
});

test('samples and the journal use the time of the source', async t => {
	let now = 5000;
	const time = {now: () => now, wall: () => 1_800_000_000_000 + now};
	const sampler = await createSampler({kind: 'local', prefer: 'auto'}, {...knowsAll, kernelRelease: '6.1.0', time});
	const {table} = sampler.context;
	const sample = async (): Promise<void> => {
		const {changes} = await sampler.sample(new Set(), ['tcp']);
		await sampler.findOwners(changes, 0);
	};

	await sample();
	t.is(table.now, 5000);
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	now = 65_000;
	await sample();
	t.is(table.now, 65_000);
	now = 65_900.5;
	t.is(sampler.sampleTime(), 1_800_000_065_000, 'when the sample began');
	const {port} = server.address() as net.AddressInfo;
	const entries = sampler.journal?.table;
	const entry = entries?.core.localPort.subarray(0, entries.used).indexOf(port) ?? -1;
	t.is(entries?.time[entry], 1_800_000_065_000);
	t.is(entries?.core.openedAt[entry], 65_000);
	server.close();
	sampler.close();
});
