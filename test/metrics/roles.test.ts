import test from 'ava';
import {Family} from '../../source/addresses/family.js';
import {createRoles, createServiceNaming, listenersIn} from '../../source/metrics/roles.js';
import {lastingUnit} from '../../source/metrics/breakdowns.js';
import {noNames} from '../../source/sources/names-of.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {SocketTable} from '../../source/table/socket-table.js';

type Seen = {readonly local: number; readonly peer?: number; readonly state?: number; readonly evidence?: number};

/** Takes a sample with these sockets. Returns a function that gives the role of each by its index. */
const createScene = () => {
	const table = new SocketTable();
	const context = {
		...noNames, table, owners: createOwnerSets(), localPorts: () => ({from: 32_768, to: 60_999}),
	};
	const naming = createServiceNaming([{name: 'shop', port: 8080}], (port, transport) => port === 2049 && transport === 'tcp' ? 'nfs' : undefined);
	const roles = createRoles(context, naming);
	return (...sockets: readonly Seen[]) => {
		table.begin(table.now + 1000);
		const slots = sockets.map(({local, peer = 0, state = peer === 0 ? State.listen : State.established, evidence = 0}) => {
			const slot = table.observe((local * 65_536) + peer + 1, 0);
			table.setState(slot, Protocol.tcp, state);
			table.core.family[slot] = Family.inet;
			table.core.localPort[slot] = local;
			table.core.peerPort[slot] = peer;
			table.core.closeEvidence[slot] = evidence;
			return slot;
		});
		table.end([{protocol: Protocol.tcp, family: Family.inet, states: 0xFF_FF}]);
		roles.takeListeners(listenersIn(context));
		return slots.map(slot => {
			const role = roles.roleOf(slot);
			// Entries of the journal are judged like sockets.
			if (roles.roleOfEntry(table.core, slot)?.direction !== role?.direction) {
				throw new Error('an entry has another direction than its socket');
			}

			return role && `${role.direction} ${role.port}`;
		});
	};
};

test('the side of a connection is found from listeners first, then from its ports', t => {
	const sample = createScene();
	t.deepEqual(sample({local: 443}, {local: 443, peer: 40_000}, {local: 40_000, peer: 443}), [undefined, 'inbound 443', 'outbound 443']);
	t.deepEqual(sample({local: 45_000}, {local: 45_000, peer: 50_000}, {local: 50_000, peer: 45_000}), [undefined, 'inbound 45000', 'outbound 45000'], 'a listener whose port the kernel chose');
	t.deepEqual(sample({local: 80, peer: 40_000}), ['inbound 80'], 'no listener was ever seen');
	t.deepEqual(sample({local: 55_000, peer: 56_000}), ['unknown 0'], 'both ports are ephemeral');
	t.deepEqual(sample({local: 800, peer: 2049}), ['outbound 2049'], 'a client that chose its port');
	t.deepEqual(sample({local: 8080, peer: 1500}), ['inbound 8080'], 'a client with another range of ports');
	t.deepEqual(sample({local: 900, peer: 901}), ['unknown 0']);
	t.deepEqual(sample({local: 443}), [undefined]);
	t.deepEqual(sample({local: 443, peer: 700}, {local: 45_000, peer: 51_000}), ['inbound 443', 'inbound 45000'], 'the listeners are gone');
	t.deepEqual(sample({
		local: 443, state: State.unconnected, evidence: CloseEvidence.disconnected,
	}, {
		local: 40_123, state: State.unconnected, evidence: CloseEvidence.disconnected,
	}), ['inbound 443', 'unknown 0'], 'aborted connections have no peer left');
	t.deepEqual(sample({local: 444, state: State.unconnected}), [undefined]);
});

test('units created for each session share one name', t => {
	t.is(lastingUnit('session-12.scope'), 'session.scope');
	t.is(lastingUnit('session-c3.scope'), 'session.scope');
	t.is(lastingUnit('run-r0123456789abcdef0123456789abcdef.scope'), 'run.scope');
	t.is(lastingUnit('run-u1234.service'), 'run.service');
	t.is(lastingUnit(`docker-${'0123456789abcdef'.repeat(4)}.scope`), 'docker.scope');
	t.is(lastingUnit(`cri-containerd-${'0123456789abcdef'.repeat(4)}.scope`), 'cri-containerd.scope');
	for (const unit of ['nginx.service', 'user@1000.service', 'postgresql@15-main.service', 'system.slice', 'run-backup2.service', 'docker-registry.service', '']) {
		t.is(lastingUnit(unit), unit);
	}
});
