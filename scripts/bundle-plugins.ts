/** Plugins of esbuild that make the bundles of scripts/build.ts start faster, or possible. */
import {builtinModules, createRequire} from 'node:module';
import type {Plugin} from 'esbuild';

const require = createRequire(import.meta.url);

/**
Ink-table is CommonJS and requires Ink, which no bundler can provide, because Ink has a top-level await. Ink-table needs two components of Ink, and only when it
renders. So it gets an object that `source/screen/renderers/ink/ink-table.ts` fills once Ink is loaded.
*/
/* eslint-disable require-unicode-regexp -- esbuild runs these in Go, which does not support the flag. */
export const provideInkToInkTable: Plugin = {
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
				import {createElement} from 'react';
				import {Box, Text} from 'ink';
				import ink from 'provided-ink';
				let table;
				export const Table = properties => {
					if (table === undefined) {
						Object.assign(ink, {Box, Text});
						table = require('ink-table').default;
					}

					return createElement(table, properties);
				};
			`,
		}));
	},
};

/**
The names that can be imported from a built-in module of Node.js. A name that nothing imports leaves no code, because its value counts as pure, so that no getter is
called that would load another module.
*/
const namedExports = (module: string): string => Object.keys(require(module) as Readonly<Record<string, unknown>>)
	.filter(name => name !== 'default')
	.map(name => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})();`)
	.join('\n');

/**
Loads built-in modules of Node.js on demand, because loading some of them takes half of the start time. Imports are hoisted to the top of a bundle, but a `require` stays
where the module that needs it begins. esbuild's own way to import CommonJS copies all names of the module for each file that imports it.
*/
export const loadNodeModulesOnDemand: Plugin = {
	name: 'load-node-modules-on-demand',
	setup(context) {
		const namespace = 'node-module';
		const filter = new RegExp(`^(?:node:)?(?:${builtinModules.filter(name => !name.startsWith('_')).join('|')})$`);
		context.onResolve({filter}, ({kind, path}) => kind === 'import-statement' ? {path, namespace} : undefined);
		context.onLoad({filter: /.*/, namespace}, ({path}) => ({
			contents: `const builtin = /* @__PURE__ */ require('${path}');\nexport default builtin;\n${namedExports(path)}`,
		}));
	},
};

/**
Libraries that few commands need are files of their own in `dist/`, which are read when such a command asks for them: in the bundle they would make each start
slower. Each file has all packages that match.
*/
export const ownFiles: ReadonlyArray<{readonly packages: RegExp; readonly file: string; readonly contents: string}> = [
	{packages: /^string-width$/, file: 'string-width.js', contents: 'export {default} from \'string-width\';'},
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

export const loadLibrariesOnDemand: Plugin = {
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

/** Leaves the answers of `source/answers.ts` in a file of their own, which the launcher loads only if it is asked for one. */
export const leaveAnswersOutside: Plugin = {
	name: 'leave-answers-outside',
	setup(context) {
		context.onResolve({filter: /^\.\/answers\.js$/}, ({path}) => ({path, external: true}));
	},
};

/**
Replaces `string-width` by the screen's own fast path. Ink measures each text that it draws, and `string-width`, whose patterns take 20 ms to compile, is needed only
for texts that are not simple.
*/
export const useFastStringWidth: Plugin = {
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

/** Packages that load a module of Node.js when they begin, for what conntop does not use: Commander for subcommands that are programs of their own. */
const rarelyNeeded: ReadonlyArray<{readonly module: RegExp; readonly importer: RegExp}> = [
	{module: /^node:child_process$/, importer: /\/node_modules\/commander\//},
];

/** Loads a rarely needed module of Node.js when something of it is used. */
export const loadRarelyNeededLate: Plugin = {
	name: 'load-rarely-needed-late',
	setup(context) {
		const namespace = 'late';
		for (const {module, importer} of rarelyNeeded) {
			context.onResolve({filter: module}, ({path, importer: file}) => importer.test(file) ? {path, namespace} : undefined);
		}

		context.onLoad({filter: /.*/, namespace}, ({path}) => ({contents: `module.exports = new Proxy({}, {get: (_, name) => require('${path}')[name]});`}));
		context.onResolve({filter: /.*/, namespace}, ({path}) => ({path, external: true}));
	},
};

/* eslint-enable require-unicode-regexp */
