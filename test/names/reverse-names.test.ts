import test from 'ava';
import {createReverseNames} from '../../source/names/reverse-names.js';

type Names = Readonly<Record<string, readonly string[]>>;

const start = (names: Names, most?: number) => {
	const state = {time: 0, news: 0};
	const asked: string[] = [];
	/** Look-ups that wait for an answer, by address. */
	const open = new Map<string, () => void>();
	const hosts = createReverseNames({
		...(most !== undefined && {most}),
		known: address => address === '10.0.0.1' ? 'from-the-file' : undefined,
		async reverse(address) {
			asked.push(address);
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
			state.news++;
		},
		now: () => state.time,
	});
	/** Lets all that is asked for be answered, and what is asked for then. */
	const answerAll = async (): Promise<void> => {
		const settled = hosts.settled();
		let isSettled = false;
		const watch = async (): Promise<void> => {
			await settled;
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
		hosts, state, asked, open, answerAll,
	};
};

const turn = async (): Promise<void> => {
	await new Promise(resolve => {
		setImmediate(resolve);
	});
};

test('a name is not there at first, is asked for once, and told when it comes', async t => {
	const {hosts, state, asked, answerAll} = start({'192.0.2.1': ['one.example.', 'other.example']});
	t.is(hosts.name('192.0.2.1'), undefined);
	t.is(hosts.name('192.0.2.1'), undefined);
	t.deepEqual(asked, [], 'nobody is asked while a frame is made');
	await answerAll();
	t.deepEqual(asked, ['192.0.2.1']);
	t.is(state.news, 1);
	t.is(hosts.name('192.0.2.1'), 'one.example');
	await turn();
	t.deepEqual(asked, ['192.0.2.1']);
});

test('what the file has is never asked for', async t => {
	const {hosts, asked} = start({});
	t.is(hosts.name('10.0.0.1'), 'from-the-file');
	await turn();
	t.deepEqual(asked, []);
});

test('an address without a name is remembered, for a while, and is no news', async t => {
	const {hosts, state, asked, answerAll} = start({'192.0.2.2': [], '192.0.2.3': ['.']});
	for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
		hosts.name(address);
	}

	await answerAll();
	t.is(state.news, 0);
	t.is(hosts.name('192.0.2.1'), undefined);
	state.time = 119_999;
	hosts.name('192.0.2.1');
	await turn();
	t.is(asked.length, 3);
	state.time = 120_000;
	hosts.name('192.0.2.1');
	await answerAll();
	t.is(asked.length, 4);
});

test('an old name is shown while it is asked for again', async t => {
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

test('few at once, in the order in which they were wanted, and only what is still wanted', async t => {
	const {hosts, asked, open, answerAll} = start({});
	const addresses = Array.from({length: 30}, (_, index) => `192.0.2.${index}`);
	for (const address of addresses) {
		hosts.name(address);
	}

	await turn();
	t.deepEqual(asked, addresses.slice(0, 8));
	hosts.begin();
	hosts.name('198.51.100.1');
	open.get('192.0.2.3')?.();
	await turn();
	await turn();
	t.deepEqual(asked.slice(8), ['198.51.100.1']);
	await answerAll();
	t.is(asked.length, 9);
});

test('what was not looked at for the longest time is forgotten', async t => {
	const {hosts, asked, answerAll} = start({a: ['A'], b: ['B'], c: ['C']}, 2);
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
	t.deepEqual(asked, ['a', 'b', 'c', 'b']);
});

test('after the end, no answer counts', async t => {
	const {hosts, state, open} = start({a: ['A']});
	hosts.name('a');
	await turn();
	hosts.close();
	open.get('a')?.();
	await turn();
	await turn();
	t.is(state.news, 0);
	await hosts.settled();
});
