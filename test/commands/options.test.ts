import test from 'ava';
import {readOptions, type Options} from '../../source/commands/options.js';
import {UsageError} from '../../source/commands/usage-error.js';
import {Family} from '../../source/addresses/family.js';
import {protocolNames} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';

test('without options: TCP and UDP, every state, every second', t => {
	const {filter, classes, interval, choice, details, columns} = readOptions({}, []);
	t.is(filter, '');
	t.deepEqual(classes, {protocols: ['tcp', 'udp'], families: [], states: []});
	t.is(interval, 1000);
	t.deepEqual(choice, {kind: 'local', prefer: 'auto'});
	t.deepEqual(details, []);
	t.is(columns, undefined);
});

test('letters mean the same as in ss', t => {
	t.deepEqual(readOptions({tcp: true}, []).classes.protocols, ['tcp']);
	t.deepEqual(readOptions({tcp: true, udp: true}, []).classes.protocols, ['tcp', 'udp']);
	t.deepEqual(readOptions({ipv6: true}, []).classes.families, [Family.inet6]);
	t.deepEqual(readOptions({listening: true}, []).classes.states, [State.listen, State.unconnected]);
	t.deepEqual(readOptions({listening: true, all: true}, []).classes.states, []);
	t.deepEqual(readOptions({options: true, extended: true}, []).details.map(field => field.id), ['timer', 'user', 'inode', 'cookie', 'mark', 'cgroup', 'v6Only', 'shutdown']);
	t.deepEqual(
		readOptions({
			extended: true, tos: true, cgroup: true, inetSockopt: true,
		}, []).details.map(field => field.id).slice(7),
		['tos', 'trafficClass', 'classId', 'unit', 'container', 'pod', 'socketOptions'],
	);
	t.true(readOptions({info: true}, []).details.some(field => field.id === 'bbrMinRtt'));
	t.true(readOptions({info: true}, []).details.some(field => field.id === 'cwnd'));
	t.true(readOptions({memory: true}, []).details.some(field => field.id === 'drops'));
});

test('a filter or a column that only one family has adds its tables', t => {
	const tables = (columns: string, filter: readonly string[] = [], options: Options = {}) => readOptions({columns, ...options}, filter).classes.protocols;
	t.deepEqual(tables('local,netlinkGroups'), ['tcp', 'udp', 'nl']);
	t.deepEqual(tables('local', ['vfsInode', '>', '0']), ['tcp', 'udp', 'u_str', 'u_dgr', 'u_seq']);
	t.deepEqual(tables('local,netlinkGroups', [], {tcp: true}), ['tcp'], 'tables that are named take precedence');
	t.deepEqual(readOptions({extended: true, info: true}, []).classes.protocols, ['tcp', 'udp']);
});

test('filter words are one filter', t => {
	t.is(readOptions({}, ['state', 'established', 'port', '443']).filter, 'state established port 443');
});

test('fields are found by any of their names', t => {
	const {columns, sort} = readOptions({columns: 'state, Recv-Q,rtt', sort: 'rtt:desc'}, []);
	t.deepEqual(columns?.map(field => field.id), ['state', 'recvQ', 'rtt']);
	t.deepEqual(sort, {field: 'rtt', descending: true});
	t.deepEqual(readOptions({sort: 'state,user:desc, rtt'}, []).sort, {
		field: 'state', descending: false, finer: {field: 'user', descending: true, finer: {field: 'rtt', descending: true}},
	});
	t.deepEqual(readOptions({sort: 'txRate'}, []).sort, {field: 'txRate', descending: true}, 'rates are sorted in descending order by default');
});

test('one grouping or two, in any case, in the order in which they are nested', t => {
	const groups = (group: string): readonly string[] => readOptions({group}, []).groups.map(({id}) => id);
	t.deepEqual(readOptions({}, []).groups, []);
	t.deepEqual(groups('listener'), ['listener']);
	t.deepEqual(groups('Host, port'), ['host', 'port']);
	t.deepEqual(groups('port,host'), ['port', 'host']);
});

const wrong = test.macro({
	exec(t, options: Parameters<typeof readOptions>[0], filter: readonly string[], message: RegExp) {
		const error = t.throws(() => readOptions(options, filter), {instanceOf: UsageError});
		t.regex(error.message, message);
	},
	title: (_, options) => `refuses ${JSON.stringify(options)}`,
});

