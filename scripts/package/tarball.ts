/** A tarball that runs wherever it is unpacked, for systems without Debian packages. */
import fs from 'node:fs/promises';
import path from 'node:path';
import {execa} from 'execa';
import type {Inputs} from './inputs.js';
import {programEntries, relativeLauncher, sharedEntries} from './program.js';
import {writeTree, type Entry} from './tree.js';

/** All files of the tarball, laid out as below /usr/local. */
export const tarballEntries = async (inputs: Inputs): Promise<readonly Entry[]> => {
	const [program, shared] = await Promise.all([programEntries(inputs), sharedEntries(inputs)]);
	return [
		{path: 'bin/conntop', text: relativeLauncher, isProgram: true},
		...program.map(entry => ({...entry, path: `lib/conntop/${entry.path}`})),
		...shared.map(entry => ({...entry, path: `share/${entry.path}`})),
		{path: 'share/doc/conntop/CHANGELOG.md', copyOf: 'CHANGELOG.md'},
	];
};

export type TarballOptions = {
	/** The name of the one folder in it. */
	readonly name: string;
	/** Seconds since 1970, for all files. */
	readonly date: number;
	/** A folder for temporary files; it does not exist yet. */
	readonly scratch: string;
	/** The program that compresses it, with its arguments. */
	readonly compression?: string;
};

/**
Makes a tarball. The same files, name and date give the same bytes.

@param file Where it is written.
*/
export const makeTarball = async (file: string, entries: readonly Entry[], {
	name, date, scratch, compression = 'xz -6 --threads=1',
}: TarballOptions): Promise<void> => {
	await writeTree(path.join(scratch, name), entries, date);
	await execa('tar', [
		'--create',
		`--file=${file}`,
		`--directory=${scratch}`,
		`--use-compress-program=${compression}`,
		'--format=gnu',
		'--sort=name',
		'--owner=root:0',
		'--group=root:0',
		name,
	]);
	await fs.rm(scratch, {recursive: true});
};
