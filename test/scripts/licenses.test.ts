import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {licensesPage, packageFolders, readPackage} from '../../scripts/licenses.js';

const root = new URL('../../', import.meta.url);

const page = fs.readFileSync(new URL('dist/LICENSES.txt', root), 'utf8');

const makePackage = (files: Readonly<Record<string, string>>): string => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'conntop-package-'));
	for (const [name, text] of Object.entries(files)) {
		fs.writeFileSync(path.join(folder, name), text);
	}

	return folder;
};

test('assigns files to the innermost package, with scopes and in any folder', t => {
	t.deepEqual(packageFolders([
		'source/cli.ts',
		'node_modules/ink/build/index.js',
		'node_modules/ink/build/ink.js',
		'node_modules/ink/node_modules/slice-ansi/index.js',
		'../elsewhere/node_modules/@scope/name/a/b.js',
		'node-module:os',
	]), ['node_modules/ink', 'node_modules/ink/node_modules/slice-ansi', '../elsewhere/node_modules/@scope/name']);
});

test('reads licenses and notices with any of their file names', t => {
	const folder = makePackage({
		'package.json': '{"name": "a", "version": "1.2.3", "license": "ISC"}', 'LICENCE.md': 'Permission\n', NOTICE: 'Parts are from b.', 'index.js': '',
	});
	t.teardown(() => {
		fs.rmSync(folder, {recursive: true});
	});
	t.deepEqual(readPackage(folder), {
		name: 'a', version: '1.2.3', license: 'ISC', text: 'Permission\n\nParts are from b.',
	});
});

test('rejects a package without a license text', t => {
	const folder = makePackage({'package.json': '{"name": "a", "version": "1.2.3", "license": "MIT"}'});
	t.teardown(() => {
		fs.rmSync(folder, {recursive: true});
	});
	t.throws(() => readPackage(folder), {message: /The package a is bundled, but contains no license text/v});
});

test('packages with the same text share a section', t => {
	const packages = ['c', 'b', 'a'].map(name => ({
		name, version: '1.0.0', license: 'MIT', text: name === 'b' ? 'other' : 'text',
	}));
	const sections = licensesPage(packages).split(/^-{80}$/mv).slice(1).map(section => section.trim());
	t.deepEqual(sections, ['a 1.0.0 (MIT)\nc 1.0.0 (MIT)\n\ntext', 'b 1.0.0 (MIT)\n\nother']);
});

/** The package of an import; undefined for files and modules of Node.js. */
const packageOf = (specifier: string): string | undefined => /^(?!node:)(?:@[\w\-]+\/)?[a-z][\w\-.]*/v.exec(specifier)?.[0];

/** The packages that source/ imports, except types. */
const importedPackages = (): Set<string> => {
	const files = fs.globSync('source/**/*.{ts,tsx}', {cwd: fileURLToPath(root)});
	const texts = files.filter(file => !file.endsWith('.d.ts')).map(file => fs.readFileSync(new URL(file, root), 'utf8'));
	const specifiers = texts.flatMap(text => Array.from(
		text.matchAll(/^import (?!type)[^']*'(?<from>[^']+)'|\bimport\('(?<later>[^']+)'\)/gmv),
		({groups}) => groups?.from ?? groups?.later ?? '',
	));
	return new Set(specifiers.flatMap(specifier => packageOf(specifier) ?? []));
};

test('the built page lists all packages that source/ imports, and their dependencies', t => {
	const named = new Set(Array.from(page.matchAll(/^(?<name>\S+) \d\S* \([^\)]+\)$/gmv), ({groups}) => groups?.name));
	const imported = importedPackages();
	t.true(imported.has('commander') && imported.has('ink'), 'the search finds packages');
	const expected = [...imported, 'react-reconciler', 'yoga-layout', 'ink-table', 'peggy'].filter(name => name !== 'koffi');
	t.deepEqual(expected.filter(name => !named.has(name)), []);
	t.false(named.has('koffi'), 'npm installs it, with its own license');
	for (const section of page.split(/^-{80}$/mv).slice(1)) {
		t.regex(section, /copyright|permission/iv);
	}
});
