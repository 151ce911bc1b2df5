import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {expandHome, FileExistsError, openNewFile} from '../../source/files/new-file.js';
import {makeFolder} from '../helpers/folder.js';

const write = async (file: string, text: string, isReplacing = false): Promise<string> => {
	const opened = await openNewFile(file, isReplacing);
	await opened.write(text);
	await opened.finish();
	return opened.path;
};

test('a new file is for this user only', async t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'a.csv');
	t.is(await write(file, 'x\n'), fs.realpathSync(file));
	t.is(fs.readFileSync(file, 'utf8'), 'x\n');
	t.is(fs.statSync(file).mode & 0o777, 0o600);
	t.deepEqual(fs.readdirSync(folder), ['a.csv']);
});

test('a file that exists is replaced only when asked, and whole', async t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'a.csv');
	fs.writeFileSync(file, 'before', {mode: 0o644});
	await t.throwsAsync(write(file, 'x'), {instanceOf: FileExistsError, message: /exists already$/v});
	const opened = await openNewFile(file, true);
	await opened.write('half');
	t.is(fs.readFileSync(file, 'utf8'), 'before');
	await opened.discard();
	t.is(fs.readFileSync(file, 'utf8'), 'before');
	await write(file, 'after', true);
	t.is(fs.readFileSync(file, 'utf8'), 'after');
	t.is(fs.statSync(file).mode & 0o777, 0o600);
	t.deepEqual(fs.readdirSync(folder), ['a.csv']);
});

test('what was begun and given up is gone', async t => {
	const folder = makeFolder(t);
	const opened = await openNewFile(path.join(folder, 'a.csv'), false);
	await opened.write('half');
	await opened.discard();
	t.deepEqual(fs.readdirSync(folder), []);
});

test('folders, devices and missing folders are refused with a sentence', async t => {
	const folder = makeFolder(t);
	await t.throwsAsync(write(folder, 'x', true), {message: /is no regular file$/v});
	await t.throwsAsync(write('/dev/null', 'x', true), {message: /is no regular file$|belongs to/v});
	await t.throwsAsync(write(path.join(folder, 'none', 'a.csv'), 'x'), {message: /^there is no folder .*none$/v});
});

test('an own link is followed, and its target kept until the new file is whole', async t => {
	const folder = makeFolder(t);
	fs.writeFileSync(path.join(folder, 'target.csv'), 'before');
	fs.symlinkSync('target.csv', path.join(folder, 'link.csv'));
	await write(path.join(folder, 'link.csv'), 'after', true);
	t.true(fs.lstatSync(path.join(folder, 'link.csv')).isSymbolicLink());
	t.is(fs.readFileSync(path.join(folder, 'target.csv'), 'utf8'), 'after');
});

test('~ is the home of this user', t => {
	t.is(expandHome('~/a.csv', '/home/ann'), '/home/ann/a.csv');
	t.is(expandHome('~', '/home/ann'), '/home/ann');
	t.is(expandHome('~bob/a.csv', '/home/ann'), '~bob/a.csv');
	t.is(expandHome('a~/b', '/home/ann'), 'a~/b');
});
