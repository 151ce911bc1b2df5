import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from '../../helpers/property.js';
import {
	maxFilterDepth,
	maxFilterLength,
	parseFilter,
	parseSearch,
	type ParsedFilter,
} from '../../../source/query/language/parse.js';
import type {HostAnswer, Lookups} from '../../../source/names/lookups.js';
import {printFilter} from '../../../source/query/language/print.js';
import {createServiceLookup, findCommonService} from '../../../source/names/service-table.js';

/** The text that a problem points at, and its message. */
const problemOf = (text: string, parsed: ParsedFilter = parseFilter(text)): readonly [pointedAt: string, message: string] | undefined =>
	'problem' in parsed ? [text.slice(parsed.problem.start, parsed.problem.end), parsed.problem.message] : undefined;

const printed = (parsed: ParsedFilter): string | undefined => 'problem' in parsed ? parsed.problem.message : parsed.expression && printFilter(parsed.expression);

test('an empty filter has no expression', t => {
	t.deepEqual(parseFilter(''), {expression: undefined});
	t.deepEqual(parseFilter(' \t '), {expression: undefined});
});

test('not binds tighter than and, and tighter than or', t => {
	t.deepEqual(parseFilter('not tcp and udp or inet'), parseFilter('((not tcp) and udp) or inet'));
	t.deepEqual(parseFilter('inet or tcp udp'), parseFilter('inet or (tcp and udp)'));
	t.deepEqual(parseFilter('sport = 1 or sport = 2 and dport = 3'), parseFilter('sport = 1 or (sport = 2 and dport = 3)'));
});

const same = test.macro((t, text: string, other: string) => {
	t.is(problemOf(text), undefined);
	t.deepEqual(parseFilter(text), parseFilter(other));
});

