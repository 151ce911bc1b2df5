/** Records made-up sockets like `conntop record`. */
import {createRecorder, type Recorder} from '../../source/recording/store/recorder.js';
import {createShards} from '../../source/recording/store/shards.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {lifeColumns} from '../../source/recording/store/lives.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createJournal} from '../../source/table/journal.js';
import type {Yielder} from '../../source/parts/parts.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {createTestContext, type TestContext} from './context.js';

/** A made-up connection: its cookie, and the bytes that it has sent. */
export type MadeSocket = {readonly cookie: number; readonly sent: number};

export type MadeRecording = {
	readonly context: TestContext;
	readonly recorder: Recorder;
	/** Takes and records a sample with exactly these connections, at a time in milliseconds since 1970. Returns what the recorder returns. */
	readonly sample: (sockets: readonly MadeSocket[], wall: number, yieldNow?: Yielder) => Promise<boolean>;
	/** The sentences that the recorder has reported. */
	readonly reports: readonly string[];
};

export const createMadeRecording = (
	folder: string, {keep = 86_400_000, maxSize = 100_000_000, run = 1}: {readonly keep?: number; readonly maxSize?: number; readonly run?: number} = {},
): MadeRecording => {
	const table = new SocketTable();
	table.setOptionalColumns(lifeColumns);
	const owners = createOwnerSets();
	const context: TestContext = {...createTestContext([]), table, owners};
	const journal = createJournal(table);
	journal.table.setOptionalColumns(lifeColumns);
	const reports: string[] = [];
	const shards = createShards({
		folder, keep, maxSize, run, facts: {
			hostname: 'tester', kernel: '6.18', interval: 1000, run,
		}, report(sentence) {
			reports.push(sentence);
		},
	});
	const recorder = createRecorder({
		context, journal, journalContext: {...context, table: journal.table, entries: journal.table}, shards, run,
	});
	let now = 0;
	let open = new Set<number>();

	return {
		context,
		recorder,
		reports,
		async sample(sockets, wall, yieldNow) {
			now += 1000;
			table.begin(now);
			const next = new Set(sockets.map(({cookie}) => cookie));
			for (const cookie of open) {
				if (!next.has(cookie)) {
					table.close(table.find(cookie, 0));
				}
			}

			for (const {cookie, sent} of sockets) {
				const slot = table.observe(cookie, 0);
				table.setState(slot, Protocol.tcp, State.established);
				table.setCounters(slot, sent, sent * 2);
				const {core} = table;
				core.family[slot] = 2;
				core.localAddress.set([10, 0, 0, 1], slot * 16);
				core.peerAddress.set([192, 0, 2, cookie % 256], slot * 16);
				core.localPort[slot] = 443;
				core.peerPort[slot] = 1024 + (cookie % 60_000);
				core.uid[slot] = 1000;
				core.owners[slot] = owners.intern([{
					pid: 800, name: 'nginx', startTime: 5, fd: cookie,
				}]);
			}

			open = next;
			const changes = table.end([]);
			journal.record(changes, wall);
			return recorder.take({changes, droppedEvents: 0, ...(yieldNow && {yieldNow})}, wall);
		},
	};
};

/** Creates the connections of the sample with a number: in each sample, some are replaced, and some have sent more. */
export const madeSockets = (count: number, number: number): readonly MadeSocket[] => Array.from({length: count}, (_, index) => ({
	cookie: 1 + index + (index % 10 === 0 ? 100_000 * number : 0),
	sent: index % 7 === 0 ? ((number * 2_654_435_761) + index) % 1_000_003 * (number + 1) : index,
}));
