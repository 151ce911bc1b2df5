/**
Builds `dist/`: the launcher, one bundle for the main thread and one for the engine's worker. Only koffi stays outside, because it is native.

`node scripts/build.ts` needs a Node.js that strips types; npm scripts have one from the `node` package.
*/
import fs from 'node:fs/promises';
import {build, type BuildOptions, type Plugin} from 'esbuild';
import peggy from 'peggy';

const grammarPath = 'source/query/grammar.peggy';
const parserPath = 'source/query/grammar.js';

/** The filter language: grammar → parser. Written next to the grammar and its types, where source and tests import it. */
const generateParser = async (): Promise<void> => {
	const grammar = await fs.readFile(grammarPath, 'utf8');
	const parser = peggy.generate(grammar, {
		grammarSource: grammarPath, allowedStartRules: ['Filter', 'RegularExpression'], output: 'source', format: 'es',
	});
	await fs.writeFile(parserPath, parser);
};

/**
Ink-table is CommonJS and requires Ink, which has a top-level await, so that no bundler can give it what it requires. It needs two components only
when it draws: it gets an object that `source/screen/ink-table.ts` fills once Ink is there.
*/
/* eslint-disable require-unicode-regexp -- esbuild runs these in Go, which does not know the flag. */
const handInkToInkTable: Plugin = {
	name: 'hand-ink-to-ink-table',
	setup(context) {
		const namespace = 'handed-ink';
		context.onResolve({filter: /^ink$/}, ({kind}) => kind === 'require-call' ? {path: namespace, namespace} : undefined);
		context.onResolve({filter: /^handed-ink$/}, () => ({path: namespace, namespace}));
		context.onLoad({filter: /.*/, namespace}, () => ({contents: 'module.exports = {};'}));
		context.onLoad({filter: /source\/screen\/ink-table\.ts$/}, () => ({
			loader: 'ts',
			resolveDir: 'source/screen',
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

/* eslint-enable require-unicode-regexp */

const common = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node22',
	minify: true,
	keepNames: false,
	legalComments: 'none',
	external: ['koffi'],
	define: {
		// React's development build costs half as much again per frame.
		'process.env.NODE_ENV': '"production"',

		'process.env.DEV': '"false"',
	},
	banner: {
		// Bundled CommonJS packages call `require` for Node's own modules.
		js: 'import {createRequire as createRequireOfBundle} from \'node:module\'; const require = createRequireOfBundle(import.meta.url);',
	},
	plugins: [handInkToInkTable],
	alias: {
		// Loaded by Ink only when its developer tools are asked for.
		'react-devtools-core': './scripts/empty.js',
	},
	logLevel: 'warning',
} satisfies BuildOptions;

await generateParser();
await fs.rm('dist', {recursive: true, force: true});
await Promise.all([
	build({...common, entryPoints: ['source/cli.ts'], outfile: 'dist/main.js'}),
	build({...common, entryPoints: ['source/engine/worker.ts'], outfile: 'dist/worker.js'}),
	build({
		entryPoints: ['source/conntop.ts'], outfile: 'dist/conntop.js', platform: 'node', format: 'esm', target: 'node14.8', logLevel: 'warning',
	}),
]);
await fs.chmod('dist/conntop.js', 0o755);
