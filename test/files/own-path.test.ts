import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {
	checkLinks,
	ForeignPathError,
	makeFolder as makeOwnFolder,
	ownPath,
} from '../../source/files/own-path.js';
import {makeFolder} from '../helpers/folder.js';
import {
	giveAway,
	makeForeignHome,
	otherUser,
	testWithTwoUsers,
} from '../helpers/two-users.js';

const foreign = {instanceOf: ForeignPathError} as const;

test('accepts a place in a folder of this user, no matter which parts are missing', t => {
	const home = makeFolder(t);
	for (const names of [['a'], ['a', 'b', 'c']]) {
		const file = path.join(home, ...names);
		t.is(ownPath({path: file, base: home}), file);
		t.is(ownPath({path: file}), file);
	}

	t.deepEqual(fs.readdirSync(home), [], 'nothing is created');
});

test('resolves links of this user, even to missing files', t => {
	const home = makeFolder(t);
	const real = path.join(home, 'real');
	fs.mkdirSync(real);
	fs.symlinkSync('real', path.join(home, 'relative'));
	fs.symlinkSync(real, path.join(home, 'absolute'));
	fs.symlinkSync('../real/file', path.join(real, 'upwards'));
	for (const name of ['relative/file', 'absolute/file', 'real/upwards', 'relative/upwards']) {
		t.is(ownPath({path: path.join(home, name), base: home}), path.join(real, 'file'));
	}
});

test('reports a cycle of links', t => {
	const home = makeFolder(t);
	fs.symlinkSync('b', path.join(home, 'a'));
	fs.symlinkSync('a', path.join(home, 'b'));
	t.throws(() => ownPath({path: path.join(home, 'a'), base: home}), {message: /more than 40 links/v});
});

test('does not create a missing base', t => {
	const home = path.join(makeFolder(t), 'gone');
	t.throws(() => ownPath({path: path.join(home, '.config', 'file'), base: home}), {message: `there is no folder ${home}`});
});

test('rejects a folder that every user may write to, unless it is sticky, as /tmp is', t => {
	const home = makeFolder(t);
	const folder = path.join(home, 'shared');
	fs.mkdirSync(folder);
	fs.chmodSync(folder, 0o777);
	t.throws(() => ownPath({path: path.join(folder, 'file'), base: home}), foreign);
	fs.chmodSync(folder, 0o1777);
	t.notThrows(() => ownPath({path: path.join(folder, 'file'), base: home}));
});

test('rejects a default path in a folder of the system, but accepts a given one', t => {
	const userId = 4321;
	t.throws(() => ownPath({path: '/dev/conntop/file', base: '/'}, userId), {...foreign, message: /^\/dev belongs to /v});
	t.is(ownPath({path: '/dev/conntop/file'}, userId), '/dev/conntop/file');
	t.throws(() => ownPath({path: '/dev/null'}, userId), foreign, 'a file of the system is not replaced either');
});

testWithTwoUsers('rejects the home of another user, no matter which parts exist and who owns them', t => {
	const home = makeForeignHome(t);
	const file = path.join(home, '.config', 'conntop', 'config.toml');
	const place = {path: file, base: home};
	const refused = {...foreign, message: `${home} belongs to another user (uid ${otherUser})`};
	t.throws(() => ownPath(place), refused);
	t.throws(() => ownPath({path: file}), refused);
	// Left by an earlier run as root.
	fs.mkdirSync(path.dirname(file), {recursive: true});
	t.throws(() => ownPath(place), refused);
	fs.writeFileSync(file, '');
	t.throws(() => ownPath(place), refused);
	for (const each of [path.join(home, '.config'), path.dirname(file), file]) {
		giveAway(each);
	}

	t.is(ownPath(place, otherUser), file, 'except by its owner');
});

testWithTwoUsers('rejects a file of another user in a folder of this user', t => {
	const home = makeFolder(t);
	const file = path.join(home, 'config.toml');
	fs.writeFileSync(file, '');
	giveAway(file);
	t.throws(() => ownPath({path: file, base: home}), foreign);
	t.throws(() => ownPath({path: file}), foreign);
	const folder = path.join(home, 'folder');
	fs.mkdirSync(folder);
	giveAway(folder);
	t.throws(() => ownPath({path: path.join(folder, 'file'), base: home}), foreign);
});

testWithTwoUsers('rejects a link of another user anywhere in the path, for reading and for writing', t => {
	const home = makeFolder(t);
	const real = path.join(home, 'real');
	fs.mkdirSync(real);
	fs.writeFileSync(path.join(real, 'file'), '');
	fs.symlinkSync('real', path.join(home, 'folder'));
	fs.symlinkSync(path.join(real, 'file'), path.join(home, 'file'));
	for (const name of ['folder', 'file']) {
		giveAway(path.join(home, name));
	}

	fs.symlinkSync('folder', path.join(home, 'first'));
	for (const name of ['folder/file', 'file', 'first/file', 'folder/missing']) {
		t.throws(() => ownPath({path: path.join(home, name), base: home}), foreign, name);
		t.throws(() => {
			checkLinks(path.join(home, name));
		}, {...foreign, message: /is a link that belongs to another user/v});
	}

	t.notThrows(() => {
		checkLinks(path.join(real, 'file'));
	});
});

testWithTwoUsers('may read a file of another user if no link in the path belongs to them', t => {
	const home = makeForeignHome(t);
	const file = path.join(home, 'config.toml');
	fs.writeFileSync(file, '');
	giveAway(file);
	t.notThrows(() => {
		checkLinks(file);
	});
});

test('creates folders for this user only', t => {
	const folder = path.join(makeFolder(t), 'a', 'b');
	makeOwnFolder(folder);
	for (const each of [folder, path.dirname(folder)]) {
		t.is(fs.statSync(each).mode & 0o777, 0o700);
	}
});
