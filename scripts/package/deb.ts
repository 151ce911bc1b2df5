/** A Debian package, made by `dpkg-deb`. */
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {execa} from 'execa';
import {debianChangelog, type Release} from './changelog.js';
import type {Inputs} from './inputs.js';
import {fixedLauncher, programEntries, sharedEntries} from './program.js';
import type {Target} from './targets.js';
import {writeTree, type Entry} from './tree.js';

/** Debian requires an address. There is none yet, so this one is in a reserved domain (RFC 2606), which nobody can own. */
export const maintainer = 'The conntop authors <authors@conntop.invalid>';

/** What Node.js and koffi are linked with, and the packages that have it. `binaries.ts` compares this with the binaries. */
const depends = 'libc6 (>= 2.28), libgcc-s1 (>= 3.4), libstdc++6 (>= 7)';

/** Intentional deviations that lintian reports, each with the reason. */
const lintianOverrides = `# Node.js carries the libraries that it was tested with; it is the release that its own project built.
conntop: embedded-library *
# No address of the authors is published yet.
conntop: bogus-mail-host *
conntop: bogus-mail-host-in-debian-changelog *
conntop: initial-upload-closes-no-bugs
# The licenses are those that the projects ship, word for word: Node.js' own file names all that is built into it.
conntop: copyright-file-contains-full-apache-2-license
conntop: copyright-not-using-common-license-for-gpl
conntop: old-fsf-address-in-copyright-file
# It is built so by its project.
conntop: hardening-no-pie *
`;

const controlText = (version: string, {debian}: Target, kibibytes: number): string => `Package: conntop
Version: ${version}
Architecture: ${debian}
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: ${depends}
Suggests: iproute2
Section: net
Priority: optional
Description: live view of all socket connections of this machine
 conntop is htop for connections: it shows every socket live, with the
 process that holds it, its state, queues and rates, and what is new.
 .
 It reads the kernel's own tables over netlink, needs no root, no packet
 capture and no eBPF, and brings its own Node.js.
`;

const gzip = (text: string): Uint8Array => gzipSync(text, {level: 9});

/** All files of the package. */
export const debEntries = async (inputs: Inputs, releases: readonly Release[]): Promise<readonly Entry[]> => {
	const lib = 'usr/lib/conntop';
	const [program, shared] = await Promise.all([programEntries(inputs), sharedEntries(inputs)]);
	return [
		{path: 'usr/bin/conntop', text: fixedLauncher(`/${lib}`), isProgram: true},
		...program.map(entry => ({...entry, path: `${lib}/${entry.path}`})),
		...shared.map(entry => {
			const isManPage = /^man\/.*\.\d$/v.test(entry.path) && 'text' in entry;
			return isManPage ? {path: `usr/share/${entry.path}.gz`, text: gzip(entry.text.toString())} : {...entry, path: `usr/share/${entry.path}`};
		}),
		{path: 'usr/share/doc/conntop/changelog.gz', text: gzip(debianChangelog(releases, maintainer))},
		{path: 'usr/share/lintian/overrides/conntop', text: lintianOverrides},
	];
};

/** The checksum of each file in the format of `md5sum`, and the total size in kibibytes. */
const measure = async (folder: string): Promise<{readonly sums: string; readonly kibibytes: number}> => {
	const entries = await fs.readdir(folder, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile()).map(entry => path.relative(folder, path.join(entry.parentPath, entry.name))).toSorted();
	const measured = await Promise.all(files.map(async file => {
		const content = await fs.readFile(path.join(folder, file));
		return {line: `${createHash('md5').update(content).digest('hex')}  ${file}\n`, kibibytes: Math.ceil(content.length / 1024)};
	}));
	return {
		sums: measured.map(({line}) => line).join(''),
		kibibytes: measured.reduce((sum, {kibibytes}) => sum + kibibytes, entries.length - files.length),
	};
};

export type DebOptions = {
	readonly target: Target;
	readonly version: string;
	/** Seconds since 1970, for all files. */
	readonly date: number;
	/** A folder for what is in the way of being made; it does not exist yet. */
	readonly scratch: string;
	/** Arguments of dpkg-deb for the compression. */
	readonly compression?: readonly string[];
};

/**
Makes a Debian package. The same files, version and date give the same bytes.

@param file Where it is written.
*/
export const makeDeb = async (file: string, entries: readonly Entry[], {
	target, version, date, scratch, compression = ['-Zxz', '-z6'],
}: DebOptions): Promise<void> => {
	const root = path.join(scratch, 'root');
	await writeTree(root, entries, date);
	const {sums, kibibytes} = await measure(root);
	await writeTree(path.join(root, 'DEBIAN'), [
		{path: 'control', text: controlText(version, target, kibibytes)},
		{path: 'md5sums', text: sums},
	], date);
	await fs.utimes(root, date, date);

	// With several threads, the output would depend on the number of processors.
	await execa('dpkg-deb', ['--root-owner-group', ...compression, '--threads-max=1', '--build', root, file], {env: {SOURCE_DATE_EPOCH: String(date)}});
	await fs.rm(scratch, {recursive: true});
};
