import test from 'ava';
import fc from '../../helpers/property.js';
import {canonicalGlob, compilePattern, unescapeText} from '../../../source/query/language/pattern.js';

test('exact matches the whole text and contains a part of it, ignoring case', t => {
	t.true(compilePattern({kind: 'exact', text: 'NginX'})('nginx'));
	t.false(compilePattern({kind: 'exact', text: 'ngin'})('nginx'));
	t.true(compilePattern({kind: 'contains', text: 'GIN'})('nginx'));
	t.false(compilePattern({kind: 'contains', text: 'g*n'})('nginx'));
});

test('a glob matches the whole text', t => {
	const globs = ['ngin*', '*x', 'n?inx', '?????', '*', '*g*n*', String.raw`\n*`];
	t.true(globs.every(text => compilePattern({kind: 'glob', text})('nginx')));
	const others = ['gin*', '*n', '????', 'n??inx', String.raw`ngin\*?`];
	t.false(others.some(text => compilePattern({kind: 'glob', text})('nginx')));
	t.true(compilePattern({kind: 'glob', text: String.raw`[a].\*?`})('[a].*\n'));
});

test('a glob with many wildcards does not hang', t => {
	t.false(compilePattern({kind: 'glob', text: '*a'.repeat(100) + 'b'})('a'.repeat(1000)));
});

test('only an unescaped wildcard makes a glob', t => {
	t.is(canonicalGlob('nginx'), undefined);
	t.is(canonicalGlob(String.raw`a\*b\?`), undefined);
	t.is(canonicalGlob(String.raw`\a\*b?`), String.raw`a\*b?`);
	t.is(canonicalGlob(String.raw`a\ (*`), String.raw`a\ \(*`);
	t.is(canonicalGlob('/a*/'), String.raw`\/a*/`);
});

test('a canonical glob stays as it is', t => {
	fc.assert(fc.property(fc.string({unit: fc.constantFrom('a', '*', '?', '\\', '/', ' ', '"', '[', '.'), maxLength: 10}), raw => {
		const glob = canonicalGlob(raw);
		t.is(canonicalGlob(glob ?? ''), glob);
	}));
});

test('a backslash escapes the next character', t => {
	t.is(unescapeText(String.raw`a\ b\\c\"`), String.raw`a b\c"`);
	t.is(unescapeText('a\\'), 'a\\');
});
