/**
Makes a release: `npm run release -- VERSION`, or without VERSION the packages of the version that is there. Nothing is changed before everything is checked, and
nothing is packed that is not committed.
*/
import fs from 'node:fs/promises';
import process from 'node:process';
import {execa} from 'execa';
import {readChangelog} from './package/changelog.js';
import {isNewer, withRelease, withVersion} from './release-texts.js';

const wanted = process.argv[2];

const refuse = (reason: string): never => {
	process.stderr.write(`no release: ${reason}\n`);
	// eslint-disable-next-line unicorn/no-process-exit -- A script that refuses has nothing more to do.
	process.exit(1);
};

const hasRun = async (command: string, ...args: readonly string[]): Promise<boolean> => {
	const {exitCode} = await execa(command, args, {stdio: 'inherit', reject: false});
	return exitCode === 0;
};

const read = async (file: string): Promise<string> => fs.readFile(file, 'utf8');

const {stdout: changes} = await execa('git', ['status', '--porcelain']);
if (changes !== '') {
	refuse('the tree has changes that are not committed');
}

const {version: current} = JSON.parse(await read('package.json')) as {readonly version: string};
const changelog = await read('CHANGELOG.md');
const version = wanted ?? current;
if (wanted !== undefined && !isNewer(wanted, current)) {
	refuse(`${wanted} is no version after ${current}`);
}

const released = wanted === undefined ? changelog : withRelease(changelog, version, new Date().toISOString().slice(0, 10));
if (released === undefined || readChangelog(released).every(each => !(each.version === version && each.points.length > 0))) {
	refuse(wanted === undefined ? `CHANGELOG.md says nothing of ${version}` : 'CHANGELOG.md has nothing under Unreleased');
}

if (!await hasRun('npm', 'test')) {
	refuse('a test fails');
}

if (wanted !== undefined) {
	await fs.writeFile('CHANGELOG.md', released ?? '');
	await fs.writeFile('package.json', withVersion(await read('package.json'), current, version, 1));
	await fs.writeFile('package-lock.json', withVersion(await read('package-lock.json'), current, version, 2));
	if (!await hasRun('git', 'commit', '--all', '--message', `Release ${version}`)) {
		refuse('git could not commit the version');
	}
}

if (!await hasRun('npm', 'run', '--silent', 'package')) {
	refuse('the packages could not be made');
}
