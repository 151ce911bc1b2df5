import test from 'ava';
import {plainLookups} from '../../../source/names/lookups.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {protocolTables} from '../../../source/table/columns/protocols.js';

const {unix, packet, netlink, vsock} = protocolTables;

const same = test.macro((t, shown: keyof typeof protocolTables, text: string, other: string) => {
	const parsed = parseFilter(text, plainLookups, protocolTables[shown]);
	t.true('expression' in parsed, JSON.stringify(parsed));
	t.deepEqual(parsed, parseFilter(other));
});

for (const [shown, text, other] of [
	['unix', 'src *bugs*', 'src unix:*bugs*'],
	['unix', 'src *.sock', 'src unix:*.sock'],
	['unix', 'src name', 'src unix:name'],
	['unix', 'src [a-d]b.sock', 'src unix:[a-d]b.sock'],
	['unix', 'src 10.0.0.0/8', 'src unix:10.0.0.0/8'],
	['unix', 'dst = name', 'dst unix:name'],
	['unix', 'not src *bugs*', 'not src unix:*bugs*'],
	['unix', 'src != *bugs*', 'not src unix:*bugs*'],
	['unix', 'host *bugs*', 'host unix:*bugs*'],
	['unix', 'sport *bugs*', 'src unix:*bugs*'],
	['unix', 'src a,b', 'src unix:a or src unix:b'],
	['unix', 'src {a,b}*', 'src unix:a* or src unix:b*'],
	['unix', 'src inet:10.0.0.0/8', 'inet and src 10.0.0.0/8'],
	['unix', 'src /run/*', 'src /run/*'],
	['unix', 'nginx', 'nginx'],
	['packet', 'src ip:eth0', 'src link:ip:eth0'],
	['packet', 'src *:lo', 'src link:*:lo'],
	['netlink', 'src rtnl', 'src netlink:rtnl'],
	['netlink', 'sport 812', 'sport netlink:812'],
	['vsock', 'dst 2:1024', 'dst vsock:2:1024'],
	['vsock', 'dport 1024', 'dport vsock:1024'],
	['tcp', 'src 10.0.0.0/8', 'src 10.0.0.0/8'],
] as const) {
	test(`with ${shown} sockets alone, ${text} is ${other}`, same, shown, text, other);
}

test('if other sockets are shown too, only a pattern is the name of a UNIX socket', t => {
	const shown = ['tcp', ...unix] as const;
	t.deepEqual(parseFilter('src *bugs*', plainLookups, shown), parseFilter('src unix:*bugs*'));
	t.deepEqual(parseFilter('src 10.0.0.0/8', plainLookups, shown), parseFilter('src 10.0.0.0/8'));
	t.deepEqual(parseFilter('src *:22', plainLookups, shown), parseFilter('src *:22'));
	t.true('problem' in parseFilter('src name', plainLookups, shown));
});

test('without UNIX sockets, a pattern is rejected with a hint what to write', t => {
	for (const shown of [[], ['tcp'], [...packet, 'udp'], [...netlink, ...vsock]] as const) {
		const parsed = parseFilter('src *bugs*', plainLookups, shown);
		t.is('problem' in parsed ? parsed.problem.message : undefined, '“*bugs*” is not an address; write one such as 10.0.0.0/8, or “src unix:*bugs*” for the name of a UNIX socket.');
	}
});
