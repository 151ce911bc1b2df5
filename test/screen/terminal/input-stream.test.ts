import {PassThrough} from 'node:stream';
import test from 'ava';
import {createInputStream, type InputStream} from '../../../source/screen/terminal/input-stream.js';

type Typing = {
	readonly stdin: PassThrough;
	/** Names of the keys of each read. */
	readonly reads: string[][];
	/** Resolves when there is a read, or the end, that was not waited for yet. */
	readonly next: () => Promise<void>;
	readonly ends: () => number;
	readonly rawModes: boolean[];
} & Pick<InputStream, 'close' | 'expectBackground' | 'whenReplied'>;

const open = (): Typing => {
	const rawModes: boolean[] = [];
	const stdin = Object.assign(new PassThrough(), {
		setRawMode(isRaw: boolean) {
			rawModes.push(isRaw);
		},
	});
	const reads: string[][] = [];
	let ends = 0;
	let taken = 0;
	let wake: (() => void) | undefined;
	const stream = createInputStream(stdin, events => {
		reads.push(events.map(event => event.type === 'paste' ? event.text : (event.type === 'key' ? event.name : event.type)));
		wake?.();
	}, () => {
		ends++;
		wake?.();
	});
	stream.open();
	return {
		stdin,
		reads,
		async next() {
			const {promise, resolve} = Promise.withResolvers<void>();
			wake = resolve;
			// It may have come already.
			if (reads.length + ends === taken) {
				await promise;
			}

			taken = reads.length + ends;
		},
		ends: () => ends,
		rawModes,
		close: stream.close,
		expectBackground: stream.expectBackground,
		whenReplied: stream.whenReplied,
	};
};

test('keys of one read are delivered together', async t => {
	const typing = open();
	typing.stdin.write('jj/a\r');
	await typing.next();
	t.deepEqual(typing.reads, [['j', 'j', '/', 'a', 'enter']]);
});

test('a lone Esc is delivered if nothing follows in time', async t => {
	const typing = open();
	typing.stdin.write('\u{1B}');
	await typing.next();
	t.deepEqual(typing.reads, [['escape']]);
});

test('Esc is delivered while the reply about the background is pending', async t => {
	const typing = open();
	typing.expectBackground();
	let isSettled = false;
	const settling = typing.whenReplied().then(() => {
		isSettled = true;
	});
	typing.stdin.write('\u{1B}');
	await typing.next();
	t.deepEqual(typing.reads, [['escape']]);
	t.false(isSettled);
	typing.close();
	await settling;
});

test('a sequence that arrives in pieces is one key', async t => {
	const typing = open();
	typing.stdin.write('\u{1B}');
	typing.stdin.write('[');
	typing.stdin.write('A');
	await typing.next();
	t.deepEqual(typing.reads, [['up']]);
});

test('the end of the input is reported after the last key', async t => {
	const typing = open();
	typing.stdin.end('\u{1B}');
	await typing.next();
	t.deepEqual(typing.reads, [['escape']]);
	t.is(typing.ends(), 1);
});

test('an input error counts as the end of the input', async t => {
	const typing = open();
	const ended = typing.next();
	typing.stdin.destroy(new Error('EIO'));
	await ended;
	t.is(typing.ends(), 1);
});

test('raw mode is set and restored, and nothing is read afterwards', t => {
	const typing = open();
	t.deepEqual(typing.rawModes, [true]);
	typing.close();
	t.deepEqual(typing.rawModes, [true, false]);
	t.is(typing.stdin.listenerCount('data'), 0);
	t.is(typing.stdin.listenerCount('end') + typing.stdin.listenerCount('error'), new PassThrough().listenerCount('end'));
});

test('exit waits for the reply about the background if it was requested, for a limited time', async t => {
	const stdin = new PassThrough();
	const seen: string[] = [];
	const stream = createInputStream(stdin, () => {
		seen.push('keys');
	}, () => undefined, background => {
		seen.push(background);
	});
	stream.open();
	await stream.whenReplied();
	stream.expectBackground();
	const replied = stream.whenReplied();
	stdin.write('\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\');
	await replied;
	t.deepEqual(seen, ['light']);
	stream.expectBackground();
	await stream.whenReplied();
	t.deepEqual(seen, ['light'], 'no answer, and no waiting for ever');
	stream.close();
});
