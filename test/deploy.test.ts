import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {makeFolder} from './helpers/folder.js';
import {missingProgram, testUnless} from './helpers/unless.js';

for (const name of ['conntop-record', 'conntop-serve']) {
	const unit = `deploy/${name}.service`;

	testUnless(missingProgram('systemd-analyze'), `${unit} passes systemd-analyze verify, with its drop-in too`, t => {
		const folder = makeFolder(t);
		const file = path.join(folder, `${name}.service`);
		fs.copyFileSync(unit, file);
		for (const isWithDropIn of [false, true]) {
			if (isWithDropIn) {
				fs.mkdirSync(`${file}.d`);
				fs.copyFileSync(`${unit}.d/names.conf`, path.join(`${file}.d`, 'names.conf'));
			}

			const {status, stderr} = spawnSync('systemd-analyze', ['verify', '--man=no', file], {encoding: 'utf8'});
			t.is(status, 0, stderr);
			t.false(stderr.includes(name), stderr);
		}
	});

	test(`${unit} runs a command line that conntop knows`, t => {
		const line = /^ExecStart=\/usr\/bin\/env conntop (?<args>.*)$/mv.exec(fs.readFileSync(unit, 'utf8'))?.groups?.args ?? '';
		t.regex(line, name === 'conntop-record' ? /^record --to \$\{STATE_DIRECTORY\}/v : /^serve --no-config --listen 127\.0\.0\.1:9073$/v);
	});
}
