/**
Builds `dist/`: the bundle, its launcher, and the licenses of bundled packages. Koffi is not bundled, because it is native.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import {build, type BuildOptions, type Metafile} from 'esbuild';
import peggy from 'peggy';
import packageJson from '../package.json' with {type: 'json'};
import type {Bundle} from '../source/code/bundle-of.js';
import {tablesFile} from '../source/completion/read-tables.js';
import {helpPages} from '../source/help/pages.js';
import {
	leaveAnswersOutside,
	loadLibrariesOnDemand,
	loadNodeModulesOnDemand,
	loadRarelyNeededLate,
	ownFiles,
	provideInkToInkTable,
	useFastStringWidth,
} from './bundle-plugins.js';
import {helpTexts} from './help-texts.js';
import {licensesPage, packageFolders, readPackage} from './licenses.js';

const grammarPath = 'source/query/grammar/grammar.peggy';
const parserPath = 'source/query/grammar/grammar.js';

/** Generates the parser of the filter language from its grammar, and writes it next to the grammar, where source and tests import it. */
const generateParser = async (): Promise<void> => {
	const grammar = await fs.readFile(grammarPath, 'utf8');
	const parser = peggy.generate(grammar, {
		grammarSource: grammarPath, allowedStartRules: ['Filter', 'LastWord', 'RestOfWord', 'Unfinished', 'RegularExpression'], output: 'source', format: 'es',
	});
	await fs.writeFile(parserPath, parser);
};

const common = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22.15',
	// Node.js supports the flag `v` since version 20. esbuild does not know that, and would create such an expression each time that it is used.
	supported: {'regexp-set-notation': true},
	minify: true,
	keepNames: false,
	legalComments: 'none',
	external: ['koffi'],
	define: {
		// React's development build makes a frame 50 % more expensive.
		'process.env.NODE_ENV': '"production"',

		'process.env.DEV': '"false"',

		// Yoga uses `fetch` for a file that is embedded in it. `fetch` makes Node.js load an HTTP client, which takes a fifth of the start time.
		fetch: 'undefined',

		'Intl.Segmenter': 'LateSegmenter',

		// A bundle is a function, not a module. Ink resolves only its developer tools, if they are enabled.
		'import.meta.url': 'bundleUrl',
		'import.meta.resolve': 'undefined',
	},
	// The first that resolves an import wins.
	plugins: [provideInkToInkTable, useFastStringWidth, loadRarelyNeededLate, loadLibrariesOnDemand, loadNodeModulesOnDemand],
	inject: ['./scripts/late-segmenter.ts'],
	alias: {
		// Ink loads this only if its developer tools are enabled.
		'react-devtools-core': './scripts/empty.js',
	},
	logLevel: 'warning',
} satisfies BuildOptions;

/**
Builds a file of libraries.

@returns The source files that it contains parts of.
*/
const buildLibraries = async ({file, contents}: (typeof ownFiles)[number]): Promise<string[]> => {
	const {metafile} = await build({
		stdin: {contents, resolveDir: '.'}, outfile: `dist/${file}`, bundle: true, platform: 'node', format: 'cjs', target: 'node22.15', minify: true,
		legalComments: 'none', metafile: true, logLevel: 'warning',
	});
	return partsOf(metafile);
};

/** The source files that a bundle contains parts of. */
const partsOf = ({outputs}: Metafile): string[] =>
	Object.values(outputs).flatMap(({inputs}) => Object.keys(inputs).filter(input => (inputs[input]?.bytesInOutput ?? 0) > 0));

/**
The launcher, which runs a bundle. It is CommonJS, because Node.js loads that faster, and runs on old versions of Node.js, so that it can report what they lack.
*/
const launcher = {
	bundle: true, platform: 'node', format: 'cjs', target: 'node14', define: {'import.meta.dirname': '__dirname', packageVersion: JSON.stringify(packageJson.version)}, logLevel: 'warning', plugins: [leaveAnswersOutside, loadNodeModulesOnDemand],
	// An ES module takes longer to load.
	supported: {'dynamic-import': false},
} satisfies BuildOptions;

/**
Builds the bundle in the form for `source/code/run-bundle.ts`: a function, because V8 cannot cache the code of a module, preceded by its hash.

@returns The source files that it contains parts of.
*/
const buildBundle = async (entryPoint: string, file: string): Promise<string[]> => {
	const {outputFiles, metafile} = await build({
		...common, entryPoints: [entryPoint], write: false, metafile: true,
	});
	const wrapped = `(async (require, bundleUrl) => {'use strict';${outputFiles.map(({text}) => text).join('')}})`;
	await fs.writeFile(file, `//${createHash('sha256').update(wrapped).digest('hex')}\n${wrapped}`);
	return partsOf(metafile);
};

await generateParser();
await fs.rm('dist', {recursive: true, force: true});
await fs.mkdir('dist');
await fs.mkdir('dist/help');
await fs.mkdir('dist/commands');
await Promise.all(helpPages.map(async ({file}) => fs.copyFile(`docs/${file}`, `dist/help/${file}`)));
// They read tables of the program, the parser included.
const [{createProgram}, {describeCommands}, {makeTables}] = await Promise.all([
	import('../source/commands/program.js'), import('../source/commands/described-command.js'), import('./completion-tables.js'),
]);
const program = createProgram(packageJson.version, {});
const tables = makeTables(describeCommands(program));
await fs.writeFile(`dist/${tablesFile}`, JSON.stringify(tables));
const {ofProgram, ofCommands} = helpTexts(program, Infinity);
await fs.writeFile('dist/help.txt', ofProgram);
await Promise.all(ofCommands.entries().map(async ([name, text]) => fs.writeFile(`dist/commands/${name}.txt`, text)));
const answers = await build({
	...common, entryPoints: ['source/answers.ts'], outfile: 'dist/answers.js', format: 'cjs', metafile: true,
	define: {...common.define, 'import.meta.dirname': '__dirname'},
});
const inLibraries = await Promise.all(ownFiles.map(async each => buildLibraries(each)));
const bundles = {'main.js': 'source/cli.ts', 'completion.js': 'source/completion.ts'} satisfies Record<Bundle, string>;
const inBundles = await Promise.all(Object.entries(bundles).map(async ([file, entryPoint]) => buildBundle(entryPoint, `dist/${file}`)));
const bundled = [...inBundles, ...inLibraries, partsOf(answers.metafile)].flat();

// A generated parser contains parts of peggy.
const packages = [...packageFolders(bundled), 'node_modules/peggy'].map(folder => readPackage(folder));
await Promise.all([
	fs.writeFile('dist/LICENSES.txt', licensesPage(packages)),
	fs.writeFile('dist/package.json', '{"type": "commonjs"}\n'),
	build({...launcher, entryPoints: ['source/conntop.ts'], outfile: 'dist/conntop.js'}),
]);
await fs.chmod('dist/conntop.js', 0o755);

// It reads the tables of the program, the parser included.
const {writeManPage} = await import('./man/write.js');
writeManPage('dist/conntop.1');
