import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {readConfiguration} from '../../source/preferences/configuration.js';
import {writeChanges, type Change} from '../../source/preferences/changes.js';
import {
	defaultPreferences,
	preferenceIds,
	registry,
	type PreferenceId,
} from '../../source/preferences/preferences.js';
import type {Preference, Value} from '../../source/preferences/preference.js';
import {builtInViews, viewPartNames} from '../../source/preferences/saved-view.js';
import fc from '../helpers/property.js';

const read = (text: string): ReturnType<typeof readConfiguration> => readConfiguration(text, 'config.toml');

test('preferences, keys and views are read, however their names are spelled', t => {
	const {preferences, keys, views, problems} = read('fresh-time = 3\nclosedTime = 9\ncolumns = ["Recv-Q", "local"]\n[keys]\nopen-filter = "F7"\n[views."by night"]\nshow = ["unix"]\n');
	t.deepEqual(problems, []);
	t.deepEqual(preferences, {freshTime: 3, closedTime: 9, columns: ['recvQ', 'local']});
	t.deepEqual([...keys], [['open-filter', ['F7']]]);
	t.deepEqual(views.get('by night')?.show, ['unix']);
});

const mistakes: ReadonlyArray<readonly [text: string, sentence: RegExp]> = [
	['theme = "drak"', /^config\.toml, line 1: theme takes auto, dark, light, colour-blind or monochrome; got "drak"; did you mean "dark"\?$/v],
	['\ninterval = 0', /line 2: interval takes seconds from 0\.1 to 3600; got 0$/v],
	['mouse = "yes"', /mouse takes true or false; got "yes"$/v],
	['columns = ["locl", "peer"]', /columns has no field "locl"; did you mean "local"\?$/v],
	['columns = []', /columns needs at least one name$/v],
	['columns = "peer"', /columns takes a list of names, such as \["protocol", "family"\]; got "peer"$/v],
	['sort = "locl"', /there is no field named "locl"; did you mean "local"\?$/v],
	['intervall = 2', /there is no preference "intervall"; did you mean "interval"\?$/v],
	['theme = dark', /line 1: invalid value; put text in quotes: theme = "dark"$/v],
	['keys = 1', /keys is a table/v],
	['[keys]\npause = 1', /line 2: pause takes a list of keys/v],
	['[views.web]\nfiltr = "x"', /line 2: a view has no "filtr"; did you mean "filter"\?$/v],
	['[views]\nweb = 1', /line 2: view "web" is a table/v],
	['[views.web]\ngroup = ["process", "port", "user"]', /group takes at most 2 names/v],
];

for (const [text, sentence] of mistakes) {
	test(`a mistake is reported in one sentence: ${text.trim().replaceAll('\n', ' ')}`, t => {
		const {problems} = read(`${text}\n`);
		t.is(problems.length, 1);
		t.regex(problems[0], sentence);
	});
}

test('an invalid name in a list does not affect the others', t => {
	t.deepEqual(read('columns = ["locl", "peer", "peer"]').preferences, {columns: ['peer']});
});

const valueOf = (id: PreferenceId): fc.Arbitrary<Value> => {
	const preference: Preference = registry[id];
	switch (preference.kind) {
		case 'choice': {
			return fc.constantFrom(...preference.options.map(({value}) => value));
		}

		case 'number': {
			return fc.double({min: preference.min, max: preference.max, noNaN: true}).map(value => value + 0);
		}

		case 'switch': {
			return fc.boolean();
		}

		case 'list': {
			return fc.uniqueArray(fc.constantFrom(...preference.entries().map(entry => entry.id)), {minLength: 1, maxLength: 5});
		}

		case 'order': {
			return fc.constantFrom('state', 'rxRate:asc,age', 'local');
		}
	}
};

const anyChange: fc.Arbitrary<Change & {readonly kind: 'preference'}> = fc.constantFrom(...preferenceIds)
	.chain(id => valueOf(id).map(value => ({kind: 'preference', id, value})));

test('what is written is read back unchanged', t => {
	t.notThrows(() => {
		fc.assert(fc.property(fc.array(anyChange, {minLength: 1, maxLength: 6}), changes => {
			const {text} = writeChanges('# mine\n\n[keys]\npause = ["P"]\n', changes);
			const {preferences, problems, keys} = read(text);
			const last = new Map(changes.map(({id, value}) => [id, value]));
			return problems.length === 0 && keys.size === 1 && text.startsWith('# mine\n')
				&& isDeepStrictEqual(preferences, Object.fromEntries(last));
		}));
	});
});

test('views of any name are written and read back unchanged', t => {
	t.notThrows(() => {
		fc.assert(fc.property(fc.string({minLength: 1, maxLength: 40, unit: 'grapheme'}), fc.constantFrom(...builtInViews.values()), (name, view) => {
			const {views, problems} = read(writeChanges('theme = "dark"\n', [{kind: 'view', name, view}]).text);
			return problems.length === 0 && viewPartNames.every(part => JSON.stringify(views.get(name)?.[part]) === JSON.stringify(view[part]));
		}));
	});
});

test('any text is read without an error', t => {
	const words = fc.constantFrom('theme', 'columns', 'keys', 'views', '=', '[', ']', '{', '}', '"', '1', 'true', '\n', '.', ' ', '\u{0}');
	t.notThrows(() => {
		fc.assert(fc.property(fc.array(words, {maxLength: 50}), parts => Array.isArray(read(parts.join('')).problems)), {numRuns: 1000});
	});
});

test('the defaults and the built-in views are valid', t => {
	const {text} = writeChanges('', [
		...preferenceIds.map((id): Change => ({kind: 'preference', id, value: defaultPreferences[id]})),
		...[...builtInViews].map(([name, view]): Change => ({kind: 'view', name, view})),
	]);
	const {preferences, problems, views} = read(text);
	t.deepEqual(problems, []);
	t.deepEqual(preferences, defaultPreferences);
	t.deepEqual([...views], [...builtInViews]);
});
