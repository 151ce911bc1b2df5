/**
Builds `dist/`: the bundle, what starts it, and the licenses of what is bundled. Only koffi stays outside, because it is native.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import {builtinModules} from 'node:module';
import {build, type BuildOptions, type Plugin} from 'esbuild';
import peggy from 'peggy';
import {helpPages} from '../source/help/pages.js';
import {licensesPage, packageFolders, readPackage} from './licenses.js';

const grammarPath = 'source/query/grammar/grammar.peggy';
const parserPath = 'source/query/grammar/grammar.js';

/** The filter language: grammar → parser. Written next to the grammar and its types, where source and tests import it. */
const generateParser = async (): Promise<void> => {
	const grammar = await fs.readFile(grammarPath, 'utf8');
	const parser = peggy.generate(grammar, {
		grammarSource: grammarPath, allowedStartRules: ['Filter', 'LastWord', 'RestOfWord', 'Unfinished', 'RegularExpression'], output: 'source', format: 'es',
	});
	await fs.writeFile(parserPath, parser);
};

/**
Ink-table is CommonJS and requires Ink, which has a top-level await, so that no bundler can give it what it requires. It needs two components only
when it draws: it gets an object that `source/screen/renderers/ink/ink-table.ts` fills once Ink is there.
*/
/* eslint-disable require-unicode-regexp -- esbuild runs these in Go, which does not know the flag. */
const handInkToInkTable: Plugin = {
	name: 'hand-ink-to-ink-table',
	setup(context) {
		const namespace = 'handed-ink';
		context.onResolve({filter: /^ink$/}, ({kind}) => kind === 'require-call' ? {path: namespace, namespace} : undefined);
		context.onResolve({filter: /^handed-ink$/}, () => ({path: namespace, namespace}));
		context.onLoad({filter: /.*/, namespace}, () => ({contents: 'module.exports = {};'}));
		context.onLoad({filter: /\/ink-table\.ts$/}, () => ({
			loader: 'ts',
			resolveDir: '.',
			contents: `
				import {Box, Text} from 'ink';
				import ink from 'handed-ink';
				import inkTable from 'ink-table';
				Object.assign(ink, {Box, Text});
				export const Table = inkTable.default;
			`,
		}));
	},
};

/**
What Node.js loads with some of its modules takes as long as half a start. Imports stand at the top of a bundle, whoever needs them; a `require` stands where
the module that needs it begins to run.
*/
const loadNodeModulesWhenNeeded: Plugin = {
	name: 'load-node-modules-when-needed',
	setup(context) {
		const namespace = 'node-module';
		const filter = new RegExp(`^(?:node:)?(?:${builtinModules.filter(name => !name.startsWith('_')).join('|')})$`);
		context.onResolve({filter}, ({kind, path}) => kind === 'import-statement' ? {path, namespace} : undefined);
		context.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = require('${path}');`}));
	},
};

/**
Ink measures each text that it draws. `string-width` takes 20 ms to load and to warm up, and is needed only for texts that are not simple: Ink gets the
measure that the screen itself uses.
*/
const measureAsWeDo: Plugin = {
	name: 'measure-as-we-do',
	setup(context) {
		const namespace = 'measure';
		context.onResolve({filter: /^string-width$/}, ({kind}) => kind === 'import-statement' ? {path: 'string-width', namespace} : undefined);
		context.onLoad({filter: /.*/, namespace}, () => ({
			resolveDir: '.',
			contents: `
				import {isSimple} from './source/text/simple.js';
				let measure;
				export default (text, options) => isSimple(text) ? text.length : (measure ??= require('string-width').default)(text, options);
			`,
		}));
	},
};

/* eslint-enable require-unicode-regexp */

const common = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22.15',
	minify: true,
	keepNames: false,
	legalComments: 'none',
	external: ['koffi'],
	define: {
		// React's development build costs half as much again per frame.
		'process.env.NODE_ENV': '"production"',

		'process.env.DEV': '"false"',

		// Yoga asks `fetch` for the bytes that it carries itself, and with `fetch` Node.js loads a whole HTTP client: a fifth of a start.
		fetch: 'undefined',

		// A bundle is a function, not a module. Ink asks for the path of its developer tools, and only when they are wanted.
		'import.meta.url': 'bundleUrl',
		'import.meta.resolve': 'undefined',
	},
	plugins: [handInkToInkTable, loadNodeModulesWhenNeeded, measureAsWeDo],
	alias: {
		// Loaded by Ink only when its developer tools are asked for.
		'react-devtools-core': './scripts/empty.js',
	},
	logLevel: 'warning',
} satisfies BuildOptions;

/**
What runs a bundle. It is no module: Node.js has those loaded sooner. Old versions can read it, so that they tell what is missing.
*/
const launcher = {
	bundle: true, platform: 'node', format: 'cjs', target: 'node14', define: {'import.meta.dirname': '__dirname'}, logLevel: 'warning',
} satisfies BuildOptions;

/**
Builds the bundle as `source/code/run-bundle.ts` runs it: a function, since V8 gives no code back that it made of a module; and before it the hash of it.

@returns The files of which it contains something.
*/
const buildBundle = async (entryPoint: string, file: string): Promise<string[]> => {
	const {outputFiles, metafile} = await build({
		...common, entryPoints: [entryPoint], write: false, metafile: true,
	});
	const wrapped = `(async (require, bundleUrl) => {'use strict';${outputFiles.map(({text}) => text).join('')}})`;
	await fs.writeFile(file, `//${createHash('sha256').update(wrapped).digest('hex')}\n${wrapped}`);
	return Object.values(metafile.outputs).flatMap(({inputs}) => Object.keys(inputs).filter(input => (inputs[input]?.bytesInOutput ?? 0) > 0));
};

await generateParser();
await fs.rm('dist', {recursive: true, force: true});
await fs.mkdir('dist');
await fs.mkdir('dist/help');
await Promise.all(helpPages.map(async ({file}) => fs.copyFile(`docs/${file}`, `dist/help/${file}`)));
const bundled = await buildBundle('source/cli.ts', 'dist/main.js');

// A parser that peggy generates contains parts of peggy.
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
