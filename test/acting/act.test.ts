import test from 'ava';
import {createActing} from '../../source/acting/act.js';
import type {CloseResult} from '../../source/acting/close-socket.js';
import type {SignalName} from '../../source/contract/acting.js';
import type {DiagSocket} from '../../source/netlink/diag-socket.js';
import {SystemCallError} from '../../source/system/system-calls.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext} from '../helpers/context.js';

const owners = [{
	pid: 7, name: 'server', fd: 3, startTime: 500,
}, {
	pid: 8, name: 'child', fd: 3, startTime: 600,
}];

/** A context with two connections and a UDP socket, and the actions on them. */
const create = (close: (slot: number) => CloseResult = () => ({isClosed: true, message: 'the connection is reset'})) => {
	const context = createTestContext();
	const slots = [
		context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], owners}),
		context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.3', 50_001], owners: owners.slice(0, 1)}),
		context.add({protocol: Protocol.udp, state: State.unconnected, local: ['10.0.0.1', 53]}),
	];
	const starts = new Map([[7, 500], [8, 600]]);
	const done: string[] = [];
	const acting = createActing({
		context,
		diagSocket: slot => slot === 2 ? undefined : {} as unknown as DiagSocket,
		noteDestroyed(id) {
			done.push(`destroyed ${id}`);
		},
		bootedAt: () => 1000,
		startTimeOf: pid => starts.get(pid),
		signal({pid, startTime}, signal: SignalName) {
			done.push(`${signal} ${pid} ${startTime}`);
			return {isSent: true, message: 'sent'};
		},
		close(_socket, slot) {
			done.push(`close ${slot}`);
			return close(slot);
		},
	});
	const ids = slots.map(slot => context.table.core.id[slot]);
	return {
		context, slots, ids, starts, done, acting,
	};
};

test('describes targets exactly: sockets with their cookie, processes with their start time', t => {
	const {acting, ids} = create();
	const {sockets, processes, gone, isShared} = acting.lock(1, [...ids, 999]);
	t.deepEqual(sockets[0], {
		id: ids[0], protocol: 'tcp', state: 'ESTAB', local: '10.0.0.1:443', peer: '10.0.0.2:50000', cookie: '1', owner: 'server/7',
	});
	t.deepEqual(processes, [
		{
			pid: 7, startTime: 500, name: 'server', startedAt: 6000, sockets: 2,
		},
		{
			pid: 8, startTime: 600, name: 'child', startedAt: 7000, sockets: 1,
		},
	]);
	t.is(gone, 1);
	t.true(isShared);
	t.false(acting.lock(2, ids.slice(1)).isShared);
});

test('a process with a reused pid is not a target', t => {
	const {acting, ids, starts} = create();
	starts.set(7, 501);
	starts.delete(8);
	t.deepEqual(acting.lock(1, ids).processes, []);
});

test('closes the locked sockets and reports the outcome of each', t => {
	const {acting, ids, done} = create(slot => slot === 0 ? {isClosed: true, message: 'the connection is reset'} : {isClosed: false, message: 'closing sockets needs CAP_NET_ADMIN'});
	acting.lock(1, ids);
	const {outcomes} = acting.act({action: 'close', number: 1});
	t.deepEqual(outcomes.map(({isDone, message}) => [isDone, message]), [
		[true, 'the connection is reset'],
		[false, 'closing sockets needs CAP_NET_ADMIN'],
		[false, 'its network namespace is gone'],
	]);
	t.is(outcomes[0].target, 'tcp 10.0.0.1:443 → 10.0.0.2:50000');
	t.deepEqual(done, ['close 0', `destroyed ${ids[0]}`, 'close 1']);
	t.deepEqual(acting.act({action: 'close', number: 1}).outcomes, [], 'once');
});

test('does not act on a socket that replaced a target', t => {
	const {acting, context, ids, slots, done} = create();
	acting.lock(1, ids.slice(0, 2));
	context.table.close(slots[0]);
	context.table.core.cookieLow[slots[1]] = 77;
	t.deepEqual(acting.act({action: 'close', number: 1}).outcomes.map(({message}) => message), ['the socket is gone already', 'the socket is gone already']);
	t.deepEqual(done, []);
	t.deepEqual(acting.act({action: 'close', number: 5}).outcomes, [], 'nor on targets that were not locked');
});

test('signals the chosen ones of the locked processes, by pid and start time', t => {
	const {acting, ids, starts, done} = create();
	acting.lock(1, ids);
	starts.set(8, 999);
	t.deepEqual(acting.act({
		action: 'signal', number: 1, signal: 'SIGHUP', pids: [8, 1],
	}).outcomes, [{target: 'child/8', isDone: true, message: 'sent'}]);
	t.deepEqual(done, ['SIGHUP 8 600'], 'with the start time that was shown');
});

test('reports that the netlink socket failed', t => {
	const {acting, ids} = create(() => {
		throw new SystemCallError('recvmsg', 105);
	});
	acting.lock(1, ids.slice(0, 1));
	t.regex(acting.act({action: 'close', number: 1}).outcomes[0].message, /^netlink failed/v);
});
