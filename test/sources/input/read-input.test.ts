import {spawn} from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {readInput} from '../../../source/sources/input/read-input.js';
import {InputError} from '../../../source/sources/source.js';
import {makeFolder} from '../../helpers/folder.js';

test('a FIFO is read to its end, however late its writer opens it', async t => {
	const fifo = path.join(makeFolder(t), 'fifo');
	await execa('mkfifo', [fifo]);
	const read = readInput(fifo);
	const writer = spawn('sh', ['-c', 'printf one > "$0"', fifo]);
	const {content, file} = await read;
	t.is(new TextDecoder().decode(content), 'one');
	t.is(file, 'fifo');
	t.teardown(() => {
		writer.kill();
	});
});

test('a FIFO is read whole if it holds more than a pipe, with pauses, and is refused if it is too large', async t => {
	const fifo = path.join(makeFolder(t), 'fifo');
	await execa('mkfifo', [fifo]);
	const write = async () => execa('sh', ['-c', 'exec > "$0"; head -c 300000 /dev/zero; sleep 0.1; head -c 800000 /dev/zero; printf end', fifo]);
	const writer = write();
	const {content} = await readInput(fifo);
	await writer;
	t.is(content.length, 1_100_003);
	t.is(new TextDecoder().decode(content.subarray(-3)), 'end');

	const other = write();
	await t.throwsAsync(readInput(fifo, 1), {instanceOf: InputError, message: `cannot read ${fifo}: it has more than 1 MB`});
	await t.throwsAsync(other);
});

test('a FIFO that no program writes to is refused instead of waited for', async t => {
	const fifo = path.join(makeFolder(t), 'fifo');
	await execa('mkfifo', [fifo]);
	await t.throwsAsync(readInput(fifo), {instanceOf: InputError, message: `cannot read ${fifo}: it is a pipe that no program writes to`});
});
