import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import {createCgroupNames, walkCgroups} from '../../source/names/cgroups.js';

const scripted = () => {
	const directories = new Map([[1, '/'], [44, '/system.slice']]);
	let time = 0;
	let walks = 0;
	const names = createCgroupNames({
		now: () => time,
		walk() {
			walks++;
			return [...directories].map(([id, name]) => ({id, path: name}));
		},
	});
	return {
		names, directories, walks: () => walks,
		pass(milliseconds: number) {
			time += milliseconds;
		},
	};
};

test('one walk finds all paths, and the root needs none', t => {
	const {names, walks} = scripted();
	t.is(names.path(1), '/');
	t.is(walks(), 0);
	t.is(names.path(44), '/system.slice');
	t.is(names.path(44), '/system.slice');
	t.is(walks(), 1);
});

test('walks for a new id at most once per second, and for a removed one only once', t => {
	const {names, directories, walks, pass} = scripted();
	t.is(names.path(44), '/system.slice');
	directories.set(45, '/new');
	t.is(names.path(45), undefined);
	t.is(walks(), 1);
	pass(1000);
	t.is(names.path(45), '/new');
	pass(1000);
	t.is(names.path(99), undefined);
	t.is(walks(), 3);
	pass(10_000);
	t.is(names.path(99), undefined);
	t.is(walks(), 3);
});

test('keeps the path of a removed cgroup', t => {
	const {names, directories, pass} = scripted();
	t.is(names.path(44), '/system.slice');
	directories.delete(44);
	pass(1000);
	t.is(names.path(7), undefined);
	t.is(names.path(44), '/system.slice');
});

test('limits the paths and misses that it keeps', t => {
	let time = 0;
	let next = 2;
	const names = createCgroupNames({
		now: () => time,
		* walk() {
			for (let count = 0; count < 15_000; count++, next++) {
				yield {id: next, path: `/${next}`};
			}
		},
	});
	t.is(names.path(2), '/2');
	time += 1000;
	t.is(names.path(-1), undefined);
	t.is(names.path(2), undefined, 'the oldest is dropped');
	t.is(names.path(30_001), '/30001');
});

test('walks a tree with any names and lists inode numbers', t => {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-cgroups-'));
	t.teardown(() => {
		fs.rmSync(root, {recursive: true});
	});
	fs.writeFileSync(`${root}/cgroup.controllers`, '');
	const hostile = 'a\u{1B}[31m b\u{202E}.service';
	fs.mkdirSync(`${root}/system.slice/${hostile}`, {recursive: true});
	const invalid = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xFF, 0xFE])]);
	fs.mkdirSync(invalid);
	fs.mkdirSync(Buffer.concat([invalid, Buffer.from('/below')]));
	fs.symlinkSync('/', `${root}/link`);
	const found = new Map(walkCgroups(['/nonexistent', root]).map(({id, path: name}) => [name, id]));
	t.deepEqual(found.keys().toArray().toSorted(), ['/', '/system.slice', `/system.slice/${hostile}`, '/\u{FFFD}\u{FFFD}', '/\u{FFFD}\u{FFFD}/below'].toSorted());
	t.is(found.get('/'), fs.statSync(root).ino);
	t.is(found.get(`/system.slice/${hostile}`), fs.statSync(`${root}/system.slice/${hostile}`).ino);
});

test('lists nothing without cgroup2', t => {
	t.deepEqual(walkCgroups(['/nonexistent']).toArray(), []);
});
