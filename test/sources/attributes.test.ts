/** Every attribute as the netlink source tells it, against what `ss` prints of the same socket at the same moment. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {parseSsVersion} from '../../source/sources/ss/version.js';
import {absentIn, type OptionalColumn} from '../../source/table/columns.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {optionalOf, replay, slotsOf} from '../helpers/ss-replay.js';
import type {SceneReport} from './attribute-scene.js';

const version = spawnSync('ss', ['-V'], {encoding: 'utf8'}).stdout ?? '';
const release = /iproute2-(?<number>\d+\.\d+)/v.exec(version)?.groups?.number ?? '0';
const unavailable = namespaceUnavailable ?? ((parseSsVersion(version) ?? 0) >= 510 ? undefined : 'ss is too old or not there');
const live = unavailable === undefined ? test : test.skip;
const title = (name: string) => unavailable === undefined ? name : `${name} (${unavailable})`;

/** Texts have other numbers in another table; these times go on. */
const incomparable = new Set<OptionalColumn>([
	'cgroup', 'cgroupId', 'congestion', 'ulp', 'lastDataSent', 'lastDataReceived', 'lastAckReceived', 'busyTime', 'rto', 'ato',
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

live(title('what netlink tells is what ss prints'), async t => {
	const scene = await startScene('attributes');
	try {
		const script = fileURLToPath(import.meta.resolve('./attribute-scene.ts'));
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, script]);
		t.is(stderr, '');
		const {text, sockets} = JSON.parse(stdout) as SceneReport;
		const lines = text.trim().split('\n');
		t.true(sockets.length >= 10);
		t.is(lines.length, sockets.length);
		const printed = (pattern: RegExp): number => lines.filter(line => pattern.test(line)).length;
		t.true(printed(/ tos:0x10 .*freebind/v) === 1 && printed(/ fwmark:0x1234 .*tclass:0x48/v) === 1 && printed(/ tos:0xb8 .*recverr/v) === 1);
		t.true(printed(/ <-- .* reno /v) === 1 && printed(/ --> /v) === 1 && printed(/class_id:0x5/v) === 1 && printed(/v6only:1/v) === 1);

		const {table, sample} = await replay([text.replaceAll(/ cgroup:\S+(?= inet-sockopt)/gv, '')], {version: release});
		await sample();
		const byCookie = new Map(slotsOf(table).map(slot => [table.core.cookieLow[slot].toString(16), slot]));
		for (const {cells, columns} of sockets) {
			const line = lines.find(candidate => candidate.includes(` sk:${cells.cookie} `)) ?? '';
			compareCells(t, cells, line);
			const told = optionalOf(table, byCookie.get(cells.cookie) ?? -1);
			for (const [name, value] of Object.entries(told)) {
				const column = name as OptionalColumn;
				const own = columns[column] ?? absentIn(column);
				t.true(incomparable.has(column) || isNear(own, value), `${name}: ${own} is not ${value} in ${line}`);
			}
		}
	} finally {
		await scene.stop();
	}
});