for (const [text, other] of [
	['a && b || !c', 'a and b or not c'],
	['a & b | ! c', 'a and b or not c'],
	['A AND b OR NOT c', 'A and b or not c'],
	['(a)(b)', 'a and b'],
	['!port 80', 'port != 80'],
	['!(a)', 'not a'],
	['sport eq :80', 'sport 80'],
	['sport neq 80', 'not sport 80'],
	['sport leq 80', 'sport <= 80'],
	['sport ge 80 and dport lt 5', 'sport >= 80 dport < 5'],
	['dport = :ssh', 'dport 22'],
	['port 80,80,81', 'port 80-81'],
	['port 8000-8100,443', 'port 443 , 8000-8100'],
	['443,8080', 'port 443,8080'],
	['8000-8100', 'port 8000-8100'],
	[':443', 'port 443'],
	['*:443', 'port 443'],
	['10.1/16', 'host 10.1.0.0/16'],
	['127.0.0.1:80', 'host 127.0.0.1:80'],
	['src 10.1', 'src 10.1.0.0/16'],
	['src 10.1.', 'src 10.1.0.0/16'],
	['src 10.1.2.3/8', 'src 10.0.0.0/8'],
	['src [::1]', 'src ::1'],
	['src [::1]:*', 'src ::1'],
	['dst [2001:db8::]/32:443', 'dst [2001:db8::/32]:443'],
	['src [fe80::1]%eth0:22', 'src [fe80::1%eth0]:22'],
	['src ::ffff:10.0.0.0/104', 'src 10/8'],
	['src != 10/8', 'not src 10/8'],
	['src :22', 'src *:22'],
	['dst 10/8,11/8', 'dst 10/8 or dst 11/8'],
	['local = ::1', 'src ::1'],
	['peerAddress 1.2.3.4', 'dst 1.2.3.4'],
	['state TIME_WAIT', 'state time-wait'],
	['state = timewait', 'state time-wait'],
	['state syn-rcv', 'state SYN-RECV'],
	['state closed', 'state UNCONN'],
	['exclude listening', 'not state listen'],
	['excl listening', 'state != listen'],
	['state established state listening', 'state established,listening'],
	['state established tcp state listening', 'state established,listening and tcp'],
	['pid 1,2', 'pid 1-2'],
	['process ~ /a,b/,c', '(process ~ /a,b/ or process ~ c)'],
	['comm = sshd', 'process = sshd'],
	['process = ngin*', 'process ~ ngin*'],
	[String.raw`process = ngin\x`, 'process = nginx'],
	['recv-q > 1k', 'recvQ > 1024'],
	['uid = 0,1000', 'uid = 0 or uid = 1000'],
	['rtt 10-50ms', 'rtt >= 10ms and rtt <= 50ms'],
	['recvQ = 1-64k,5M', '(recvQ >= 1k and recvQ <= 64k) or recvQ = 5M'],
	['uid != 1000-2000', 'not (uid >= 1000 and uid <= 2000)'],
	['idle 10s-5m', 'idle >= 10s and idle <= 5m'],
	['txRate > 8Mbit/s', 'txRate > 1000000'],
	['rtt > 1s', 'rtt > 1000'],
	['age > 60', 'age > 1m'],
	['\'port\'', '"port"'],
	// Syntax that only ss has.
	['sport = 0x1bb', 'sport 443'],
	['src inet:10/8', 'inet and src 10/8'],
	['dst INET6:[::1]:80', 'inet6 and dst [::1]:80'],
	['dst inet:', 'inet and dst *'],
	['sport != inet6::22', 'not (inet6 and sport 22)'],
	['dport inet:http,inet6:ssh', '(inet and dport 80) or (inet6 and dport 22)'],
	['src /run/*', 'src unix:/run/*'],
	['dst @abstract', 'dst unix:@abstract'],
	['src link:ip:eth0', 'src link:0x800:eth0'],
	['src link:*', 'src link:'],
	['src netlink:0:kernel', 'src netlink:RTNL:0'],
	['src netlink:*:4242', 'sport netlink:4242'],
	['dst vsock:2:1024', 'dst vsock:0x2:0x400'],
	['dport vsock:80', 'dst vsock:*:80'],
	['dev eth0', 'interface = eth0'],
	['dev != 2', 'not interfaceIndex = 2'],
	['dev eth0,2', 'interface = eth0 or interfaceIndex = 2'],
	['fwmark 0x10', 'mark = 16'],
	['fwmark = 1/0xff', 'mark = 0x1/255'],
	['fwmark neq 0x1/0xff', 'not mark = 1/255'],
	['cgroup /sys/fs/cgroup/system.slice/a.service', 'cgroup = /system.slice/a.service'],
	['cgroup != /sys/fs/cgroup/unified', 'not cgroup = /'],
	['AUTOBOUND and New', 'autobound new'],
	['state bound-inactive', 'state BoundInactive'],
	['loopback', 'dst 127/8 or dst ::1 or (dport 0 and (src 127/8 or src ::1))'],
	['sick', 'unhealthy'],
	['health = backlog-full', 'health = "backlog full"'],
	['health = LOSS', 'health = loss'],
	['protocol = unix', 'unix'],
	['protocol != tcp', 'not tcp'],
	['family = ipv6', 'inet6'],
	['family netlink', 'netlink'],
] as const) {
	test(`${text} is ${other}`, same, text, other);
}

