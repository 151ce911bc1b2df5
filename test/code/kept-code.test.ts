import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {codeDirectory, readCode, writeCode} from '../../source/code/kept-code.js';

const code = Buffer.from([1, 2, 3]);

const makeFile = (t: ExecutionContext): string => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-code-'));
	t.teardown(() => {
		fs.rmSync(directory, {recursive: true});
	});
	return path.join(directory, 'some', 'where', 'main.code');
};

test('keeps code in the cache of the user, wherever that is', t => {
	t.is(codeDirectory({XDG_CACHE_HOME: '/var/cache/me'}), '/var/cache/me/conntop');
	t.is(codeDirectory({}), path.join(os.homedir(), '.cache', 'conntop'));
	// The specification ignores paths that are not absolute.
	t.is(codeDirectory({XDG_CACHE_HOME: 'here'}), path.join(os.homedir(), '.cache', 'conntop'));
});

test('gives back the code of the same bundle, and none of another one', t => {
	const file = makeFile(t);
	t.is(readCode(file, '//one'), undefined);
	writeCode(file, '//one', code);
	t.deepEqual(readCode(file, '//one'), code);
	t.is(readCode(file, '//two'), undefined);
	writeCode(file, '//two', code);
	t.deepEqual(readCode(file, '//two'), code);
	t.is(readCode(file, '//one'), undefined);
});

test('lets nobody else read or write the code', t => {
	const file = makeFile(t);
	writeCode(file, '//one', code);
	t.is(fs.statSync(file).mode & 0o777, 0o600);
	t.is(fs.statSync(path.dirname(file)).mode & 0o777, 0o700);
	t.deepEqual(fs.readdirSync(path.dirname(file)), ['main.code']);
});

test('runs no code that another could have written', t => {
	const file = makeFile(t);
	writeCode(file, '//one', code);
	for (const mode of [0o620, 0o602]) {
		fs.chmodSync(file, mode);
		t.is(readCode(file, '//one'), undefined, mode.toString(8));
	}

	fs.chmodSync(file, 0o600);
	const link = `${file}.link`;
	fs.symlinkSync(file, link);
	t.is(readCode(link, '//one'), undefined, 'a link may lead anywhere');
});

test('does without where nothing can be written', t => {
	t.notThrows(() => {
		writeCode('/proc/nowhere/conntop/main.code', '//one', code);
		writeCode('/dev/null/conntop/main.code', '//one', code);
	});
});
