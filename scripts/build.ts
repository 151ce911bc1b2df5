/**
Builds `dist/`: the bundle, its launcher, and the licenses of bundled packages. Koffi is not bundled, because it is native.
*/
import {createHash} from 'node:crypto';
import fs from 'node:fs/promises';
import {builtinModules} from 'node:module';
import {
	build,
	type BuildOptions,
	type Metafile,
	type Plugin,
} from 'esbuild';
import peggy from 'peggy';
import packageJson from '../package.json' with {type: 'json'};
import {helpPages} from '../source/help/pages.js';
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

/**
Ink-table is CommonJS and requires Ink, which no bundler can provide, because Ink has a top-level await. Ink-table needs two components of Ink, and only when it
renders. So it gets an object that `source/screen/renderers/ink/ink-table.ts` fills once Ink is loaded.
*/
/* eslint-disable require-unicode-regexp -- esbuild runs these in Go, which does not support the flag. */
const provideInkToInkTable: Plugin = {
	name: 'provide-ink-to-ink-table',
	setup(context) {
		const namespace = 'provided-ink';
		context.onResolve({filter: /^ink$/}, ({kind}) => kind === 'require-call' ? {path: namespace, namespace} : undefined);
		context.onResolve({filter: /^provided-ink$/}, () => ({path: namespace, namespace}));
		context.onLoad({filter: /.*/, namespace}, () => ({contents: 'module.exports = {};'}));
		context.onLoad({filter: /\/ink-table\.ts$/}, () => ({
			loader: 'ts',
			resolveDir: '.',
			contents: `
				import {Box, Text} from 'ink';
				import ink from 'provided-ink';
				import inkTable from 'ink-table';
				Object.assign(ink, {Box, Text});
				export const Table = inkTable.default;
			`,
		}));
	},
};

/**
Loads built-in modules of Node.js on demand, because loading some of them takes half of the start time. Imports are hoisted to the top of a bundle, but a `require` stays
where the module that needs it begins.
*/
const loadNodeModulesOnDemand: Plugin = {
	name: 'load-node-modules-on-demand',
	setup(context) {
		const namespace = 'node-module';
		const filter = new RegExp(`^(?:node:)?(?:${builtinModules.filter(name => !name.startsWith('_')).join('|')})$`);
		context.onResolve({filter}, ({kind, path}) => kind === 'import-statement' ? {path, namespace} : undefined);
		context.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = require('${path}');`}));
	},
};

/**
Libraries that few commands need are files of their own in `dist/`, which are read when such a command asks for them: in the bundle they would make each start
slower. Each file has all packages that match.
*/
const ownFiles: ReadonlyArray<{readonly packages: RegExp; readonly file: string; readonly contents: string}> = [
	{packages: /^prom-client$/, file: 'prom-client.js', contents: 'export {Counter, Gauge, Histogram, Registry} from \'prom-client\';'},
	{
		packages: /^@opentelemetry\//,
		file: 'opentelemetry.js',
		contents: `
			export {ValueType} from '@opentelemetry/api';
			export {SeverityNumber} from '@opentelemetry/api-logs';
			export {OTLPLogExporter} from '@opentelemetry/exporter-logs-otlp-proto';
			export {OTLPMetricExporter} from '@opentelemetry/exporter-metrics-otlp-proto';
			export {detectResources, envDetector, resourceFromAttributes} from '@opentelemetry/resources';
			export {LoggerProvider} from '@opentelemetry/sdk-logs';
			export {MeterProvider, PeriodicExportingMetricReader} from '@opentelemetry/sdk-metrics';
		`,
	},
];

const loadLibrariesOnDemand: Plugin = {
	name: 'load-libraries-on-demand',
	setup(context) {
		const namespace = 'own-file';
		for (const {packages, file} of ownFiles) {
			context.onResolve({filter: packages}, () => ({path: file, namespace}));
		}

		context.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = require('./${path}');`}));
		context.onResolve({filter: /^\.\//, namespace}, ({path}) => ({path, external: true}));
	},
};

/**
Replaces `string-width` by the screen's own fast path. Ink measures each text that it draws, and `string-width`, which takes 20 ms to load and warm up, is needed only
for texts that are not simple.
*/
const useFastStringWidth: Plugin = {
	name: 'use-fast-string-width',
	setup(context) {
		const namespace = 'fast-string-width';
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

		// A bundle is a function, not a module. Ink resolves only its developer tools, if they are enabled.
		'import.meta.url': 'bundleUrl',
		'import.meta.resolve': 'undefined',
	},
	plugins: [provideInkToInkTable, loadNodeModulesOnDemand, loadLibrariesOnDemand, useFastStringWidth],
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
	bundle: true, platform: 'node', format: 'cjs', target: 'node14', define: {'import.meta.dirname': '__dirname', packageVersion: JSON.stringify(packageJson.version)}, logLevel: 'warning',
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
await Promise.all(helpPages.map(async ({file}) => fs.copyFile(`docs/${file}`, `dist/help/${file}`)));
const inLibraries = await Promise.all(ownFiles.map(async each => buildLibraries(each)));
const bundled = [...await buildBundle('source/cli.ts', 'dist/main.js'), ...inLibraries.flat()];

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
