import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {Change} from '../../source/preferences/changes.js';
import {loadConfiguration, saveChanges} from '../../source/preferences/configuration-file.js';

const changes: readonly Change[] = [{kind: 'preference', id: 'theme', value: 'dark'}];

test('directories on the way are made, and what is saved is read again', async t => {
	const home = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-file-'));
	t.teardown(async () => fs.rm(home, {recursive: true}));
	const file = path.join(home, 'a', 'b', 'config.toml');
	t.is(await saveChanges(file, changes), `Saved in ${file}`);
	t.is((await fs.stat(path.dirname(file))).mode & 0o777, 0o700);
	const {preferences, problems} = await loadConfiguration(file);
	t.deepEqual(preferences, {theme: 'dark'});
	t.deepEqual(problems, []);
});

for (const file of ['/proc/nothing/conntop/config.toml', '/dev/null/config.toml', '/dev/null/conntop/config.toml']) {
	test(`a place where nothing can be written is told: ${file}`, async t => {
		const sentence = await saveChanges(file, changes);
		t.true(sentence.startsWith(`Not saved: ${file} cannot be written: `));
	});
}
