import test from 'ava';
import {parseFilter} from '../../../source/query/language/parse.js';
import {compileFilter} from '../../../source/query/match/predicate.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestSocket} from '../../helpers/context.js';

const sockets = {
	server: {protocol: Protocol.u_str, names: {localName: '/run/Db.sock'}, core: {inode: 10, peerInode: 11}},
	client: {protocol: Protocol.u_str, core: {inode: 11, peerInode: 10}},
	abstract: {protocol: Protocol.u_dgr, names: {localName: '@0a1b2'}, core: {inode: 12, peerInode: 99}},
	sniffer: {protocol: Protocol.p_raw, names: {localName: '*'}, core: {interfaceIndex: 2}},
	arp: {protocol: Protocol.p_dgr, names: {localName: '[2054]'}},
	idle: {protocol: Protocol.p_dgr, names: {localName: '[0]'}},
	kernel: {protocol: Protocol.nl, names: {localName: 'rtnl:kernel'}},
	monitor: {protocol: Protocol.nl, names: {localName: 'rtnl:812', peerName: '0:5'}},
	second: {protocol: Protocol.nl, names: {localName: 'genl:4294963083'}},
	guest: {protocol: Protocol.v_str, names: {localName: '3:1025', peerName: '2:80'}},
	tcp: {local: ['127.0.0.1', 40_000], peer: ['127.0.0.1', 80], optional: {mark: 0x1_01}},
	asked: {local: ['10.0.0.1', 40_001], peer: ['10.0.0.2', 80], optional: {portAsked: 1, mark: 2}},
	web: {
		state: State.listen, local: ['192.168.0.1', 80], core: {interfaceIndex: 2}, optional: {portAsked: 0},
	},
	bound: {state: State.unconnected, local: ['1.2.3.4', 5], optional: {cgroupId: 44}},
	loose: {protocol: Protocol.udp, state: State.unconnected, local: ['::1', 40_002]},
} as const satisfies Record<string, TestSocket>;

const context = createTestContext();
const names = Object.keys(sockets) as ReadonlyArray<keyof typeof sockets>;
const slots = names.map(name => context.add(sockets[name]));

const selects = test.macro((t, text: string, expected: string) => {
	const parsed = parseFilter(text);
	const matches = predicateOf(compileFilter('expression' in parsed ? parsed.expression : undefined).bind(context));
	t.true('expression' in parsed);
	t.is(names.filter((_, index) => matches(slots[index])).join(' '), expected);
});

for (const [text, expected] of [
	['src /run/*', 'server'],
	['src unix:*db.SOCK', 'server'],
	['dst unix:/run/*', 'client'],
	['host unix:/run/*', 'server client'],
	['src unix:*', 'server client abstract'],
	['src unix:', 'client'],
	['dst unix:', 'server abstract'],
	['src @*', 'abstract'],
	['src link:*', 'sniffer arp idle'],
	['src link:all', 'sniffer'],
	['src link:arp', 'arp'],
	['src link:*:eth0', 'sniffer'],
	['src link:*:2', 'sniffer'],
	['src link:arp:eth0', ''],
	['dst link:*', 'sniffer arp idle'],
	['dst link:arp', ''],
	['src netlink:', 'kernel monitor second'],
	['src netlink:rtnl', 'kernel monitor'],
	['src netlink:*:kernel', 'kernel'],
	['sport netlink:812', 'monitor'],
	['dst netlink:rtnl:5', 'monitor'],
	['src vsock:3', 'guest'],
	['dst vsock:2:80', 'guest'],
	['dport vsock:80', 'guest'],
	['dst vsock:2:81', ''],
	['dev eth0', 'sniffer web'],
	['dev 2', 'sniffer web'],
	['dev 2 tcp', 'web'],
	['fwmark 0x101', 'tcp'],
	['fwmark 1/0xff', 'tcp'],
	['fwmark 0/1', 'asked'],
	['fwmark != 1/1 and tcp', 'asked web bound'],
	['autobound', 'client abstract idle second guest tcp loose'],
	['tcp autobound', 'tcp'],
	['state bound-inactive', 'bound'],
	['state unconnected inet6 or state bound-inactive,listening', 'web bound loose'],
	['loopback', 'tcp loose'],
	['private', 'asked web'],
	['tcp not loopback not private', 'bound'],
	['cgroup /system.slice/nginx.service', 'bound'],
	['cgroup = /sys/fs/cgroup/system.slice/nginx.service', 'bound'],
	['new', ''],
	['tcp inet6', ''],
	['inet6:', 'loose'],
] as const) {
	test(`${text} selects ${expected}`, selects, text, expected);
}

test('autobound uses the port range of each network namespace', t => {
	const {add, ...rest} = createTestContext();
	const ports = [add({local: ['10.0.0.1', 1500]}), add({local: ['10.0.0.1', 1500], core: {namespace: 1}}), add({local: ['10.0.0.1', 40_000], core: {namespace: 1}})];
	const parsed = parseFilter('autobound');
	const isMatch = predicateOf(compileFilter('expression' in parsed ? parsed.expression : undefined)
		.bind({...rest, localPorts: number => number === 1 ? {from: 1024, to: 2047} : undefined}));
	t.deepEqual(ports.map(slot => isMatch(slot)), [false, true, false]);
});

test('new and closed sockets', t => {
	const {table, add} = context;
	table.end([]);
	table.begin(1000);
	const slot = add();
	const matches = (text: string): readonly number[] => {
		const parsed = parseFilter(text);
		const isMatch = predicateOf(compileFilter('expression' in parsed ? parsed.expression : undefined).bind(context));
		return [...slots, slot].filter(one => isMatch(one));
	};

	t.deepEqual(matches('new'), [slot]);
	t.deepEqual(matches('closed'), []);
	table.close(slot);
	t.deepEqual(matches('closed'), [slot]);
	table.end([]);
	table.begin(6000);
	t.deepEqual(matches('new'), []);
});
