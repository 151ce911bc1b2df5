import test from 'ava';
import fc from '../../helpers/property.js';
import type {Field, FieldValue} from '../../../source/fields/model/field.js';
import {fields} from '../../../source/fields/registry.js';
import {completeFilter} from '../../../source/query/completion/completion.js';
import {nameEntries} from '../../../source/query/language/subjects.js';
import {printText} from '../../../source/query/language/print.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {operators} from '../../../source/query/language/clause.js';
import {seenValues} from '../../../source/query/completion/seen-values.js';

const seen = seenValues(['state', 'local', 'peer', 'process', 'user'], [
	['ESTAB', '127.0.0.1:8080', '10.0.0.9:50000', 'nginx/12 +2 ⇄ curl/4', 'root'],
	['LISTEN', '[::1]%lo:443', '*:*', 'my proc/99 a/13', 'www data'],
	['TIME-WAIT', '127.0.0.1:8088', '10.0.0.9:443', 'ngrep/14', 'root'],
	['ESTAB', '/run/x.sock 234', '* 12', '⇄ postgres/1', 'root'],
]);

/** Completes the text before `|`. */
const offered = (text: string): readonly string[] =>
	completeFilter(text.replace('|', ''), text.indexOf('|'), seen)?.candidates.map(({insert}) => insert) ?? [];

/** The text with the common prefix inserted, with the part that replaced something in brackets. */
const common = (text: string): string | undefined => {
	const plain = text.replace('|', '');
	const completion = completeFilter(plain, text.indexOf('|'), seen);
	return completion && `${plain.slice(0, completion.start)}[${completion.common}]${plain.slice(completion.end)}`;
};

test('completes names at the start, after a word or a sign, and in parentheses', t => {
	for (const before of ['', 'tcp ', 'tcp and ', 'not ', '!', '(tcp or (', 'sport = 1 && ', 'port 80) or ']) {
		t.deepEqual(offered(`${before}spo|`), ['sport'], `“${before}”`);
	}

	t.deepEqual(offered('SPO|'), ['sport'], 'in any case');
	t.true(offered('|').includes('localPort'));
	t.false(offered('|').includes('sport'), 'only one form of each name is offered');
	t.deepEqual(offered('lo|'), ['local', 'localAddress', 'localPort', 'lost', 'loopback']);
	t.true(offered('auto|').includes('autobound'));
	t.true(offered('uni|').includes('unix'));
	t.true(offered('inet|').includes('inet6'));
});

test('completes "and" and "or" after a condition', t => {
	t.true(offered('tcp a|').includes('and'));
	t.true(offered('(tcp) o|').includes('or'));
	t.true(offered('local o|').includes('or'), 'local is both a name and a condition');
	t.false(offered('a|').includes('and'));
	t.false(offered('tcp and a|').includes('and'));
});

test('completes the operators of the field, as signs or as words', t => {
	t.deepEqual(offered('rtt |'), ['=', '!=', '<', '<=', '>', '>=']);
	t.deepEqual(offered('rtt g|'), ['gt', 'ge']);
	t.deepEqual(offered('user |'), ['=', '!=', '~', '!~', 'root', '"www data"']);
	t.false(offered('state listening,|').includes('='));
});

test('completes values on the screen', t => {
	t.deepEqual(offered('sport = |'), ['443', '8080', '8088']);
	t.deepEqual(offered('dport |').slice(0, 2), ['443', '50000']);
	t.deepEqual(offered('port 80,4|'), ['443']);
	t.deepEqual(offered('sport 80|'), ['8080', '8088']);
	t.deepEqual(offered('process = |'), ['"my proc/99 a"', 'nginx', 'ngrep']);
	t.deepEqual(offered('pid |').slice(0, 3), ['12', '13', '14']);
	t.deepEqual(offered('dst |').slice(0, 1), ['10.0.0.9']);
	t.deepEqual(offered('src /|'), ['"/run/x.sock"']);
	t.deepEqual(offered('user ~ w|'), ['"www data"']);
	t.deepEqual(offered('state |').slice(0, 4), ['established', 'listening', 'time-wait', 'syn-sent'], 'states on the screen come first');
	t.deepEqual(offered('sport http|'), ['http', 'https', 'http-alt']);
	t.deepEqual(offered('rtt ~ |'), [], 'numbers have no partial matches');
});

test('completes bare words with values on the screen', t => {
	t.deepEqual(offered('ngi|'), ['nginx']);
	t.deepEqual(offered('10.|'), ['10.0.0.9']);
	t.deepEqual(offered('808|'), ['8080', '8088']);
	t.deepEqual(offered('80,44|'), ['443']);
	t.deepEqual(offered('"ng|'), ['nginx', 'ngrep'], 'no names are offered within quotation marks');
});

test('inserts the common prefix, and keeps the text after the caret', t => {
	t.is(common('process = n|'), 'process = [ng]');
	t.is(common('NG|'), '[ng]');
	t.is(common('tcp spo|'), 'tcp [sport]');
	t.is(common('process = "my p|'), 'process = ["my proc/99 a"]');
	t.is(common('spo|rx = 1'), '[sport] = 1');
	t.is(common('(ngi|) or udp'), '([nginx]) or udp');
	t.is(common('|nginx'), undefined);
	t.is(common('zzz|'), undefined);
	t.is(common('port 80,|'), 'port 80,[]');
});