for (const [rule, cases] of Object.entries({
	'a netmask is a prefix length, in any context': [
		['dst 127.0.0.0/255.0.0.0', 'dst 127/8'],
		['127.0.0.0/255.0.0.0', 'host 127/8'],
		['src 10/255.0.0.0', 'src 10/8'],
		['dst 10.1.2.3/255.255.0.0', 'dst 10.1/16'],
		['dst 10.1.2.3/255.255.254.0', 'dst 10.1.2.0/23'],
		['dst 10.1.2.3/255.255.255.255', 'dst 10.1.2.3'],
		['dst 10.1.2.3/0.0.0.0', 'dst 0.0.0.0/0'],
		['dst 10.0.0.0/255.0.0.0:80', 'dst 10/8:80'],
		['dst 10.0.0.0%eth0/255.0.0.0', 'dst 10.0.0.0%eth0/8'],
		['dst inet:10.0.0.0/255.0.0.0', 'dst inet:10/8'],
		['not dst != 10.0.0.0/255.0.0.0', 'not not dst 10/8'],
		['dst 10.0.0.0/255.0', 'dst 10/8'],
		['dst 10.0.0.0/0x8', 'dst 10/8'],
	],
	'backslashes before signs are dropped, as in ss': [
		[String.raw`sport \< :1024`, 'sport < 1024'],
		[String.raw`sport \<= 1024`, 'sport <= 1024'],
		[String.raw`sport \<\= 1024`, 'sport <= 1024'],
		[String.raw`sport >\= 1024`, 'sport >= 1024'],
		[String.raw`sport \!= 22`, 'sport != 22'],
		[String.raw`sport \= 22`, 'sport 22'],
		[String.raw`\( sport = 22 or sport = 80 \) and tcp`, '(sport 22 or sport 80) and tcp'],
		[String.raw`tcp \( sport = 22 \)`, 'tcp (sport 22)'],
		[String.raw`(\( sport = 22 \))`, 'sport 22'],
		[String.raw`\! sport = 22`, 'not sport 22'],
		[String.raw`\! \( tcp \)`, 'not tcp'],
		[String.raw`tcp \& udp \&\& inet`, 'tcp & udp && inet'],
		[String.raw`tcp \| udp \|\| inet`, 'tcp | udp || inet'],
		[String.raw`process \~ nginx`, 'process ~ nginx'],
		[String.raw`process \!~ nginx`, 'process !~ nginx'],
		[String.raw`s\port = \22`, 'sport 22'],
	],
	'operators in other orders of signs': [
		['sport =< 1024', 'sport <= 1024'],
		['sport => 1024', 'sport >= 1024'],
		['rtt=>5ms', 'rtt >= 5ms'],
		['sport <> 22', 'sport != 22'],
	],
	'numbers of ports, marks and interfaces are decimal, octal or hexadecimal, as in ss': [
		['sport 0x1f90', 'sport 8080'],
		['sport 017620', 'sport 8080'],
		['fwmark 0401', 'fwmark 257'],
		['fwmark 010/017', 'fwmark 8/15'],
		['dev 0x2', 'dev 2'],
		['dev 02', 'dev 2'],
		['src vsock:010:0x10', 'src vsock:8:16'],
	],
	'an asterisk, and iproute2\'s words for it, are anything': [
		['sport *', 'sport 0-65535'],
		['sport = :*', 'sport 0-65535'],
		['src any', 'src *'],
		['src default', 'src *'],
		['dst all:22', 'dst *:22'],
		['src *:*', 'src *'],
		['src 127.0.0.1:*', 'src 127.0.0.1'],
	],
	'dev 0 is no interface': [
		['dev = 0', 'interfaceIndex = 0'],
		['dev != 0', 'not interfaceIndex = 0'],
		['dev 0', 'interfaceIndex = 0'],
	],
	'words for states after a state add to it': [
		['state fin-wait-1 fin-wait-2', 'state fin-wait-1,fin-wait-2'],
		['state fin-wait-{1,2}', 'state fin-wait-1,fin-wait-2'],
		['state {established,listening}', 'state established,listening'],
		['state established TIME_WAIT listen', 'state established,time-wait,listening'],
		['state established closed', 'state established,unconnected'],
		['state established listening sport 22', 'state established,listening and sport 22'],
		['state established tcp state listening syn-sent', 'state established,listening,syn-sent and tcp'],
		['exclude time-wait close-wait', 'exclude time-wait,close-wait'],
		['state connected exclude time-wait close-wait', 'state connected exclude time-wait,close-wait'],
		['state != established listening', 'not state established,listening'],
		['state established nginx', 'state established and nginx'],
		['state established "listening"', 'state established and "listening"'],
		['state established and listening', 'state established and (listening)'],
		['state established or listening', 'state established or (listening)'],
		['state established nginx listening', 'state established and nginx and (listening)'],
		['port 22 listening', 'port 22 and (listening)'],
	],
	'braces are the words that a shell would make of them': [
		['sport = :{80,443}', 'sport 80,443'],
		['{80,443}', 'port 80 or port 443'],
		['dst 10.0.0.{1,2}', 'dst 10.0.0.1 or dst 10.0.0.2'],
		['sport 808{0..2}', 'sport 8080-8082'],
		['process {nginx,envoy}', 'process nginx,envoy'],
		['sport != :{80,443}', 'not sport 80,443'],
	],
} satisfies Readonly<Record<string, ReadonlyArray<readonly [text: string, other: string]>>>)) {
	for (const [text, other] of cases) {
		test(`${rule}: ${text} is ${other}`, same, text, other);
	}
}

