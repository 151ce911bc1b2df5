/** The licenses of packages that are bundled into `dist/`. The npm package must contain them, because it contains the code. */
import fs from 'node:fs';
import path from 'node:path';

/** A package of which `dist/` contains code. */
export type BundledPackage = {
	readonly name: string;
	readonly version: string;
	/** The identifier of its license (SPDX), as its package.json states it. */
	readonly license: string;
	/** The texts of its license and of its notices. */
	readonly text: string;
};

/** Copyright holders, according to source or readme, of packages under the MIT license that contain no license text. */
const copyrightHolders: Readonly<Record<string, string>> = {
	'ink-table': 'Matic Zavadlal',
	'yoga-layout': 'Meta Platforms, Inc. and affiliates',
};

const packageFolder = /^.*node_modules\/(?:@[^\/]+\/)?[^\/]+(?=\/)/v;

/**
The folders of the packages that files belong to, without duplicates.

@param inputs Paths as in a metafile of esbuild. Files outside `node_modules` are ignored.
*/
export const packageFolders = (inputs: Iterable<string>): string[] =>
	[...new Set([...inputs].flatMap(input => packageFolder.exec(input)?.[0] ?? []))];

/** The MIT license with the copyright line of another holder. */
const mitText = (holder: string): string => fs.readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/mv, () => `Copyright (c) ${holder}`).trim();

/**
Reads the license of a package.

@param folder The folder of its package.json.
@throws Error if there is neither a license text nor a known copyright holder.
*/
export const readPackage = (folder: string): BundledPackage => {
	const {name, version, license} = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Omit<BundledPackage, 'text'>;
	const files = fs.readdirSync(folder).filter(file => /^(?:licen[cs]e|copying|notice)(?:\.(?:md|txt))?$/iv.test(file)).toSorted();
	if (files.length > 0) {
		return {
			name, version, license, text: files.map(file => fs.readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n'),
		};
	}

	const holder = copyrightHolders[name];
	if (license !== 'MIT' || holder === undefined) {
		throw new Error(`The package ${name} is bundled, but contains no license text; state its copyright holder in scripts/licenses.ts.`);
	}

	return {
		name, version, license, text: mitText(holder),
	};
};

const byName = (a: BundledPackage, b: BundledPackage): number => {
	const [nameA, nameB] = [`${a.name} ${a.version}`, `${b.name} ${b.version}`];
	return nameA < nameB ? -1 : Number(nameA > nameB);
};

/** Formats the licenses. Packages with the same text share one section, which begins with their names. */
export const licensesPage = (packages: readonly BundledPackage[]): string => {
	const sections = Map.groupBy(packages.toSorted(byName), ({text}) => text);
	return [
		'dist/ contains code of the packages below, under these licenses. The license of conntop itself is in the file LICENSE.',
		...[...sections].map(([text, sharing]) => {
			const names = new Set(sharing.map(({name, version, license}) => `${name} ${version} (${license})`));
			return [...names, '', text].join('\n');
		}),
	].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
};
