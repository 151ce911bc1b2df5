import test from 'ava';
import fc from '../../helpers/property.js';
import {compileShellPattern} from '../../../source/query/language/shell-pattern.js';

const matches = test.macro((t, pattern: string, yes: readonly string[], no: readonly string[]) => {
	const isMatch = compileShellPattern(pattern);
	t.deepEqual(yes.filter(text => !isMatch(text)), []);
	t.deepEqual(no.filter(text => isMatch(text)), []);
});

for (const [pattern, yes, no] of [
	['*', ['', '/run/a'], []],
	['/Run/*.sock', ['/run/a/b.sock', '/run/.sock'], ['/run/a.socket', 'x/run/a.sock']],
	['@a?c', ['@abc', '@a/c'], ['@ac']],
	['[a-c]x[!0-9]', ['axy', 'cx-'], ['dxy', 'ax1']],
	['[]]', [']'], ['a']],
	['a[', ['a['], ['a']],
	[String.raw`\*[\]`, ['*\\'], ['a\\']],
	['é😀*', ['é😀', 'é😀a'], ['é']],
	['', [''], ['a']],
] as const) {
	test(`the pattern ${pattern}`, matches, pattern, yes, no);
}

test('a text without special characters matches only itself', t => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), fc.string(), (text, other) => {
		const isMatch = compileShellPattern(text.replaceAll(/[*?\[\\]/gv, String.raw`\$&`));
		t.true(isMatch(text.toLowerCase()));
		t.is(isMatch(other.toLowerCase()), other.toLowerCase() === text.toLowerCase());
	}));
});
