import test from 'ava';
import type {HostAnswer, Lookups} from '../../../source/names/lookups.js';
import {findCommonService} from '../../../source/names/service-table.js';
import {parseFilter, parseSearch} from '../../../source/query/language/parse.js';
import {printFilter} from '../../../source/query/language/print.js';

const answers: Readonly<Record<string, HostAnswer>> = {localhost: ['127.0.0.1', '::1'], 'db.example': ['10.1.2.3']};
const lookups: Lookups = {services: findCommonService, hosts: name => answers[name] ?? 'unknown'};

const same = test.macro((t, text: string, other: string) => {
	const [parsed, expected] = [text, other].map(each => parseFilter(each, lookups));
	t.true('expression' in parsed, JSON.stringify(parsed));
	t.deepEqual(parsed, expected);
});

const rejected = test.macro((t, text: string, pointedAt: string, message: string) => {
	const parsed = parseFilter(text, lookups);
	t.deepEqual('problem' in parsed && [text.slice(parsed.problem.start, parsed.problem.end), parsed.problem.message], [pointedAt, message]);
});

for (const [rule, cases] of Object.entries({
	'tcpdump: a part of an endpoint': [
		['src port 22', 'sport 22'],
		['dst port >= 1024', 'dport >= 1024'],
		['src or dst port 22', 'port 22'],
		['dst host 1.2.3.4', 'dst 1.2.3.4'],
		['src net 10.0.0.0/8', 'src 10/8'],
		['dst portrange 7000-7003', 'dport 7000-7003'],
		['local port 22', 'sport 22'],
		['remote port ssh', 'dport 22'],
		['tcp src port 22 and dst net 10/8', 'tcp sport 22 and dst 10/8'],
		['not src port 22', 'not sport 22'],
	],
	'tcpdump: names': [
		['net 10.0.0.0/8', 'host 10/8'],
		['portrange 7000-7003', 'port 7000-7003'],
		['ip', 'inet'],
		['ip6', 'inet6'],
		['proto tcp', 'tcp'],
		['proto 17', 'udp'],
	],
	'rustnet and others: a name, a colon and a value': [
		['port:22', 'port 22'],
		['port:22,443', 'port 22,443'],
		['sport:8000-8100', 'sport 8000-8100'],
		['host:1.2.3.4', 'host 1.2.3.4'],
		['host:1.2.3.4:80', 'host 1.2.3.4:80'],
		['dst:[::1]:443', 'dst [::1]:443'],
		['net:10.0.0.0/8', 'host 10/8'],
		['pid:812', 'pid 812'],
		['state:established', 'state established'],
		['state:established,listen', 'state established,listening'],
		['proto:tcp', 'tcp'],
		['process:nginx', 'process ~ nginx'],
		['user:root', 'user ~ root'],
		['uid:0', 'uid = 0'],
		['not port:22', 'not port 22'],
		['sk:1a2b', 'cookie = 1a2b'],
		['PORT:22', 'port 22'],
		['dport:{80,443}', 'dport 80,443'],
	],
	'lsof: protocol, host and port': [
		['tcp:22', 'tcp and port 22'],
		['TCP:ssh', 'tcp and port 22'],
		['udp:53', 'udp and port 53'],
		['tcp6:443', 'tcp and inet6 and port 443'],
		['4tcp:22', 'tcp and inet and port 22'],
		['tcp@1.2.3.4:22', 'tcp and host 1.2.3.4:22'],
		['6udp@[::1]:53', 'udp and inet6 and host [::1]:53'],
		['@1.2.3.4:22', 'host 1.2.3.4:22'],
		['tcp:1.2.3.4:22', 'tcp and host 1.2.3.4:22'],
		['tcp@db.example:5432', 'tcp and host 10.1.2.3:5432'],
	],
	'netstat and nmap: protocols': [
		['tcp6', 'tcp and inet6'],
		['udp4', 'udp and inet'],
		['80/tcp', 'tcp and port 80'],
		['tcp/80', 'tcp and port 80'],
		['udp/5000-5010', 'udp and port 5000-5010'],
		['8000-8100/udp', 'udp and port 8000-8100'],
	],
	'an endpoint': [
		[':443', 'port 443'],
		[':https', 'port 443'],
		['*:443', 'port 443'],
		['0x1bb', 'port 443'],
		['127.0.0.1:ssh', 'host 127.0.0.1:22'],
		['127.0.0.1:*', 'host 127.0.0.1'],
		['localhost:443', 'host 127.0.0.1:443 or host [::1]:443'],
		['localhost', 'host 127.0.0.1 or host ::1'],
		['db.example:https', 'host 10.1.2.3:443'],
		['unix:/run/*', 'host unix:/run/*'],
		['netlink:rtnl', 'host netlink:rtnl'],
		['vsock:2:1024', 'host vsock:2:1024'],
		['inet6:[::1]', 'inet6 and host ::1'],
	],
	'other names of fields': [
		['source 10/8', 'src 10/8'],
		['destination 10/8', 'dst 10/8'],
		['srcport 22', 'sport 22'],
		['dst_port 22', 'dport 22'],
		['status established', 'state established'],
	],
} satisfies Readonly<Record<string, ReadonlyArray<readonly [text: string, other: string]>>>)) {
	for (const [text, other] of cases) {
		test(`${rule}: ${text} is ${other}`, same, text, other);
	}
}