test('states joined by a word are not alternatives', t => {
	t.is(printed(parseFilter('state established and state listening')), 'state established and state listening');
});

test('a quoted or escaped text is a word', t => {
	const texts = ['"443"', '"port"', '"and"', '"10.0.0.0/8"', '"tcp"', '"ngin*"', '"/a/"', String.raw`\443`, String.raw`\tcp`];
	const kinds = texts.map(text => parseFilter(text)).map(parsed => 'expression' in parsed ? parsed.expression?.kind : undefined);
	t.deepEqual(kinds, texts.map(() => 'word'));
});

const problem = test.macro((t, text: string, pointedAt: string, message: string) => {
	t.deepEqual(problemOf(text), [pointedAt, message]);
});

for (const [text, pointedAt, message] of [
	['port', 'port', 'A value must follow “port”, as in “port 443”.'],
	['tcp sport = ', '=', 'A value must follow “=”, as in “sport 443”.'],
	['rtt', 'rtt', 'A value must follow “rtt”, as in “rtt > 50ms”.'],
	['user = and x', '=', 'A value must follow “=”, as in “user ~ text”.'],
	['port x', 'x', '“x” is neither a port number nor a known service.'],
	['port htps', 'htps', '“htps” is neither a port number nor a known service; did you mean “https”?'],
	['port 70000', '70000', 'Ports go up to 65535.'],
	['port 90-80', '90-80', 'The first number of a range must not be larger than the second.'],
	['port < 80,90', '80', '“<” compares with one number, not with several.'],
	['sport < 0', '0', 'No number from 0 to 65535 is < 0.'],
	['port ~ 80', '~', '“port” is a number, so compare it with = != < <= > or >=.'],
	['port 80,', ',', 'A value must follow the comma.'],
	['pid nginx', 'nginx', '“nginx” is not a process ID.'],
	['src 10.0.0.0/33', '10.0.0.0/33', 'A prefix of IPv4 has at most 32 bits.'],
	['src ::/129', '::/129', 'A prefix of IPv6 has at most 128 bits.'],
	['src 127.0.0.0/255', '127.0.0.0/255', 'A prefix of IPv4 has at most 32 bits.'],
	['src 10.0.0.0/255.0.255.0', '10.0.0.0/255.0.255.0', '“255.0.255.0” is not a netmask, because its ones are not all at the start; write one such as 255.255.0.0, or the number of its bits, such as 16.'],
	['src 10.0.0.0/0.255.255.255', '10.0.0.0/0.255.255.255', '“0.255.255.255” is an inverted netmask; write it as 255.0.0.0, or as the number of its bits, such as 8.'],
	['src 10.0.0.0/255.255.0.256', '10.0.0.0/255.255.0.256', '“255.255.0.256” is neither a number of bits, such as 8, nor a netmask, such as 255.0.0.0.'],
	['src fe80::/ffff::', 'fe80::/ffff::', 'IPv6 takes a number of bits after the slash, such as /64; “ffff::” is not one.'],
	['src [fe80::]/255.255.0.0', '[fe80::]/255.255.0.0', 'IPv6 takes a number of bits after the slash, such as /64; “255.255.0.0” is not one.'],
	['src 8080', '8080', '“8080” is not an address; write “src :8080” for a port.'],
	['sport 08080', '08080', 'A number that begins with 0 is octal, as in ss, and “08080” is not octal; write 8080.'],
	['src 300.1.1.1', '300.1.1.1', '“300.1.1.1” is not an address; write one such as 10.0.0.0/8 or [::1]:80.'],
	['src < 10/8', '<', '“src” is an address, so compare it with = != or ~.'],
	['dst 1.2.3.4:http-x', '1.2.3.4:http-x', '“http-x” is not a port.'],
	['state establihsed', 'establihsed', 'There is no state “establihsed”; did you mean “established”?'],
	['state foo', 'foo', 'There is no state “foo”; there are established, listening, time-wait and others.'],
	['state > foo', '>', '“state” has no order, so compare it with = != or ~.'],
	['rttt > 5', 'rttt', 'There is no field “rttt”; did you mean “rtt”?'],
	['qqq > 5', 'qqq', 'There is no field “qqq”.'],
	['rtt > fast', 'fast', '“fast” is not a number for “rtt”; write one as in “rtt > 50ms”.'],
	['rtt 50-10ms', '50-10ms', 'The first number of a range must not be larger than the second.'],
	['rtt > 1-5ms', '1-5ms', '“1-5ms” is not a number for “rtt”; write one as in “rtt > 50ms”.'],
	['rtt > 1ms,2ms', '2ms', '“>” compares with one number, not with several.'],
	['rtt ~ 5', '~', '“rtt” is a number, so compare it with = != < <= > or >=.'],
	['user > root', '>', '“user” is text, so compare it with = != ~ or !~.'],
	['src link:nosuch', 'link:nosuch', '“link:nosuch” is not an endpoint; write one such as link:ip:eth0.'],
	['dst netlink:rtnl:x', 'netlink:rtnl:x', '“netlink:rtnl:x” is not an endpoint; write one such as netlink:rtnl:kernel.'],
	['sport > vsock:80', 'vsock:80', '“vsock:80” can only be compared with = or !=; write an endpoint such as vsock:2:1024.'],
	['fwmark = 1/', '1/', '“1/” is not a mark; write one as in “fwmark 0x1/0xff”.'],
	['fwmark > 1/2', '>', '“>” compares with a number without a mask.'],
	['a,b', 'a', '“a” is not a port, and only ports can be listed without a name.'],
	['a and', 'and', 'A condition must follow “and”.'],
	['a || ', '||', 'A condition must follow “or”.'],
	['not', 'not', 'A condition must follow “not”.'],
	['or a', 'or', 'A condition must come before “or”.'],
	['(a', '(', 'The parenthesis is never closed.'],
	['(a and (b) c', '(', 'The parenthesis is never closed.'],
	['()', '(', 'A condition must be between the parentheses.'],
	['a )', ')', 'There is no opening parenthesis.'],
	['= 5', '=', '“=” needs a name before it, as in “rtt > 50ms”.'],
	['"abc', '"abc', 'The quotation mark is never closed.'],
	['process ~ /a(b/', '(', 'The parenthesis is never closed.'],
	['process ~ /[a/', '[', 'The bracket is never closed.'],
	['/ab)/', ')', 'There is no opening parenthesis.'],
	['/a**/', '*', 'There is nothing to repeat before “*”.'],
	['/a{5,2}/', '{5,2}', 'The first count must not be larger than the second.'],
	['/a{101}/', '101', 'A pattern repeats at most 100 times.'],
	['/a{x}/', '{', 'A count is written {3}, {3,} or {3,5}.'],
	['/[z-a]/', 'z-a', 'The first character of a range must not come after the second.'],
	['/(?=a)/', '(?=', 'Look-around is not supported.'],
	[String.raw`/\bssh/`, String.raw`\b`, String.raw`“\b” is not supported in a pattern.`],
	[String.raw`/(a)\1/`, String.raw`\1`, String.raw`“\1” is not supported in a pattern.`],
	['tcp /((a{50}){50})/', '((a{50}){50})', 'The regular expression is too large.'],
] as const) {
	test(`${text} points at ${pointedAt}`, problem, text, pointedAt, message);
}

