import test from 'ava';
import {createReverseNames} from '../../source/names/reverse-names.js';

type Names = Readonly<Record<string, readonly string[]>>;

const start = (names: Names, maximum?: number) => {
	const state = {time: 0, reported: 0};
	const active: string[] = [];
	/** Lookups that wait for an answer, by address. */
	const open = new Map<string, () => void>();
	const hosts = createReverseNames({
		...(maximum !== undefined && {maximum}),
		known: address => address === '10.0.0.1' ? 'from-the-file' : undefined,
		async reverse(address) {
			active.push(address);
			const {promise, resolve} = Promise.withResolvers<void>();
			open.set(address, resolve);
			await promise;
			open.delete(address);
			if (!Object.hasOwn(names, address)) {
				throw new Error('ENOTFOUND');
			}

			return names[address];
		},
		onName() {
			state.reported++;
		},
		now: () => state.time,
	});
	/** Answers all active lookups, and those that start then. */
	const answerAll = async (): Promise<void> => {
		const idle = hosts.whenIdle();
		let isSettled = false;
		const watch = async (): Promise<void> => {
			await idle;
			isSettled = true;
		};

		const watched = watch();
		while (!isSettled) {
			for (const answer of open.values()) {
				answer();
			}

			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}

		await watched;
	};

	return {
		hosts, state, active, open, answerAll,
	};
};

const turn = async (): Promise<void> => {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
};

test('looks up a name once and reports it when it arrives', async t => {
	const {hosts, state, active, answerAll} = start({'192.0.2.1': ['one.example.', 'other.example']});
	t.is(hosts.name('192.0.2.1'), undefined);
	t.is(hosts.name('192.0.2.1'), undefined);
	t.deepEqual(active, [], 'no lookup starts while a frame is drawn');
	await answerAll();
	t.deepEqual(active, ['192.0.2.1']);
	t.is(state.reported, 1);
	t.is(hosts.name('192.0.2.1'), 'one.example');
	await turn();
	t.deepEqual(active, ['192.0.2.1']);
});

test('does not look up an address that is in the hosts file', async t => {
	const {hosts, active} = start({});
	t.is(hosts.name('10.0.0.1'), 'from-the-file');
	await turn();
	t.deepEqual(active, []);
});

test('caches the lack of a name for a while and does not report it', async t => {
	const {hosts, state, active, answerAll} = start({'192.0.2.2': [], '192.0.2.3': ['.']});
	for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
		hosts.name(address);
	}

	await answerAll();
	t.is(state.reported, 0);
	t.is(hosts.name('192.0.2.1'), undefined);
	state.time = 119_999;
	hosts.name('192.0.2.1');
	await turn();
	t.is(active.length, 3);
	state.time = 120_000;
	hosts.name('192.0.2.1');
	await answerAll();
	t.is(active.length, 4);
});

test('shows an expired name while it is looked up again', async t => {
	const names: Record<string, readonly string[]> = {'192.0.2.1': ['old.example']};
	const {hosts, state, answerAll} = start(names);
	hosts.name('192.0.2.1');
	await answerAll();
	names['192.0.2.1'] = ['new.example'];
	state.time = 600_000;
	t.is(hosts.name('192.0.2.1'), 'old.example');
	await answerAll();
	t.is(hosts.name('192.0.2.1'), 'new.example');
});

test('limits parallel lookups, keeps their order, and drops those no longer wanted', async t => {
	const {hosts, active, open, answerAll} = start({});
	const addresses = Array.from({length: 30}, (_, index) => `192.0.2.${index}`);
	for (const address of addresses) {
		hosts.name(address);
	}

	await turn();
	t.deepEqual(active, addresses.slice(0, 8));
	hosts.begin();
	hosts.name('198.51.100.1');
	open.get('192.0.2.3')?.();
	await turn();
	await turn();
	t.deepEqual(active.slice(8), ['198.51.100.1']);
	await answerAll();
	t.is(active.length, 9);
});

test('drops the least recently used name', async t => {
	const {hosts, active, answerAll} = start({a: ['A'], b: ['B'], c: ['C']}, 2);
	hosts.name('a');
	hosts.name('b');
	await answerAll();
	t.is(hosts.name('a'), 'A');
	hosts.name('c');
	await answerAll();
	t.is(hosts.name('a'), 'A');
	t.is(hosts.name('c'), 'C');
	t.is(hosts.name('b'), undefined);
	await answerAll();
	t.deepEqual(active, ['a', 'b', 'c', 'b']);
});

test('ignores answers after close', async t => {
	const {hosts, state, open} = start({a: ['A']});
	hosts.name('a');
	await turn();
	hosts.close();
	open.get('a')?.();
	await turn();
	await turn();
	t.is(state.reported, 0);
	await hosts.whenIdle();
});
