import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {execa} from 'execa';
import type {Change} from '../../source/preferences/changes.js';
import {loadConfiguration, noConfiguration, saveChanges} from '../../source/preferences/configuration-file.js';
import {makeFolder} from '../helpers/folder.js';
import {
	giveAway,
	makeForeignHome,
	otherUser,
	testWithTwoUsers,
} from '../helpers/two-users.js';

const changes: readonly Change[] = [{kind: 'preference', id: 'theme', value: 'dark'}];

test('missing folders are created, and saved settings are read again', async t => {
	const file = path.join(makeFolder(t), 'a', 'b', 'config.toml');
	t.is(await saveChanges(file, changes), `Saved in ${file}`);
	t.is(fs.statSync(path.dirname(file)).mode & 0o777, 0o700);
	t.deepEqual(fs.readdirSync(path.dirname(file)), ['config.toml']);
	const {preferences, problems} = await loadConfiguration(file);
	t.deepEqual(preferences, {theme: 'dark'});
	t.deepEqual(problems, []);
});

for (const file of ['/proc/nothing/conntop/config.toml', '/dev/null/config.toml', '/dev/null/conntop/config.toml']) {
	test(`a path that cannot be written is named: ${file}`, async t => {
		const sentence = await saveChanges(file, changes);
		t.true(sentence.startsWith(`Not saved: ${file} cannot be written: `));
		t.deepEqual(await loadConfiguration(file), noConfiguration, 'and where nothing is, nothing is wrong');
	});
}

test('a link stays a link: its target is read and written', async t => {
	const folder = makeFolder(t);
	const real = path.join(folder, 'dotfiles', 'conntop.toml');
	const file = path.join(folder, 'config.toml');
	fs.mkdirSync(path.dirname(real));
	fs.symlinkSync(real, file);
	t.is(await saveChanges(file, changes), `Saved in ${file}`);
	t.is(fs.readlinkSync(file), real);
	t.deepEqual((await loadConfiguration(file)).preferences, {theme: 'dark'});
});

test('a path that is not a settings file gives one sentence; conntop neither waits for it nor replaces it', async t => {
	const folder = makeFolder(t);
	const pipe = path.join(folder, 'pipe');
	t.is(spawnSync('mkfifo', [pipe]).status, 0);
	const large = path.join(folder, 'large');
	fs.writeFileSync(large, '#'.repeat(1_000_001));
	const device = path.join(folder, 'device');
	fs.symlinkSync('/dev/zero', device);
	for (const [file, reason] of [
		[pipe, 'it is a pipe, not a regular file'],
		[device, 'it is a device, not a regular file'],
		[folder, 'it is a folder, not a regular file'],
		[large, 'it has 1000001 bytes, more than 1000000'],
	] as const) {
		const {preferences, problems} = await loadConfiguration(file);
		t.deepEqual(preferences, {});
		t.deepEqual(problems, [`${file} cannot be read: ${reason}`]);
		const {ino, mode} = fs.statSync(file);
		t.true((await saveChanges(file, changes)).startsWith(`Not saved: ${file} cannot be written: `));
		t.like(fs.statSync(file), {ino, mode});
	}
});

test('settings that would be too large to be read again are not written', async t => {
	const file = path.join(makeFolder(t), 'config.toml');
	fs.writeFileSync(file, '#'.repeat(999_999));
	t.is(await saveChanges(file, changes), `Not saved: ${file} cannot be written: it would have more than 1000000 bytes`);
	t.is(fs.statSync(file).size, 999_999);
});

test('changes of several processes at the same moment are all saved, and leftovers of killed processes are removed', async t => {
	const file = path.join(makeFolder(t), 'config.toml');
	fs.writeFileSync(file, 'theme = "light"\n');
	fs.writeFileSync(`${file}.4194305.tmp`, 'half');
	fs.writeFileSync(`${file}.bak.1.tmp`, 'half');
	const names = Array.from({length: 42}, (_, index) => String(1000 + index));
	const groups = Array.from({length: 7}, (_, group) => names.slice(group * 6, group * 6 + 6));
	const outputs = await Promise.all(groups.map(async group => execa(process.execPath, ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.resolve('./save-process.ts')), file, ...group])));
	t.deepEqual(new Set(outputs.flatMap(({stdout}) => stdout.trimEnd().split('\n'))), new Set([`Saved in ${file}`]));
	const {preferences, views, problems} = await loadConfiguration(file);
	t.deepEqual(problems, []);
	t.deepEqual(preferences, {theme: 'light'});
	t.deepEqual(new Map([...views].map(([name, {filter}]) => [name, filter])), new Map(names.map(name => [name, `port ${name}`])));
	t.deepEqual(fs.readdirSync(path.dirname(file)), ['config.toml']);
});

testWithTwoUsers('in the home of another user nothing is saved, and that is one sentence', async t => {
	const home = makeForeignHome(t);
	const file = path.join(home, '.config', 'conntop', 'config.toml');
	const refusal = `Not saved: ${file} cannot be written: ${home} belongs to another user (uid ${otherUser})`;
	t.is(await saveChanges(file, changes), refusal);
	t.deepEqual(fs.readdirSync(home), []);
	fs.mkdirSync(path.dirname(file), {recursive: true});
	fs.writeFileSync(file, 'theme = "light"\n');
	t.is(await saveChanges(file, changes), refusal);
	t.is(fs.readFileSync(file, 'utf8'), 'theme = "light"\n');
	t.deepEqual((await loadConfiguration(file)).preferences, {theme: 'light'}, 'but it counts');
});

testWithTwoUsers('a link of another user is neither read nor written', async t => {
	const folder = makeFolder(t);
	const real = path.join(folder, 'real.toml');
	const file = path.join(folder, 'config.toml');
	fs.writeFileSync(real, 'theme = "light"\n');
	fs.symlinkSync(real, file);
	giveAway(file);
	const reason = `${file} is a link that belongs to another user (uid ${otherUser})`;
	const {preferences, problems} = await loadConfiguration(file);
	t.deepEqual(preferences, {});
	t.deepEqual(problems, [`${file} cannot be read: ${reason}`]);
	t.is(await saveChanges(file, changes), `Not saved: ${file} cannot be written: ${reason}`);
	t.is(fs.readFileSync(real, 'utf8'), 'theme = "light"\n');
});