for (const [rule, cases] of Object.entries({
	'a port has 16 bits': [
		['70000', '70000', 'Ports go up to 65535.'],
		[':70000', ':70000', 'Ports go up to 65535.'],
		['1.2.3.4:70000', '1.2.3.4:70000', 'Ports go up to 65535.'],
		['port:70000', '70000', 'Ports go up to 65535.'],
		['7000-70000', '7000-70000', 'Ports go up to 65535.'],
	],
	'an unknown name before a colon': [
		['foo:bar', 'foo:bar', 'There is no field “foo”; quote “foo:bar” to search for it.'],
		['prot:80', 'prot:80', '“prot” is not an address, and no host has that name.'],
		['prozess:nginx', 'prozess:nginx', 'There is no field “prozess”; did you mean “process”? Quote “prozess:nginx” to search for it.'],
		['nosuch.example:443', 'nosuch.example:443', '“nosuch.example” is not an address, and no host has that name.'],
		[':foo', ':foo', '“foo” is neither a port number nor a known service.'],
		['tcp:foo bar', 'foo', '“foo” is not an address, and no host has that name.'],
		['port: 22', 'port:', 'A value must follow “port:” without a blank.'],
		['tcp.port == 443', 'tcp.port', 'There is no field “tcp.port”; did you mean “port”?'],
	],
	'not part of an IPv4 address': [
		['10.0.0.256', '10.0.0.256', '“10.0.0.256” is not part of any address: IPv4 addresses are four numbers from 0 to 255.'],
		['1.2.3.4.5', '1.2.3.4.5', '“1.2.3.4.5” is not part of any address: IPv4 addresses are four numbers from 0 to 255.'],
		['1..2', '1..2', '“1..2” is not part of any address: IPv4 addresses are four numbers from 0 to 255.'],
		['300.1.1.1:22', '300.1.1.1:22', '“300.1.1.1:22” is not part of any address: IPv4 addresses are four numbers from 0 to 255.'],
		['300.0.0.0/8', '300.0.0.0/8', '“300.0.0.0/8” is not an address; write one such as 10.0.0.0/8 or [::1]:80.'],
		['10.0.0.0/33', '10.0.0.0/33', 'A prefix of IPv4 has at most 32 bits.'],
		['2001:db8:/32', '2001:db8:/32', '“2001:db8:/32” is not an address; write one such as 10.0.0.0/8 or [::1]:80.'],
	],
	'options come before the filter': [
		['-i :22', '-i', '“-i” looks like an option, and options come before the filter; quote it to search for it.'],
		['-iTCP:22', '-iTCP:22', '“-iTCP:22” looks like an option, and options come before the filter; quote it to search for it.'],
		['nginx --listening', '--listening', '“--listening” looks like an option, and options come before the filter; quote it to search for it.'],
	],
	'a netmask of tcpdump': [
		['net 10.0.0.0 mask 255.0.0.0', 'mask', 'A netmask follows a slash, as in 10.0.0.0/255.0.0.0; quote “mask” to search for the word.'],
	],
	'texts that a field never has': [
		['proto icmp', 'icmp', 'There is no protocol “icmp”; there are tcp, udp, u_str, u_dgr and others.'],
		['proto tpc', 'tpc', 'There is no protocol “tpc”; did you mean “tcp”?'],
		['family ipx', 'ipx', 'There is no family “ipx”; there are inet, inet6, unix, netlink and others.'],
		['health = los', 'los', '“los” is not a value of “health”; did you mean “loss”?'],
		['timer = foo', 'foo', '“foo” is not a value of “timer”; the values are on, keepalive, timewait, persist, delack, unknown.'],
		['cookie = nginx', 'nginx', '“nginx” is not a hexadecimal number, but “cookie” is.'],
	],
} satisfies Readonly<Record<string, ReadonlyArray<readonly [text: string, pointedAt: string, message: string]>>>)) {
	for (const [text, pointedAt, message] of cases) {
		test(`${rule}: ${text} is rejected`, rejected, text, pointedAt, message);
	}
}

test('words that can occur in a row are searched', t => {
	const words = ['nginx', '10.0', '10.0.0.', '.1', '192.168.1.1', '2001:db8', 'fe80:', 'nginx/812', 'rtnl:kernel', '@/tmp/.X11-unix/X0', '/run/user', 'python3.11', 'kworker/0:1', '-server', '*:lo'];
	t.deepEqual(words.filter(text => {
		const parsed = parseFilter(text, lookups);
		return !('expression' in parsed && parsed.expression?.kind === 'word');
	}), []);
});

test('a search accepts what a filter rejects', t => {
	for (const text of ['foo:bar', '10.0.0.256', '-i', 'port:22', '300.0.0.0/8']) {
		const parsed = parseSearch(text, lookups);
		t.is('expression' in parsed && parsed.expression && printFilter(parsed.expression).replaceAll('"', ''), text);
	}
});

for (const [name, hint] of [
	['ip:192.0.2.1', 'There is no field “ip”: an address is “host:”, “src:” or “dst:”. In quotation marks, “ip:192.0.2.1” is a text to look for.'],
	['app:https', 'There is no field “app”: conntop does not read traffic, so write “process:” or “port:”. In quotation marks, “app:https” is a text to look for.'],
	['sni:example.org', 'There is no field “sni”: conntop does not read traffic, so write “dst:” with a name or an address. In quotation marks, “sni:example.org” is a text to look for.'],
] as const) {
	test(`a word of other programs is rejected with a hint: ${name}`, rejected, name, name, hint);
}
