import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import test from 'ava';
import {readBoundedFile} from '../../source/files/read-file.js';
import {makeFolder} from '../helpers/folder.js';

const limits = {maxBytes: 10, isLinkFollowed: true} as const;

const read = (file: string): string => new TextDecoder().decode(readBoundedFile(file, limits));

test('reads a complete file up to the size limit', t => {
	const file = path.join(makeFolder(t), 'file');
	for (const text of ['', 'x', '0123456789']) {
		fs.writeFileSync(file, text);
		t.is(read(file), text);
	}

	fs.writeFileSync(file, '0123456789a');
	t.throws(() => read(file), {message: 'it has 11 bytes, more than 10'});
});

test('does not wait for what is not a regular file', async t => {
	const folder = makeFolder(t);
	const pipe = path.join(folder, 'pipe');
	t.is(spawnSync('mkfifo', [pipe]).status, 0);
	t.throws(() => read(pipe), {message: 'it is a pipe, not a regular file'});
	t.throws(() => read(folder), {message: 'it is a folder, not a regular file'});
	for (const device of ['/dev/zero', '/dev/null', '/dev/random']) {
		t.throws(() => read(device), {message: 'it is a device, not a regular file'});
	}

	const socket = path.join(folder, 'socket');
	const server = net.createServer().listen(socket);
	await new Promise(resolve => {
		server.once('listening', resolve);
	});
	t.throws(() => read(socket), {code: 'ENXIO'});
	server.close();
});

test('follows a link, or refuses it', t => {
	const folder = makeFolder(t);
	fs.writeFileSync(path.join(folder, 'file'), 'text');
	fs.symlinkSync('file', path.join(folder, 'link'));
	t.is(read(path.join(folder, 'link')), 'text');
	t.throws(() => readBoundedFile(path.join(folder, 'link'), {...limits, isLinkFollowed: false}), {code: 'ELOOP'});
	fs.symlinkSync('/dev/zero', path.join(folder, 'endless'));
	t.throws(() => read(path.join(folder, 'endless')), {message: /a device/v});
});

test('files of the kernel without a size are empty, and nothing is consumed from a stream', t => {
	for (const file of ['/proc/uptime', '/proc/self/status']) {
		t.is(read(file), '');
	}
});

test('the caller may refuse the open file', t => {
	const file = path.join(makeFolder(t), 'file');
	fs.writeFileSync(file, '', {mode: 0o600});
	t.throws(() => readBoundedFile(file, {...limits, refusal: ({mode}) => `mode ${(mode & 0o777).toString(8)}`}), {message: 'mode 600'});
});
