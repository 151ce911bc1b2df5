import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import type {FromEngine} from '../../source/contract/messages.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {createLinkedEngine} from '../../source/engine/link.js';
import type {Sampler} from '../../source/sampling/sampler.js';
import type {Query} from '../../source/query/query.js';
import {systemTime} from '../../source/sources/time.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {netlinkFacts} from '../helpers/source-facts.js';

const query: Query = {
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'localPort', descending: false},
	columns: ['localPort'],
	window: {height: 10, cursor: {kind: 'none'}, frozen: false},
};

const timing = {
	interval: 1_000_000, freshTime: 5000, closedTime: 5000, journal: {entries: 10_000, age: Infinity},
};

/** An engine without sockets. */
const openLink = (change: Partial<Sampler> = {}) => {
	const table = new SocketTable();
	let closed = 0;
	const sampler: Sampler = {
		source: {
			facts: netlinkFacts,
			time: systemTime,
			sample: () => ({complete: [], problems: []}),
			close() {
				closed++;
			},
		},
		context: {
			table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
		},
		async sample() {
			table.begin(table.now + 1000);
			return {
				changes: table.end([]), problems: [], time: 1, droppedEvents: 0,
			};
		},
		async findOwners() {
			// There are no sockets.
		},
		sampleTime: () => table.now,
		hiddenOwners: () => 0,
		privilege: {sentence: 'run as root', word: 'root'},
		close() {
			closed++;
		},
		...change,
	};
	const {promise: opened, resolve: open, reject} = Promise.withResolvers<Sampler>();
	const link = createLinkedEngine(async () => opened);
	return {
		link,
		open() {
			open(sampler);
		},
		refuse: reject,
		closed: () => closed,
	};
};

/** A sample yields on slow machines, so tests wait for conditions. */
const until = async (isMet: () => boolean): Promise<void> => {
	while (!isMet()) {
		await nextTurn();
	}
};

/** The messages so far. */
const listen = (link: ReturnType<typeof openLink>['link']): readonly FromEngine[] => {
	const messages: FromEngine[] = [];
	link.subscribe(message => {
		messages.push(message);
	});
	return messages;
};

const sequences = (messages: readonly FromEngine[]): readonly unknown[] => messages.map(message => message.type === 'view' ? message.view.sequence : message);

const start = {
	choice: {kind: 'local', prefer: 'netlink'}, timing, query, version: '1.2.3',
} as const;

test('messages sent before the source is open wait for it, and no answer comes within send', async t => {
	const {link, open} = openLink();
	const messages = listen(link);
	link.start(start);
	link.send({type: 'query', sequence: 1, query});
	open();
	await until(() => messages.length > 0);
	t.is(sequences(messages).at(-1), 1);
	const before = messages.length;
	link.send({type: 'query', sequence: 2, query});
	t.is(messages.length, before);
	await until(() => messages.length > before);
	t.is(sequences(messages).at(-1), 2);
	await link.stop();
});

test('a message that is sent by a listener is delivered afterwards, in the order of sending', async t => {
	const {link, open} = openLink();
	const log: string[] = [];
	link.subscribe(message => {
		const sequence = message.type === 'view' ? message.view.sequence : NaN;
		log.push(`begin ${sequence}`);
		if (sequence === 1) {
			link.send({type: 'query', sequence: 2, query});
			link.send({type: 'query', sequence: 3, query});
		}

		log.push(`end ${sequence}`);
	});
	link.start(start);
	open();
	await until(() => log.length === 2);
	log.length = 0;
	link.send({type: 'query', sequence: 1, query});
	await until(() => log.at(-1) === 'end 3');
	t.deepEqual(log.slice(0, 2), ['begin 1', 'end 1']);
	t.deepEqual(log.slice(-2), ['begin 3', 'end 3']);
	await link.stop();
});

test('of undelivered views only the newest is kept; a failure is kept as well', async t => {
	const {link, open} = openLink({
		hiddenOwners() {
			answers++;
			if (isBroken) {
				throw new Error('no owners');
			}

			return 0;
		},
	});
	let isBroken = false;
	/** The number of answers so far. */
	let answers = 0;
	link.start(start);
	open();
	await until(() => answers > 0);
	for (let sequence = 1; sequence <= 100; sequence++) {
		link.send({type: 'query', sequence, query});
	}

	await until(() => answers > 100);
	isBroken = true;
	link.send({type: 'query', sequence: 101, query});
	await until(() => answers > 101);
	const messages = listen(link);
	await until(() => messages.length === 2);
	t.deepEqual(sequences(messages), [100, {type: 'failed', message: 'the engine failed: no owners'}]);
});

test('a source that cannot be opened is a failure', async t => {
	const {link, refuse} = openLink();
	const messages = listen(link);
	link.start(start);
	refuse(new Error('netlink is refused'));
	await until(() => messages.length > 0);
	t.deepEqual(messages, [{type: 'failed', message: 'netlink is refused'}]);
});

test('a source that opens after the stop is closed', async t => {
	const {link, open, closed} = openLink();
	const messages = listen(link);
	link.start(start);
	await link.stop();
	open();
	await until(() => closed() > 0);
	t.is(closed(), 1);
	t.deepEqual(messages, []);
});

test('work that cannot yield waits while the user is active', async t => {
	const {link} = openLink();
	let done = 0;
	link.whenQuiet(() => {
		done++;
	});
	t.is(done, 1);
	link.send({type: 'refresh'});
	link.whenQuiet(() => {
		done++;
	});
	await nextTurn();
	t.is(done, 1);
});
