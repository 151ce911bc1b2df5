/** Strips binaries, and compares the libraries that they need with the dependencies of the package. */
import {execa} from 'execa';
import type {Target} from './targets.js';

/** Removes debugging symbols. LLVM's program can do so for every processor. */
export const strip = async (binary: string, file: string): Promise<void> => {
	await execa('llvm-strip', ['-o', file, binary]);
};

/** The libraries of the packages that the Debian package depends on. */
const libraries = new Set(['libc.so.6', 'libdl.so.2', 'libm.so.6', 'libpthread.so.0', 'libgcc_s.so.1', 'libstdc++.so.6']);

/** The newest versions of symbols that those packages have, in the versions that the Debian package depends on. */
const newest: Readonly<Record<string, readonly number[]>> = {
	GLIBC: [2, 28], GCC: [3, 4], GLIBCXX: [3, 4, 22], CXXABI: [1, 3, 11],
};

const isNewer = (a: readonly number[], b: readonly number[]): boolean => {
	const index = a.findIndex((number, place) => number !== (b[place] ?? 0));
	return index !== -1 && a[index] > (b[index] ?? 0);
};

/**
What a binary needs and the Debian package does not ask for.

@param printed What `llvm-readelf --needed-libs --version-info` prints of it.
*/
export const missingLibraries = (printed: string, {loader}: Target): readonly string[] => {
	const needed = Array.from(printed.matchAll(/^ {2}(?<name>\S+\.so\S*)$/gmv), ({groups}) => groups?.name ?? '').filter(name => !libraries.has(name) && name !== loader);
	const versions = new Set(Array.from(printed.matchAll(/\bName: (?<name>[A-Z]+_[\d.]+)\b/gv), ({groups}) => groups?.name ?? ''));
	return [...needed, ...versions.values().filter(name => {
		const [library, version] = name.split('_', 2);
		return isNewer(version.split('.').map(Number), newest[library] ?? []);
	})];
};

/** Rejects a binary that needs more than what the Debian package depends on. */
export const checkLibraries = async (binary: string, target: Target): Promise<void> => {
	const {stdout} = await execa('llvm-readelf', ['--needed-libs', '--version-info', binary]);
	const missing = missingLibraries(stdout, target);
	if (missing.length > 0) {
		throw new Error(`${binary} needs ${missing.join(', ')}: say so in scripts/package/deb.ts (Depends) and scripts/package/binaries.ts.`);
	}
};
