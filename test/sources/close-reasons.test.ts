import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import type {EntryRecord} from '../helpers/journal-entries.js';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';
import type {CloseReasonsResult} from './close-reasons-program.js';
import type {Side} from './ways-to-close.js';

const program = fileURLToPath(import.meta.resolve('./close-reasons-program.ts'));

const play = async (): Promise<CloseReasonsResult> => {
	const scene = await startScene('closes');
	try {
		const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, '3080', '10']);
		if (stderr !== '') {
			throw new Error(stderr);
		}

		return JSON.parse(stdout) as CloseReasonsResult;
	} finally {
		await scene.stop();
	}
};

/** The entries of one kind about connections, by both endpoints. */
const byConnection = (entries: readonly EntryRecord[], kind: 'opened' | 'closed'): ReadonlyMap<string, readonly EntryRecord[]> => Map.groupBy(
	entries.filter(({event, peerPort}) => event === kind && peerPort !== 0),
	({local, localPort, peer, peerPort}) => `${local}:${localPort} ${peer}:${peerPort}`,
);

const describe = (side: Side, closed: readonly EntryRecord[]): string =>
	closed.map(({ended = '', bytesSent, bytesReceived}) => `${side.manner}: ${ended}, ${bytesSent} sent, ${bytesReceived} received`).join('; ');

const expected = ({manner, reason, sent, received}: Side): string => `${manner}: ${reason}, ${sent} sent, ${received} received`;

/** Asserts that the sides were reported as expected. Shows one example for each kind of difference. */
const checkSides = (t: ExecutionContext, sides: ReadonlyArray<readonly [side: Side, closed: readonly EntryRecord[]]>): void => {
	const wrong = sides.filter(([side, closed]) => describe(side, closed) !== expected(side));
	const kinds = Map.groupBy(wrong, ([{manner, local}]) => `${manner} ${local}`);
	t.deepEqual(kinds.values().map(([[side, closed]]) => `${describe(side, closed)} instead of ${expected(side)}`).take(10).toArray(), []);
};

testUnless(namespaceUnavailable, 'each side of each connection closes once, for the right reason, with its bytes, also if descriptors are held', async t => {
	const {sides, held, withoutPeer, entries, reported, problems} = await play();
	t.deepEqual(problems, []);
	t.true(sides.length > 5000);
	const closed = byConnection(entries, 'closed');
	checkSides(t, sides.map(side => [side, closed.get(`${side.local} ${side.peer}`) ?? []]));
	checkSides(t, held.map(({side, entries: reports}) => [side, reports]));
	t.is(closed.size, sides.length, 'no other connection closes');
	t.is(entries.filter(({event, peerPort, ended}) => event === 'closed' && peerPort === 0 && ended === 'reset here').length, withoutPeer);
	t.true(byConnection(entries, 'opened').values().every(({length}) => length === 1), 'no connection opens twice');
	// Entries about sockets without owner are held back for a sample.
	t.deepEqual(reported, Array.from({length: reported.length}, (_, index) => index + 1));
	t.is(reported.length, entries.length);
});
