import test from 'ava';
import {readFilter} from '../../../source/query/match/current-filter.js';
import {withNamedProtocols} from '../../../source/query/match/wanted-protocols.js';
import {defaultProtocols, type ProtocolName} from '../../../source/table/columns/protocols.js';

const wanted = (filter: string, protocols: readonly ProtocolName[] = defaultProtocols): readonly ProtocolName[] =>
	withNamedProtocols({protocols, families: [], states: []}, readFilter(filter)).protocols;

test('a filter that names a family shows that family', t => {
	t.deepEqual(wanted('unix'), ['tcp', 'udp', 'u_str', 'u_dgr', 'u_seq']);
	t.deepEqual(wanted('nl or raw', ['tcp']), ['tcp', 'raw', 'nl']);
	t.deepEqual(wanted('443 and (mptcp or sctp)', []), ['mptcp', 'sctp']);
});

test('a filter that names a field of one family shows that family', t => {
	t.deepEqual(wanted('vfsInode > 0', []), ['u_str', 'u_dgr', 'u_seq']);
	t.deepEqual(wanted('netlinkGroups ~ 5 or bpf ~ 6', ['tcp']), ['tcp', 'p_raw', 'p_dgr', 'nl']);
	t.deepEqual(wanted('mptcpSubflows = 1', []), ['mptcp']);
	t.deepEqual(wanted('sctpTag > 0', []), ['sctp']);
	t.deepEqual(wanted('smcMode = TCP and xdpMemory ~ 1', []), ['xdp', 'smc']);
	t.deepEqual(wanted('not tipcService ~ 1', []), []);
});

test('words that are excluded, quoted or searched select nothing', t => {
	for (const filter of ['', 'not unix', '"unix"', '443', 'recvQ > 1', 'process = raw', '(']) {
		t.deepEqual(wanted(filter), defaultProtocols);
	}
});

test('the toggles of TCP and UDP stay as they are', t => {
	t.deepEqual(wanted('tcp', ['udp']), ['udp']);
});
