import fs from 'node:fs';
import {fileURLToPath} from 'node:url';
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram} from './helpers/conntop.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const {engines, os} = JSON.parse(fs.readFileSync(`${root}package.json`, 'utf8')) as {readonly engines: {readonly node: string}; readonly os: readonly string[]};

type Packed = readonly [{readonly files: ReadonlyArray<{readonly path: string; readonly mode: number}>}];

test('the package contains the program and its documents, and nothing else', async t => {
	// Without scripts: `prepack` builds, and would replace dist/ while other tests run it.
	const {stdout} = await execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {cwd: root});
	const [{files}] = JSON.parse(stdout) as Packed;
	const built = fs.readdirSync(`${root}dist`).map(name => `dist/${name}`);
	t.deepEqual(files.map(file => file.path).toSorted(), ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', ...built].toSorted());
	const needed = ['conntop.js', 'main.js', 'package.json', 'LICENSES.txt'];
	t.deepEqual(needed.filter(name => !built.includes(`dist/${name}`)), []);

	const launcher = files.find(file => file.path === 'dist/conntop.js');
	t.is((launcher?.mode ?? 0) & 0o111, 0o111, 'the launcher is executable');
});

/** Runs the launcher as if with another Node.js or system. */
const launchOn = async (changes: Readonly<Record<string, unknown>>) => {
	const program = [
		...Object.entries(changes).map(([name, value]) => `Object.defineProperty(process, '${name}', {value: ${JSON.stringify(value)}});`),
		`process.argv.splice(1, 0, ${JSON.stringify(builtProgram)});`,
		`require(${JSON.stringify(builtProgram)});`,
	].join('\n');
	const {stdout, stderr, exitCode} = await execa(process.execPath, ['-e', program, '--', '--version'], {reject: false});
	return {stdout, stderr, exitCode};
};

const onVersion = async (node: string) => launchOn({version: `v${node}`, versions: {...process.versions, node}});

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
	t.deepEqual(await launchOn({platform: 'darwin'}), {
		stdout: '', stderr: 'conntop reads the sockets of Linux; this system is darwin.', exitCode: 1,
	});
	t.deepEqual(os, ['linux']);
});
