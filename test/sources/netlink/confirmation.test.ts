import {constants} from 'node:os';
import test from 'ava';
import type {DiagSocket} from '../../../source/netlink/diag-socket.js';
import {createViews} from '../../../source/netlink/framing.js';
import {createConfirmation} from '../../../source/sources/netlink/confirmation.js';
import {Family} from '../../../source/addresses/family.js';
import {Life} from '../../../source/table/columns/columns.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestSocket} from '../../helpers/context.js';

const {ENOENT, ESTALE} = constants.errno;

const scope = {protocol: Protocol.tcp, family: Family.inet, states: 0xFF_FF};

/** A table with one socket, which no later sample contains and whose look-up fails with `errno`. */
const start = (errno: number, socket: TestSocket) => {
	const context = createTestContext([]);
	const {table} = context;
	const slot = context.add(socket);
	table.end([]);
	const unused = (): never => {
		throw new Error('Must not be called');
	};

	const diagSocket: DiagSocket = {
		views: createViews(4096),
		nextSequence: () => 1,
		dump: unused,
		dumpInParts: unused,
		discard: unused,
		lookUp(_requests, {count}, answer) {
			for (let index = 0; index < count; index++) {
				answer(index, {errno});
			}
		},
		command: unused,
		close: () => undefined,
	};
	const confirmation = createConfirmation(table, diagSocket);
	return {
		table,
		slot,
		/** Takes a sample; returns whether the socket is closed, and the slots that were explained while they were open. */
		sample(now: number, hasEvents = true) {
			table.begin(now);
			const explained: number[] = [];
			confirmation.confirm([scope], {
				extensions: 0, hasEvents, finished: [], parse: unused,
				vanished(slots) {
					explained.push(...slots.filter(each => !table.isClosed(each)));
				},
			});
			table.end([scope]);
			return {isClosed: table.isClosed(slot), explained};
		},
	};
};

const connection: TestSocket = {local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000]};

for (const errno of [ENOENT, ESTALE]) {
	const name = errno === ENOENT ? 'ENOENT' : 'ESTALE';
	test(`a connection whose look-up fails with ${name} is gone: it closes in the next sample, explained once more before`, t => {
		const {slot, sample} = start(errno, connection);
		t.deepEqual(sample(1000), {isClosed: false, explained: [slot]});
		t.deepEqual(sample(2000), {isClosed: true, explained: [slot]});
		t.deepEqual(sample(3000), {isClosed: true, explained: []});
	});

	test(`with ${name}, it closes at once if its event has come, or if none can come`, t => {
		const ended = start(errno, connection);
		ended.table.core.life[ended.slot] |= Life.ended;
		t.deepEqual(ended.sample(1000), {isClosed: true, explained: []});

		const without = start(errno, connection);
		t.deepEqual(without.sample(1000, false), {isClosed: true, explained: [without.slot]});
	});

	test(`with ${name}, a minisocket closes at once, and a listener stays`, t => {
		t.true(start(errno, {...connection, state: State.timeWait}).sample(1000).isClosed);
		const listener = start(errno, {local: ['10.0.0.1', 443], peer: ['0.0.0.0', 0], state: State.listen});
		listener.sample(1000);
		t.false(listener.sample(2000).isClosed);
	});
}
