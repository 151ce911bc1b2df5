import test from 'ava';
import type {Written} from '../../source/contract/writing.js';
import {createHolding} from '../../source/engine/holding.js';
import {createWriting} from '../../source/engine/writing.js';
import {FileExistsError, type NewFile} from '../../source/files/new-file.js';
import type {Query} from '../../source/query/query.js';
import {createViewer} from '../../source/query/window/viewer.js';
import {createTestContext} from '../helpers/context.js';

const query: Query = {
	filter: 'sport 443',
	search: '',
	classes: {protocols: ['tcp'], families: [], states: []},
	sort: {field: 'peerPort', descending: true},
	columns: ['peerPort'],
	window: {height: 3, cursor: {kind: 'none'}, frozen: false},
};

/** Creates a list with sockets, and a fake file that collects what is written. */
const start = (count: number, open?: (file: NewFile) => Promise<NewFile>) => {
	const context = createTestContext();
	for (let port = 1; port <= count; port++) {
		context.add({local: ['10.0.0.1', 443], peer: ['192.0.2.1', port]});
		context.add({local: ['10.0.0.1', 80], peer: ['192.0.2.1', port]});
	}

	const state = {text: '', isFinished: false, isDiscarded: false};
	const file: NewFile = {
		path: '/x/a.csv',
		async write(text) {
			state.text += text;
		},
		async finish() {
			state.isFinished = true;
		},
		async discard() {
			state.isDiscarded = true;
		},
	};
	const answers: Written[] = [];
	const {promise: written, resolve} = Promise.withResolvers<void>();
	const write = createWriting({
		hold(work) {
			void work();
		},
		linesOf(requested) {
			const viewer = createViewer();
			return {context, length: viewer.view(requested, context).length, range: viewer.range};
		},
		post(answer) {
			answers.push(answer);
			resolve();
		},
		open: async () => open === undefined ? file : open(file),
	});
	return {
		write, answers, state, written,
	};
};

const request = {
	number: 4, file: 'a.csv', form: 'csv', isReplacing: false,
} as const;

test('writes all rows in the order of the list, not only those of the window', async t => {
	const {write, answers, state, written} = start(5000);
	write(request, query);
	await written;
	t.deepEqual(answers, [{
		number: 4, kind: 'done', path: '/x/a.csv', lines: 5000,
	}]);
	const lines = state.text.trimEnd().split('\n');
	t.deepEqual(lines, ['peerPort', ...Array.from({length: 5000}, (_, index) => String(5000 - index))]);
	t.true(state.isFinished);
});

test('reports an existing file, and discards a partly written one', async t => {
	const existing = start(1, async () => {
		throw new FileExistsError('a.csv exists already');
	});
	existing.write(request, query);
	await existing.written;
	t.deepEqual(existing.answers, [{number: 4, kind: 'exists'}]);

	const full = start(1, async file => ({
		...file,
		async write() {
			throw new Error('ENOSPC: no space left on device');
		},
	}));
	full.write(request, query);
	await full.written;
	t.deepEqual(full.answers, [{number: 4, kind: 'failed', message: 'ENOSPC: no space left on device'}]);
	t.true(full.state.isDiscarded);
	t.false(full.state.isFinished);
});

test('work that needs the table waits for the current sample, runs one after the other, and delays the next sample', async t => {
	let isSampling = true;
	const holding = createHolding(() => isSampling);
	const log: string[] = [];
	const {promise: released, resolve: release} = Promise.withResolvers<void>();
	holding.hold(async () => {
		log.push('first');
		await released;
		log.push('first done');
	});
	holding.hold(async () => {
		log.push('second');
	});
	t.deepEqual(log, []);
	t.is(holding.until(), undefined);
	isSampling = false;
	holding.resume();
	t.deepEqual(log, ['first']);
	const end = holding.until();
	t.truthy(end);
	release();
	await end;
	t.deepEqual(log, ['first', 'first done', 'second']);
	await Promise.resolve();
	t.is(holding.until(), undefined);
});
