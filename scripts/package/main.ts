/**
Makes the packages in `release/`: for each processor a Debian package and a tarball, both with their own Node.js; the package for npm; and their sums.

The same commit gives the same bytes: every file has the date of the commit, or SOURCE_DATE_EPOCH.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {execa} from 'execa';
import packageJson from '../../package.json' with {type: 'json'};
import {checkLibraries, strip} from './binaries.js';
import {readChangelog} from './changelog.js';
import {debEntries, makeDeb} from './deb.js';
import {inputsFor} from './inputs.js';
import {makeTarball, tarballEntries} from './tarball.js';
import {targets, type Target} from './targets.js';

const {version} = packageJson;

/** Maximum size of a package in bytes: users download it. */
const most = 35 * 1024 * 1024;

const dateOf = async (): Promise<number> => {
	const {SOURCE_DATE_EPOCH: given} = process.env;
	if (given !== undefined) {
		return Number(given);
	}

	const {stdout} = await execa('git', ['log', '-1', '--format=%ct']);
	return Number(stdout);
};

const needPrograms = async (names: readonly string[]): Promise<void> => {
	const found = await Promise.all(names.map(async name => execa(name, ['--version'], {reject: false})));
	const missing = names.filter((_, index) => found[index].exitCode !== 0);
	if (missing.length > 0) {
		throw new Error(`these programs are missing: ${missing.join(', ')}; on Debian: apt-get install llvm dpkg xz-utils`);
	}
};

const makeFor = async (target: Target, folder: string, scratch: string, date: number): Promise<readonly string[]> => {
	const inputs = inputsFor(target);
	const stripped = path.join(scratch, `${target.node}-stripped`);
	await fs.mkdir(stripped);
	await Promise.all([checkLibraries(inputs.node, target), checkLibraries(inputs.addon, target)]);

	// Koffi looks for its addon by the name of the folder.
	const addon = path.join(stripped, path.basename(path.dirname(inputs.addon)), 'koffi.node');
	await fs.mkdir(path.dirname(addon));
	await Promise.all([strip(inputs.node, path.join(stripped, 'node')), strip(inputs.addon, addon)]);
	const small = {...inputs, node: path.join(stripped, 'node'), addon};

	const deb = path.join(folder, `conntop_${version}_${target.debian}.deb`);
	const name = `conntop-${version}-linux-${target.node}`;
	const tarball = path.join(folder, `${name}.tar.xz`);
	const releases = readChangelog(await fs.readFile('CHANGELOG.md', 'utf8'));
	await Promise.all([
		makeDeb(deb, await debEntries(small, releases), {
			target, version, date, scratch: path.join(scratch, `${target.node}-deb`),
		}),
		makeTarball(tarball, await tarballEntries(small), {name, date, scratch: path.join(scratch, `${target.node}-tarball`)}),
	]);
	return [deb, tarball];
};

/** The package for npm. npm itself gives all files the same date. */
const makeNpmPackage = async (folder: string): Promise<string> => {
	const {stdout} = await execa('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder]);
	return path.join(folder, stdout.trim());
};

const sumOf = async (file: string): Promise<string> => `${createHash('sha256').update(await fs.readFile(file)).digest('hex')}  ${path.basename(file)}\n`;

const makeAll = async (folder: string, scratch: string): Promise<void> => {
	const date = await dateOf();
	const files: string[] = [await makeNpmPackage(folder)];
	for (const target of targets) {
		// eslint-disable-next-line no-await-in-loop -- Each runs two compressors already.
		files.push(...await makeFor(target, folder, scratch, date));
	}

	const sums = await Promise.all(files.map(async file => sumOf(file)));
	await fs.writeFile(path.join(folder, 'SHA256SUMS'), sums.join(''));
	const sizes = await Promise.all(files.map(async file => {
		const {size} = await fs.stat(file);
		return {file, size};
	}));
	for (const {file, size} of sizes) {
		process.stdout.write(`${path.relative('.', file)}: ${(size / 1e6).toFixed(1)} MB\n`);
	}

	const large = sizes.filter(({size}) => size > most).map(({file}) => file);
	if (large.length > 0) {
		throw new Error(`these packages are larger than ${most / 1024 / 1024} MiB: ${large.join(', ')}`);
	}
};

await needPrograms(['llvm-strip', 'llvm-readelf', 'dpkg-deb', 'xz', 'tar']);
const folder = path.resolve(process.argv[2] ?? 'release');
await fs.rm(folder, {recursive: true, force: true});
await fs.mkdir(folder, {recursive: true});
const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-package-'));
try {
	await makeAll(folder, scratch);
} finally {
	await fs.rm(scratch, {recursive: true, force: true});
}
