import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {removeLeftovers, replaceFile} from '../../source/files/replace-file.js';
import {makeFolder} from '../helpers/folder.js';

test('replaces a file and leaves nothing beside it', t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'file');
	for (const text of ['one', 'two']) {
		replaceFile(file, text, 0o600, {isSafe: true});
		t.is(fs.readFileSync(file, 'utf8'), text);
	}

	t.deepEqual(fs.readdirSync(folder), ['file']);
});

test('replaces a leftover of a process with the same pid, and does not follow a link with its name', t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'file');
	const other = path.join(folder, 'other');
	fs.writeFileSync(other, 'untouched');
	fs.symlinkSync(other, `${file}.${process.pid}.tmp`);
	replaceFile(file, 'new', 0o600, {isSafe: false});
	t.is(fs.readFileSync(file, 'utf8'), 'new');
	t.is(fs.readFileSync(other, 'utf8'), 'untouched');
	t.deepEqual(fs.readdirSync(folder).toSorted(), ['file', 'other']);
});

test('removes only the leftovers of one file', t => {
	const folder = makeFolder(t);
	const kept = ['file', 'file.2.tmp', 'file.3.tmp.bak', 'file.tmp', 'file.x.tmp', 'other.1.tmp', 'afile.1.tmp'];
	for (const name of [...kept, 'file.1.tmp', 'file.33.tmp']) {
		fs.writeFileSync(path.join(folder, name), '');
	}

	removeLeftovers(path.join(folder, 'file'), pid => pid !== 2);
	t.deepEqual(fs.readdirSync(folder).toSorted(), kept.toSorted());
});
