/** Compares every attribute from the netlink source with what `ss` prints of the same socket at the same moment. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {parseSsVersion} from '../../source/sources/ss/version.js';
import {absentIn, type OptionalColumn} from '../../source/table/columns/columns.js';
import {protocolNames, protocols} from '../../source/table/columns/protocols.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {optionalOf, replay, slotsOf} from '../helpers/ss-replay.js';
import {testUnless} from '../helpers/unless.js';
import {coreNames, textNames, type SceneReport} from './scene-columns.js';

const version = spawnSync('ss', ['-V'], {encoding: 'utf8'}).stdout ?? '';
const release = /iproute2-(?<number>\d+\.\d+)/v.exec(version)?.groups?.number ?? '0';
const missing = namespaceUnavailable ?? ((parseSsVersion(version) ?? 0) >= 510 ? undefined : 'ss is too old or missing');

/** Texts have other numbers in another table; these times advance. */
const incomparable = new Set<string>([
	...textNames, 'cgroup', 'cgroupId', 'lastDataSent', 'lastDataReceived', 'lastAckReceived', 'busyTime', 'rto', 'ato', 'receiveWindowLimited',
]);

/** `ss` prints rates exactly, and times and gains with six digits. */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1, Math.abs(a) * 1e-5);

/** The cells of one socket, word by word. */
const compareCells = (t: ExecutionContext, cells: Readonly<Record<string, string>>, line: string): void => {
	const says = (word: string): void => {
		t.true(`${line} `.includes(` ${word} `), `${word} in ${line}`);
	};

	says(cells.shutdown);
	says(`cgroup:${cells.cgroup}`);
	says(`tos:${cells.tos}`);
	says(`class_id:${cells.classId}`);
	says(`inet-sockopt: ( ${cells.socketOptions})`);
	t.is(/ tclass:(?<value>\S+)/v.exec(line)?.groups?.value ?? '-', cells.trafficClass);
	t.is(/ v6only:(?<value>\S+)/v.exec(line)?.groups?.value ?? '-', cells.v6Only);
	t.is(/ fwmark:(?<value>\S+)/v.exec(line)?.groups?.value ?? '0', cells.mark);
	if (cells.congestion !== '') {
		says(cells.congestion);
	}
};

testUnless(missing, 'the netlink source shows what ss prints', async t => {
	const scene = await startScene('attributes');
	try {
		const script = fileURLToPath(import.meta.resolve('./attribute-scene.ts'));
		const {stdout, stderr} = await scene.run(process.execPath, ['--no-deprecation', `--import=${import.meta.resolve('tsx')}`, script]);
		t.is(stderr, '');
		const {text, sockets} = JSON.parse(stdout) as SceneReport;
		const lines = text.trim().split('\n');
		t.true(sockets.length >= 30);
		t.is(lines.length, sockets.length);
		const printed = (pattern: RegExp): number => lines.filter(line => pattern.test(line)).length;
		t.true(printed(/ tos:0x10 .*freebind/v) === 1 && printed(/ fwmark:0x1234 .*tclass:0x48/v) === 1 && printed(/ tos:0xb8 .*recverr/v) === 1);
		t.true(printed(/ <-- .* reno /v) === 1 && printed(/ --> /v) > 0 && printed(/class_id:0x5/v) === 1 && printed(/v6only:1/v) === 1);

		const hasAll = (...words: readonly string[]): boolean => words.every(word => lines.some(line => line.replaceAll(/\s+/gv, ' ').includes(word)));
		t.true(hasAll('tcp LISTEN', 'tcp ESTAB', 'tcp SYN-SENT', 'tcp FIN-WAIT-1', 'tcp FIN-WAIT-2', 'tcp CLOSE-WAIT', 'tcp LAST-ACK', 'tcp TIME-WAIT', 'tcp SYN-RECV'));
		t.true(hasAll('udp ESTAB', 'udp UNCONN', 'u_str ESTAB', 'u_dgr ESTAB', 'u_seq LISTEN', 'u_seq ESTAB', 'p_raw UNCONN', '[::ffff:127.0.0.1]:', '@abstract name'));
		t.true(hasAll('bpf filter (4)', 'fanout(', ' peers: '));
		const read = protocolNames.filter(name => name !== 'smc' && name !== 'udplite');
		const {table, sample} = await replay([text.replaceAll(/ cgroup:\S+(?= inet-sockopt)/gv, '')], {version: release, protocols: read});
		await sample();
		const isUnix = (protocol: number): boolean => protocols[protocol].domain === 'unix';
		// `ss` prints no cookie of UNIX sockets.
		const bySocket = new Map(slotsOf(table).map(slot =>
			[isUnix(table.core.protocol[slot]) ? `inode ${table.core.inode[slot]}` : table.core.cookieLow[slot].toString(16), slot]));
		for (const {cells, columns, core, names} of sockets) {
			const key = isUnix(core.protocol) ? `inode ${core.inode}` : cells.cookie;
			const line = lines.find(candidate => `${candidate} `.includes(isUnix(core.protocol) ? ` ${core.inode}  ` : ` sk:${key} `)) ?? '';
			// Minisockets (TIME-WAIT, SYN-RECV, and a form of FIN-WAIT-2) have none of these.
			if (/^(?:tcp|udp) .* (?:<->|-->|<--|---) /v.test(line)) {
				compareCells(t, cells, line);
			}

			const slot = bySocket.get(key) ?? -1;
			t.not(slot, -1, `${key} is in the output of ss`);
			t.deepEqual(Object.fromEntries(coreNames.map(name => [name, table.core[name][slot]])), core, line);
			t.deepEqual(textNames.map(name => table.texts.of(table.column(name)?.[slot] ?? 0)), names, line);
			const printedColumns = optionalOf(table, slot);
			for (const [name, value] of Object.entries(printedColumns)) {
				const column = name as OptionalColumn;
				const own = columns[column] ?? absentIn(column);
				t.true(incomparable.has(column) || isNear(own, value), `${name}: ${own} is not ${value} in ${line}`);
			}
		}
	} finally {
		await scene.stop();
	}
});