test('length and depth are bounded', t => {
	const atLimit = `${'('.repeat(maxFilterDepth)}a${')'.repeat(maxFilterDepth)}`;
	t.deepEqual(parseFilter(atLimit), parseFilter('a'));
	t.deepEqual(problemOf(`(${atLimit})`), ['(', `Conditions nest at most ${maxFilterDepth} deep.`]);
	t.deepEqual(problemOf(`${'not '.repeat(maxFilterDepth)}not a`), ['not', `Conditions nest at most ${maxFilterDepth} deep.`]);
	t.is(problemOf('a'.repeat(maxFilterLength)), undefined);
	t.deepEqual(problemOf(`${'a'.repeat(maxFilterLength)}bc`), ['bc', `A filter has at most ${maxFilterLength} characters.`]);
});

test('services come from the caller', t => {
	const lookups = {services: createServiceLookup('http 80/tcp www # web\nfoo\t1234/tcp bar\nfoo 1235/udp\n')};
	t.is(printed(parseFilter('port foo', lookups)), 'port 1234-1235');
	t.is(printed(parseFilter('port www,BAR', lookups)), 'port 80,1234');
	t.is(printed(parseFilter('port redis', lookups)), 'port 6379');
});

test('all addresses of a host come from the caller', t => {
	const answers: Readonly<Record<string, HostAnswer>> = {
		'db.example': ['10.1.2.3', '2001:db8::1'], 'slow.example': 'pending', localhost: ['127.0.0.1', '::1'],
	};
	const lookups: Lookups = {services: findCommonService, hosts: name => answers[name] ?? 'unknown'};
	t.is(printed(parseFilter('dst DB.example:80', lookups)), 'dst 10.1.2.3:80 or dst [2001:db8::1]:80');
	t.is(printed(parseFilter('src inet:localhost', lookups)), 'inet and (src 127.0.0.1 or src ::1)');
	t.deepEqual(problemOf('dst nosuch', parseFilter('dst nosuch', lookups)), ['nosuch', '“nosuch” is not an address, and no host has that name.']);
	t.deepEqual(problemOf('dst 1.2.3.400', parseFilter('dst 1.2.3.400', lookups)), ['1.2.3.400', '“1.2.3.400” is not an address; write one such as 10.0.0.0/8 or [::1]:80.']);
	const pending = parseFilter('tcp dst slow.example', lookups);
	t.is(printed(pending), 'Looking up the addresses of “slow.example” …');
	t.true('problem' in pending && pending.problem.isPending);
});

