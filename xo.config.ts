/** Lint: XO's rules, and this project's exceptions. A rule is disabled only with a reason, here and in comments. */
import {type FlatXoConfig} from 'xo';

/** Switches rules off. Each is named with the reason why. */
const off = (reasons: Readonly<Record<string, string>>): Record<string, 'off'> =>
	Object.fromEntries(Object.keys(reasons).map(rule => [rule, 'off'] as const));

const config: FlatXoConfig = [
	{
		ignores: ['source/query/grammar/grammar.js', 'source/query/grammar/grammar.d.ts', 'test/fixtures', 'media/*.svg'],
	},
	{
		rules: {
			// XO asks for a reason only where a whole file is exempt.
			'@eslint-community/eslint-comments/require-description': ['error', {ignore: ['eslint-enable']}],

			// Parameters are described where a name does not say it all.
			'jsdoc/check-param-names': ['error', {checkDestructured: false, disableMissingParamChecks: true}],

			...off({
				'no-bitwise': 'Kernel structs, flags and hashes are made of bits.',
				'no-unmodified-loop-condition': 'It does not see what a called function changes, and reports `undefined` and `Infinity`.',
				'@stylistic/no-mixed-operators': 'Products and sums are written as in any formula.',
				'@typescript-eslint/naming-convention': 'Names of the kernel, of environment variables and of terminal capabilities stay as they are.',
				'jsdoc/require-description': 'Where a type says the rest, a comment explains one parameter only.',
				'jsdoc/require-param': 'A description of every parameter would say most names again.',
				'node-test/no-import-test-files': 'It takes every file in test/ for a test; helpers are there to be imported.',
				'unicorn/consistent-class-member-order': 'The initial values of fields read other fields, which have to come first.',
				'unicorn/no-unsafe-buffer-conversion': 'The buffers meant are made in the same place and belong to one array alone.',
				'unicorn/prefer-continue': 'A loop with one condition around its body has no hidden way out.',
				'unicorn/prefer-simple-condition-first': 'Conditions come in the order in which they make sense, or decide most often.',
				'unicorn/single-line-block-comment-style': 'A docstring of one sentence takes one line.',
			}),
		},
	},
	{
		files: ['package.json'],
		rules: off({
			'package-json/no-install-scripts': 'A Node.js that is too old is refused before anything is installed; nothing else is done.',
			'package-json/require-private-when-workspaces': 'The one workspace holds what tests need and is private; npm publishes the root alone.',
		}),
	},
	{
		files: ['scripts/package/inputs/package.json'],
		rules: off({
			'package-json/dependency-version-range': 'The versions are pinned on purpose: packages carry exactly these files.',
			'package-json/require-engines': 'No Node.js runs this; it lists only what the packages carry.',
		}),
	},
	{
		files: ['test/**', 'bench/**', 'media/**'],
		rules: off({
			'no-await-in-loop': 'Scenes are played step by step: what runs side by side would disturb each other.',
		}),
	},
	{
		files: ['test/**'],
		rules: off({
			'unicorn/max-nested-calls': 'A property is a call in a call: fc.assert(fc.property(fc.array(…), …)).',
			'unicorn/no-await-expression-member': 'A name for each result of which a test looks at one member would hide what it looks at.',
		}),
	},
];

export default config;