test(wrong, {columns: 'state,bogus'}, [], /^there is no field named "bogus"/v);
test(wrong, {columns: 'loca'}, [], /did you mean "local"\?$/v);
test(wrong, {columns: 'state,,rtt'}, [], /^--columns takes field names separated by commas/v);
test(wrong, {group: 'bogus'}, [], /^--group takes listener, process, .*namespace; got "bogus"$/v);
test(wrong, {group: 'host,host'}, [], /^--group takes one name, or two different names separated by a comma; got "host,host"$/v);
test(wrong, {group: 'host,port,user'}, [], /^--group takes one name, or two/v);
test(wrong, {sort: 'rtt:up'}, [], /^--sort takes FIELD, FIELD:asc or FIELD:desc, several separated by commas; got "rtt:up"$/v);
test(wrong, {sort: 'bogus'}, [], /^there is no field named "bogus"/v);
for (const interval of ['0', '-1', 'x', '', '9999', 'Infinity', '1s']) {
	test(wrong, {interval}, [], /^--interval takes seconds from 0\.1 to 3600; got ".*"$/v);
}

test(wrong, {source: 'procfs'}, [], /^--source is one of auto, netlink, ss; got "procfs"$/v);

test('a filter that does not parse points at the word', t => {
	const error = t.throws(() => readOptions({}, ['port', '443', 'state', 'foo']), {instanceOf: UsageError});
	const [text, pointer] = error.lines;
	t.is(text, '  port 443 state foo');
	t.is(pointer, '                 ^^^');
});

test('named tables replace TCP and UDP', t => {
	const protocols = (options: Options): readonly string[] => readOptions(options, []).classes.protocols;
	t.deepEqual(protocols({}), ['tcp', 'udp']);
	t.deepEqual(protocols({unix: true}), ['u_str', 'u_dgr', 'u_seq']);
	t.deepEqual(protocols({tcp: true, packet: true, netlink: true}), ['tcp', 'p_raw', 'p_dgr', 'nl']);
	t.deepEqual(protocols({
		raw: true, sctp: true, mptcp: true, dccp: true, udplite: true, smc: true, xdp: true,
	}), ['raw', 'mptcp', 'udplite', 'sctp', 'dccp', 'xdp', 'smc']);
	t.deepEqual(protocols({vsock: true, tipc: true}), ['v_str', 'v_dgr', 'v_seq', 'ti_st', 'ti_dg', 'ti_sq', 'ti_rd']);
});

test('a list of tables is parsed as by ss -A, and adds to the selected ones', t => {
	const protocols = (options: Options): readonly string[] => readOptions(options, []).classes.protocols;
	t.deepEqual(protocols({query: 'tcp'}), ['tcp']);
	t.deepEqual(protocols({query: 'unix_dgram, TCP,u_str'}), ['tcp', 'u_str', 'u_dgr']);
	t.deepEqual(protocols({query: 'inet'}), protocols({
		tcp: true, udp: true, raw: true, dccp: true, sctp: true, mptcp: true,
	}));
	t.deepEqual(protocols({query: 'inet,!raw,!sctp,!mptcp,!dccp'}), ['tcp', 'udp']);
	t.deepEqual(protocols({query: 'all'}), protocolNames);
	t.deepEqual(protocols({query: '!unix,!netlink'}), protocolNames.filter(name => !['u_str', 'u_dgr', 'u_seq', 'nl'].includes(name)));
	t.deepEqual(protocols({query: 'unix_seqpacket', udp: true, socket: 'packet_raw'}), ['udp', 'u_seq', 'p_raw']);
	t.deepEqual(protocols({query: 'vsock_stream,vsock_dgram,xdp,tipc,packet_dgram,unix_stream,netlink'}), protocolNames.filter(name =>
		['v_str', 'v_dgr', 'xdp', 'ti_st', 'ti_dg', 'ti_sq', 'ti_rd', 'p_dgr', 'u_str', 'nl'].includes(name)));
	for (const query of ['', 'tcp,', 'tpc', 'tcp,!upd', '!']) {
		t.throws(() => protocols({query}), {instanceOf: UsageError, message: /^-A takes table names separated by commas: all, inet, .*; got ".*"$/v});
	}
});
