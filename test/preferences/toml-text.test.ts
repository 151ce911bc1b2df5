import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import {parse, stringify} from 'smol-toml';
import {statementsOf} from '../../source/preferences/toml-statements.js';
import {applyEdit, editToml, readToml} from '../../source/preferences/toml-text.js';
import fc from '../helpers/property.js';

const file = `# What I like
theme = "dark" # at night
columns = [
	"state", # first
	"local",
]

[keys]
# vi
open-filter = ['F4', "Ctrl-F"]

[views."by night"]
filter = """port 443
and #1"""

[strange]
what = {is = "this"}
`;

test('statements are found with their paths, values and lines', t => {
	t.deepEqual(statementsOf(file).map(({kind, path, value, line}) => [kind, path.join('/'), file.slice(value.start, value.end), line]), [
		['entry', 'theme', '"dark"', 2],
		['entry', 'columns', '[\n\t"state", # first\n\t"local",\n]', 3],
		['header', 'keys', '', 8],
		['entry', 'keys/open-filter', '[\'F4\', "Ctrl-F"]', 10],
		['header', 'views/by night', '', 12],
		['entry', 'views/by night/filter', '"""port 443\nand #1"""', 13],
		['header', 'strange', '', 16],
		['entry', 'strange/what', '{is = "this"}', 17],
	]);
});

test('a value is changed in place, and nothing else is', t => {
	const {text, isInPlace} = editToml(file, [{path: ['theme'], value: 'light'}, {path: ['keys', 'open-filter'], value: ['F7']}]);
	t.true(isInPlace);
	t.is(text, file.replace('"dark"', '"light"').replace('[\'F4\', "Ctrl-F"]', '[ "F7" ]'));
});

test('new values are added in the right table', t => {
	const {text} = editToml(file, [{path: ['interval'], value: 2}, {path: ['keys', 'pause'], value: ['P']}, {path: ['views', 'web'], value: {filter: 'port 80'}}]);
	t.is(text, file.replace('\t"local",\n]\n', '\t"local",\n]\ninterval = 2\n').replace('"Ctrl-F"]\n', '"Ctrl-F"]\npause = [ "P" ]\n')
	+ '\n[views.web]\nfilter = "port 80"\n');
});

test('an empty file gets its first lines', t => {
	t.is(editToml('', [{path: ['interval'], value: 2}]).text, 'interval = 2\n');
	t.is(editToml('', [{path: ['keys', 'pause'], value: ['P']}]).text, '[keys]\npause = [ "P" ]\n');
	t.is(editToml('# only this', [{path: ['interval'], value: 2}]).text, '# only this\ninterval = 2\n');
});

test('removing a value leaves the rest', t => {
	const {text} = editToml(file, [{path: ['views', 'by night'], value: undefined}]);
	t.is(text, file.replace(/\[views[\s\S]*?1"""\n/v, ''));
});

test('a table in one line is rewritten with the same data', t => {
	const {text, isInPlace} = editToml('views = {web = {filter = "port 80"}} # mine\n', [{path: ['views', 'web', 'filter'], value: 'port 443'}]);
	t.false(isInPlace);
	t.deepEqual(parse(text), {views: {web: {filter: 'port 443'}}});
});

test('a broken line is reported, the others are read, and it stays when the file is written', t => {
	const broken = 'theme = dark\ninterval = 2\n[keys\npause = ["P"\nhelp = ["H"]\n';
	const {data, problems} = readToml(broken);
	t.is(data.interval, 2);
	t.regex(problems[0].message, /put text in quotes: theme = "dark"/v);
	t.deepEqual(problems.map(({line}) => line), [1, 3, 4]);
	t.deepEqual(data.help, ['H']);
	const {text, isInPlace} = editToml(broken, [{path: ['interval'], value: 3}]);
	t.true(isInPlace);
	t.is(text, broken.replace('= 2', '= 3'));
});

const anyText = fc.oneof(
	fc.string({unit: 'binary', maxLength: 200}),
	fc.array(fc.constantFrom('[', ']', '{', '}', '=', '"', '"""', '\'', '\'\'\'', '#', '\n', ' ', '.', ',', '\\', 'a', 'keys', 'theme', '1', '\r\n', '__proto__'), {maxLength: 60})
		.map(words => words.join('')),
);

test('any text is read, and never throws', t => {
	t.notThrows(() => {
		fc.assert(fc.property(anyText, text => {
			const {data, problems} = readToml(text);
			return typeof data === 'object' && problems.every(({line}) => line >= 1);
		}), {numRuns: 2000});
	});
});

test('statements of any text are in order and do not overlap', t => {
	t.notThrows(() => {
		fc.assert(fc.property(anyText, text => statementsOf(text).every(({start, end, value}, index, all) =>
			start >= (all[index - 1]?.end ?? 0) && value.start >= start && value.end >= value.start && value.end <= end && end <= text.length)), {numRuns: 2000});
	});
});

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), {maxLength: 4}));
const name = fc.oneof(fc.constantFrom('theme', 'keys', 'views', 'a', 'b', '__proto__', 'constructor'), fc.string({minLength: 1, maxLength: 6}));
const table = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar, {maxKeys: 2})), {maxKeys: 3})), {maxKeys: 5});
const edit = fc.record({path: fc.array(name, {minLength: 1, maxLength: 3}), value: fc.option(scalar, {nil: undefined})});

test('whatever is written is read back, with everything that was there before', t => {
	t.notThrows(() => {
		fc.assert(fc.property(table, edit, (before, change) => {
			const data = parse(stringify(before));
			const {text} = editToml(stringify(before), [change]);
			const wanted = applyEdit(data, change);
			return isDeepStrictEqual(withoutEmptyTables(parse(text)), withoutEmptyTables(wanted));
		}), {numRuns: 1000});
	});
});

test('changing any text neither throws nor loses data', t => {
	t.notThrows(() => {
		fc.assert(fc.property(anyText, text => {
			const {data} = readToml(text);
			const edited = editToml(text, [{path: ['interval'], value: 3}]);
			return isDeepStrictEqual(withoutEmptyTables(readToml(edited.text).data), withoutEmptyTables({...data, interval: 3}));
		}), {numRuns: 1000});
	});
});

const withoutEmptyTables = (value: Record<string, unknown>): unknown => JSON.parse(JSON.stringify(value, (_, each: unknown) => {
	const isTable = typeof each === 'object' && each !== null && !Array.isArray(each);
	return isTable && each !== value && Object.values(each).every(inner => isEmptyTable(inner)) ? undefined : each;
})) as unknown;

const isEmptyTable = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(inner => isEmptyTable(inner));
