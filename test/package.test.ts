import fs from 'node:fs';
import {fileURLToPath} from 'node:url';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram} from './helpers/conntop.js';
import {makeFolder} from './helpers/folder.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const {engines, os} = JSON.parse(fs.readFileSync(`${root}package.json`, 'utf8')) as {readonly engines: {readonly node: string}; readonly os: readonly string[]};

type Packed = readonly [{readonly size: number; readonly files: ReadonlyArray<{readonly path: string; readonly mode: number}>}];

test('the package contains the program and its documents, and nothing else', async t => {
	// Without scripts: `prepack` builds, and would replace dist/ while other tests run it.
	const {stdout} = await execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: root});
	const [{files, size}] = JSON.parse(stdout) as Packed;
	t.true(size < 2_500_000, 'it is small');
	const built = fs.readdirSync(`${root}dist`, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile()).map(entry => path.relative(root, path.join(entry.parentPath, entry.name)));
	t.deepEqual(files.map(file => file.path).toSorted(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'README.zh-CN.md', 'package.json', 'scripts/preinstall.cjs', ...built].toSorted());
	const needed = ['conntop.js', 'answers.js', 'main.js', 'completion.js', 'completion.json', 'help.txt', 'string-width.js', 'package.json', 'LICENSES.txt'];
	t.deepEqual(needed.filter(name => !built.includes(`dist/${name}`)), []);

	const launcher = files.find(file => file.path === 'dist/conntop.js');
	t.is((launcher?.mode ?? 0) & 0o111, 0o111, 'the launcher is executable');
});

/** Runs a script as if with another Node.js or system. */
const runOn = async (changes: Readonly<Record<string, unknown>>, script: string) => {
	const program = [
		...Object.entries(changes).map(([name, value]) => `Object.defineProperty(process, '${name}', {value: ${JSON.stringify(value)}});`),
		`process.argv.splice(1, 0, ${JSON.stringify(script)});`,
		`require(${JSON.stringify(script)});`,
	].join('\n');
	const {stdout, stderr, exitCode} = await execa(process.execPath, ['-e', program, '--', '--version'], {reject: false});
	return {stdout, stderr, exitCode};
};

const onVersion = async (node: string, script = builtProgram) => runOn({version: `v${node}`, versions: {...process.versions, node}}, script);

const [, oldest = ''] = /^>=(?<oldest>\d+\.\d+)$/v.exec(engines.node) ?? [];

for (const version of ['0.10.48', '20.20.2', '22.14.9']) {
	test(`rejects Node.js ${version} in one sentence`, async t => {
		t.deepEqual(await onVersion(version), {
			stdout: '', stderr: `conntop needs Node.js ${oldest} or newer; this is v${version}.`, exitCode: 1,
		});
	});
}

for (const version of [`${oldest}.0`, '22.100.0', '23.0.0', '100.0.0']) {
	test(`accepts Node.js ${version}`, async t => {
		const {stdout, stderr, exitCode} = await onVersion(version);
		t.regex(stdout, /^\d+\.\d+\.\d+$/v);
		t.deepEqual([stderr, exitCode], ['', 0]);
	});
}

test('rejects systems other than Linux in one sentence, and in npm', async t => {
	t.deepEqual(await runOn({platform: 'darwin'}, builtProgram), {
		stdout: '', stderr: 'conntop reads the sockets of Linux; this system is darwin.', exitCode: 1,
	});
	t.deepEqual(os, ['linux']);
});

test('npm refuses to install on a Node.js that is too old, but not to prepare a clone', async t => {
	const folder = makeFolder(t);
	fs.mkdirSync(path.join(folder, 'scripts'));
	for (const file of ['package.json', 'scripts/preinstall.cjs']) {
		fs.copyFileSync(`${root}${file}`, path.join(folder, file));
	}

	const script = path.join(folder, 'scripts/preinstall.cjs');
	for (const version of ['0.10.48', '20.20.2', '22.14.9']) {
		t.deepEqual(await onVersion(version, script), {
			stdout: '', stderr: `conntop needs Node.js ${oldest} or newer; this is v${version}.`, exitCode: 1,
		});
		t.is((await onVersion(version, `${root}scripts/preinstall.cjs`)).exitCode, 0);
	}

	for (const version of [`${oldest}.0`, '22.100.0', '23.0.0', '100.0.0']) {
		t.is((await onVersion(version, script)).exitCode, 0);
	}
});
