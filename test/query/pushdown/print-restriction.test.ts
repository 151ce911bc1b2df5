import test from 'ava';
import {parseFilter} from '../../../source/query/language/parse.js';
import {printRestriction} from '../../../source/query/pushdown/print-restriction.js';
import {restrict} from '../../../source/query/pushdown/push-down.js';
import type {ProtocolName} from '../../../source/table/columns/protocols.js';

const printed = test.macro((t, protocol: ProtocolName, text: string, expected: string | undefined) => {
	const parsed = parseFilter(text);
	const asked = printRestriction(restrict('expression' in parsed ? parsed.expression : undefined, protocol));
	t.is(asked, expected);
	t.false('problem' in parseFilter(asked ?? ''), 'it is a filter');
});

for (const [protocol, text, expected] of [
	['tcp', '', undefined],
	['tcp', 'nginx', undefined],
	['tcp', 'udp', ''],
	['udp', 'state bound-inactive', ''],
	['tcp', 'sport 443 rtt > 5ms', 'sport 443 or dport 443'],
	['tcp', 'state listening', 'state listening'],
	['tcp', 'state established sport 22', 'state connected and (sport 22 or dport 22)'],
	['tcp', 'state listening,close-wait', 'state listening,connected'],
	['tcp', 'dst 10/8', 'dst 10.0.0.0/8 or src 10.0.0.0/8'],
	['tcp', 'not (nginx or sport 22)', 'not sport 22 or not dport 22'],
	['tcp', 'autobound dev 2 fwmark 1/3 sport 1-5', 'autobound and interfaceIndex = 2 and mark = 0x1/0x3 and sport 1-5 or dport 1-5'],
] as const) {
	test(`for ${protocol}, “${text}” requests “${expected ?? 'all'}”`, printed, protocol, text, expected);
}