test('a search consists of bare words', t => {
	t.deepEqual(parseSearch('  '), {expression: undefined});
	t.is(printed(parseSearch('nginx 443')), 'nginx and port 443');
	t.is(printed(parseSearch('port (and')), '"port" and "(and"');
	t.deepEqual(problemOf('a 99999', parseSearch('a 99999')), ['99999', 'Ports go up to 65535.']);
});

const pieces = [
	'port',
	'sport',
	'443',
	'80-90',
	',',
	'(',
	')',
	'!',
	'~',
	'=',
	'!=',
	'<',
	'>=',
	'and',
	'or',
	'not',
	'&&',
	'|',
	'"',
	'\'',
	'/',
	'\\',
	'/a/',
	'/(/',
	'a',
	'src',
	'10/8',
	'[::1]:80',
	'*',
	'state',
	'established',
	'exclude',
	'rtt',
	'50ms',
	'user',
	'process',
	' ',
	'eq',
	'%',
	'{2}',
	'[a-',
	'"x y"',
	'pid',
	'\u{D800}',
];

/** Whether a result is an expression that prints and parses back, or one sentence that points into the text. */
const isSound = (text: string, parsed: ParsedFilter): boolean => {
	if ('problem' in parsed) {
		const {start, end, message} = parsed.problem;
		return start >= 0 && start < end && end <= text.length && /^.{1,200}[.?]$/sv.test(message);
	}

	return parsed.expression === undefined || isDeepStrictEqual(parseFilter(printFilter(parsed.expression)), parsed);
};

test('whatever the text, the result is sound', t => {
	const texts = fc.oneof(
		fc.array(fc.constantFrom(...pieces), {maxLength: 12}).map(parts => parts.join('')),
		fc.array(fc.constantFrom(...pieces), {maxLength: 12}).map(parts => parts.join(' ')),
		fc.string({unit: 'binary', maxLength: 30}),
	);
	fc.assert(fc.property(texts, text => {
		t.true(isSound(text, parseFilter(text)));
		t.true(isSound(text, parseSearch(text)));
	}), {numRuns: 2000});
});

test('texts designed to be slow are not slow', t => {
	const units = ['(', '!', '"', '/', '/a', '[', ':', '1,', '\\', '/(a', '*', '1.', '%', '-', 'a or ', '/a+/ ', '((((a)))) ', 'port ', String.raw`/a\/ `];
	const answers = units.map(unit => parseFilter(unit.repeat(maxFilterLength).slice(0, maxFilterLength)));
	t.true(answers.every(parsed => 'problem' in parsed || parsed.expression !== undefined));
});
