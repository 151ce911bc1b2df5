/**
Texts of the maximum size of a settings file, each of which could take more time than its length justifies. With a quadratic algorithm, one would take longer
than AVA waits for a test.
*/
import test from 'ava';
import {readConfiguration} from '../../source/preferences/configuration.js';
import {writeChanges} from '../../source/preferences/changes.js';
import {defaultKeyTable} from '../../source/screen/controls/default-key-table.js';
import {readKeyChanges} from '../../source/screen/keys/key-changes.js';

const size = 1_000_000;

/** As many lines as fit. */
const lines = (line: (index: number) => string): string => {
	const parts: string[] = [];
	for (let length = 0; length < size; length += parts.at(-1)?.length ?? 0) {
		parts.push(`${line(parts.length)}\n`);
	}

	return parts.slice(0, -1).join('');
};

const texts: Readonly<Record<string, string>> = {
	'unknown keys': lines(index => `key-${index} = 1`),
	'unknown keys near a known one': lines(index => `theme${index} = 1`),
	'preferences with values that are none': lines(index => `t${'-'.repeat(index)}heme = "x"`),
	'unknown commands': `[keys]\n${lines(index => `command-${index} = "x"`)}`,
	'keys of one command': `[keys]\npause = [${lines(index => `"key ${index}",`)}]\n`,
	views: lines(index => `[views.v${index}]\nfilter = "port ${index}"`),
	'views with unknown parts': lines(index => `[views.v${index}]\nfiltr = "port ${index}"`),
	'parts of one view': `[views.web]\n${lines(index => `filter-${index} = 1`)}`,
	'unknown fields': `columns = [${lines(index => `"field-${index}",`)}]\n`,
	'brackets that nothing closes': lines(() => 'a = ['),
	'different brackets that nothing closes': lines(index => `a${index} = [{ "`),
	'triple quotes in brackets': lines(() => 'a = [ """'),
	'triple quotes that nothing closes': lines(index => `a${index} = '''`).replaceAll(/'''(?=.)/gsv, '""'),
	'lines that are no TOML': lines(() => 'what'),
	'one long line': 'x'.repeat(size),
	'one long key': `${'x'.repeat(size)} = 1\n`,
	'one long value': `theme = "${'x'.repeat(size)}"\n`,
	'one long word without quotes': `theme = ${'x'.repeat(size)}\n`,
	'a key of many names': `theme${'.a'.repeat(size / 2)} = 1\n`,
	'a header of many names': `[${'a.'.repeat(size / 4)}a]\n${lines(index => `k${index} = 1`).slice(0, size / 2)}`,
	'brackets within brackets': `theme = ${'['.repeat(size / 2)}${']'.repeat(size / 2)}\n`,
	'tables of a list': lines(() => '[[views]]'),
	'nothing but blanks': ' '.repeat(size),
	'nothing but ends of lines': '\n'.repeat(size),
	comments: lines(() => '#'),
};

for (const [name, text] of Object.entries(texts)) {
	test(`a megabyte is read and changed in time proportional to its length: ${name}`, t => {
		const {problems, keys} = readConfiguration(text, 'config.toml');
		t.true(problems.length <= 21);
		t.true(problems.every(problem => problem.length < 500), 'a sentence stays one');
		t.true(readKeyChanges(defaultKeyTable, keys, 'config.toml').problems.length <= 21);
		try {
			writeChanges(text, [{kind: 'preference', id: 'theme', value: 'dark'}]);
		} catch (error) {
			// Too many names in one key for the TOML writer.
			if (!(error instanceof RangeError)) {
				throw error;
			}
		}
	});
}
