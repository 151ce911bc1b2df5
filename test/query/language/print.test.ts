import test from 'ava';
import fc from '../../helpers/property.js';
import type {Expression} from '../../../source/query/language/expression.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {printFilter} from '../../../source/query/language/print.js';
import {expressions} from '../arbitraries.js';

const parse = (text: string): Expression | undefined => {
	const parsed = parseFilter(text);
	return 'problem' in parsed ? undefined : parsed.expression;
};

test('printing an expression and parsing it gives the same expression', t => {
	fc.assert(fc.property(expressions, expression => {
		t.deepEqual(parse(printFilter(expression)), expression);
	}), {numRuns: 1000});
});

const canonical = test.macro((t, text: string, expected: string) => {
	const expression = parse(text);
	t.is(expression && printFilter(expression), expected);
});

for (const [text, expected] of [
	['443', 'port 443'],
	['80, 443', 'port 80,443'],
	['sport == :http', 'sport 80'],
	['sport < 1024', 'sport <= 1023'],
	['dport gt 1023', 'dport >= 1024'],
	['port != 22', 'not port 22'],
	['src 10/8 dst [::1]:80', 'src 10.0.0.0/8 and dst [::1]:80'],
	['state ESTAB exclude fin_wait1', 'state established and not state fin-wait-1'],
	['a | b & !c', 'a or b and not c'],
	['(a or b) c', '(a or b) and c'],
	['recvq>=64K', 'recvQ >= 64k'],
	['txRate > 8Mbit/s', 'txRate > 1000000B/s'],
	['age < 90', 'age < 90s'],
	['process = "(sd-pam)"', 'processes = "(sd-pam)"'],
	['"port"', '"port"'],
	['TCP ipv6', 'tcp and inet6'],
] as const) {
	test(`${text} prints as ${expected}`, canonical, text, expected);
}
