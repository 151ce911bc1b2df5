/** Builds `dist/`: the bundle, its launcher, and the licenses of the bundled packages. Only koffi is not bundled, because it is native. */
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import {builtinModules} from 'node:module';
import {build, type BuildOptions, type Plugin} from 'esbuild';
import peggy from 'peggy';
import {licensesPage, packageFolders, readPackage} from './licenses.js';

const grammarPath = 'source/query/grammar/grammar.peggy';
const parserPath = 'source/query/grammar/grammar.js';

/** Generates the parser of the filter language. It is written next to the grammar and its types, where source and tests import it. */
const generateParser = async (): Promise<void> => {
	const grammar = await fs.readFile(grammarPath, 'utf8');
	const parser = peggy.generate(grammar, {
		grammarSource: grammarPath, allowedStartRules: ['Filter', 'LastWord', 'RestOfWord', 'Unfinished', 'RegularExpression'], output: 'source', format: 'es',
	});
	await fs.writeFile(parserPath, parser);
};

/**
Ink-table is CommonJS and requires Ink, which has a top-level await, so a bundler cannot resolve that `require`. It needs two components, and only when it
draws: it gets an object that `source/screen/renderers/ink/ink-table.ts` fills once Ink is loaded.
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
Loading some modules of Node.js takes half of the start time. A bundle runs imports at its top, whether they are needed or not; a `require` runs only when the
module that needs it does.
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
Ink measures each text that it draws. `string-width` takes 20 ms to load and to warm up, and only complex texts need it. So Ink gets the function that the
screen itself uses.
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
		// React's development build takes half as much time again for each frame.
		'process.env.NODE_ENV': '"production"',

		'process.env.DEV': '"false"',

		// Yoga reads its embedded bytes with `fetch`, for which Node.js loads a whole HTTP client: a fifth of the start time.
		fetch: 'undefined',

		// A bundle is a function, not a module. Ink reads this path for its developer tools, and only if they are requested.
		'import.meta.url': 'bundleUrl',
		'import.meta.resolve': 'undefined',
	},
	plugins: [handInkToInkTable, loadNodeModulesWhenNeeded, measureAsWeDo],
	alias: {
		// Ink loads it only if its developer tools are requested.
		'react-devtools-core': './scripts/empty.js',
	},
	logLevel: 'warning',
} satisfies BuildOptions;

/**
The launcher that runs the bundle. It is CommonJS, which Node.js loads faster than a module, and old versions can parse it, so that they can report what is
missing.
*/
const launcher = {
	bundle: true, platform: 'node', format: 'cjs', target: 'node14', define: {'import.meta.dirname': '__dirname'}, logLevel: 'warning',
} satisfies BuildOptions;

/**
Builds the bundle in the form that `source/code/run-bundle.ts` runs: a function, because V8 cannot return compiled code of a module, after a line with its hash.

@returns The files that the bundle contains parts of.
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
const bundled = await buildBundle('source/cli.ts', 'dist/main.js');

// A generated parser contains parts of peggy.
const packages = [...packageFolders(bundled), 'node_modules/peggy'].map(folder => readPackage(folder));
await Promise.all([
	fs.writeFile('dist/LICENSES.txt', licensesPage(packages)),
	fs.writeFile('dist/package.json', '{"type": "commonjs"}\n'),
	build({...launcher, entryPoints: ['source/conntop.ts'], outfile: 'dist/conntop.js'}),
]);
await fs.chmod('dist/conntop.js', 0o755);