test('each candidate has a meaning', t => {
	t.true((completeFilter('', 0, seen)?.candidates ?? []).every(({description}) => description !== ''));
	t.is(completeFilter('rtt ', 4, seen)?.candidates.at(1)?.description, 'is not');
});

const isRead = (text: string): boolean => !('problem' in parseFilter(text));

const samples = ['1', '10.0.0.1', 'established', 'x', 'tcp', 'inet', ...fields.flatMap(field => field.kind === 'text' ? field.values ?? [] : [])].map(text => printText(text));

test('exactly the operators that the language accepts are offered', t => {
	for (const name of nameEntries.flatMap(({names}) => names)) {
		const shown = new Set([...offered(`${name} |`), ...offered(`${name} g|`), ...offered(`${name} l|`), ...offered(`${name} e|`), ...offered(`${name} n|`)]);
		for (const [sign, operator] of Object.entries(operators)) {
			const isTaken = samples.some(value => isRead(`${name} ${sign} ${value}`));
			const isShown = Object.keys(operators).some(other => operators[other] === operator && shown.has(other));
			t.is(isShown, isTaken, `${name} ${sign}`);
		}
	}
});

const texts = fc.oneof(
	fc.constantFrom('and', 'or', 'not', 'tcp', 'port', '443', '/a/', '*', '10.0.0.1:80', '[::1]:80', '/run/a b 12', 'a/1 ⇄ b/2', '', '\u{1B}[2J', String.raw`\ "`, 'fe80::1'),
	fc.string({maxLength: 8}),
	fc.string({unit: 'binary', maxLength: 6}),
);

const valueOf = (kind: 'number' | 'text' | 'owners'): fc.Arbitrary<FieldValue> => {
	switch (kind) {
		case 'number': {
			return fc.oneof(fc.nat(65_535), fc.double({min: 0, max: 60_000, noNaN: true}));
		}

		case 'text': {
			return texts;
		}

		case 'owners': {
			return fc.array(texts.map(name => ({pid: 7, name})), {maxLength: 2});
		}
	}
};

/** Possible values on the screen. Fields with a fixed set of texts, or with hexadecimal digits, have only such values. */
const shownValueOf = (field: Field): fc.Arbitrary<FieldValue> =>
	field.kind === 'text' && field.isHexadecimal ? fc.nat().map(value => value.toString(16)) : valueOf(field.kind);

const columns = fields.filter(({id}) => !['localPort', 'peerPort', 'pid', 'mark'].includes(id));
const someRows = fc.array(fc.tuple(...columns.map(field => shownValueOf(field))), {minLength: 1, maxLength: 2})
	.map(rows => seenValues(columns.map(({id}) => id), rows));

test('text made of completed words parses, whatever is on the screen', t => {
	fc.assert(fc.property(someRows, fc.nat(), (shown, seed) => {
		const wholes: string[] = [];
		const pick = <T>(list: readonly T[]): T => list[seed % list.length];
		const inserts = (text: string): readonly string[] => completeFilter(text, text.length, shown)?.candidates.map(({insert}) => insert) ?? [];
		for (const name of inserts('')) {
			const text = `tcp and (${name} `;
			if (isRead(name) || name === 'not') {
				continue;
			}

			const sign = pick(inserts(text).filter(insert => Object.hasOwn(operators, insert)));
			wholes.push(...inserts(`${text}${sign} `).map(value => `${text}${sign} ${value})`));
		}

		t.deepEqual(wholes.filter(whole => !isRead(whole)), []);
	}), {numRuns: 30});
});

test('bare words parse', t => {
	fc.assert(fc.property(texts, fc.boolean(), (text, isQuoted) => {
		const shown = seenValues(['comm', 'user'], [[text, text]]);
		const typed = (isQuoted ? '"' : '') + text.slice(0, 1).replaceAll(/["\\]/gv, String.raw`\$&`);
		const completion = completeFilter(typed, typed.length, shown);
		/** Another word begins after “)”. */
		const inserts = completion?.start === 0 ? completion.candidates.map(({insert}) => insert) : [];
		t.deepEqual(inserts.filter(insert => !isRead(insert) && insert !== 'not' && nameEntries.every(({names}) => !names.includes(insert))), []);
	}));
});

const parts = fc.constantFrom('tcp', ' ', 'and', '(', ')', '"', '\'', '\\', '/', ',', '=', '!', '~', 'sport', 'port 80', 'state', 'ng', 'user = ', '10.', '\n', '😀');

test('the text before and after the word is kept, and each candidate begins like the word', t => {
	fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string({maxLength: 3})), {maxLength: 12}).map(list => list.join('')), fc.nat(), (text, place) => {
		const caret = place % (text.length + 1);
		const completion = completeFilter(text, caret, seen);
		if (completion === undefined) {
			return;
		}

		const {start, end, candidates} = completion;
		t.true(start <= caret && caret <= end && end <= text.length);
		t.true(candidates.length > 0);
		t.is(new Set(candidates.map(({insert}) => insert)).size, candidates.length);
		const typed = text.slice(start, caret).replace(/^["']/v, '').toLowerCase();
		t.true(/["'\\]/v.test(typed) || candidates.every(candidate => candidate.text.toLowerCase().startsWith(typed)), text);
		t.notRegex(text.slice(caret, end), /[\s\(]/v);
	}));
});
