import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestSocket, type TestContext} from '../helpers/context.js';

const nginx = {pid: 100, name: 'nginx', fd: 6};
const worker = {pid: 101, name: 'nginx', fd: 6};
const postgres = {pid: 200, name: 'postgres', fd: 5};
const odd = {pid: 300, name: '(sd-pam) Ünï', fd: 3};

/** One socket of each kind that filters distinguish. */
export const sockets = {
	web: {
		state: State.listen, local: ['0.0.0.0', 443], peer: ['0.0.0.0', 0], owners: [nginx, worker], core: {uid: 0, recvQ: 3, sendQ: 511},
	},
	web6: {
		state: State.listen, local: ['::', 443], peer: ['::', 0], owners: [nginx, worker], core: {uid: 0, sendQ: 511},
	},
	client: {
		local: ['10.0.0.5', 443], peer: ['192.168.7.9', 50_443], owners: [worker], core: {
			uid: 1000, rtt: 60_000, recvQ: 65_536, rxRate: 2_000_000,
		},
	},
	mapped: {
		local: ['::ffff:10.0.0.5', 443], peer: ['::ffff:192.168.7.10', 51_000], owners: [worker], core: {uid: 1000, rtt: 900},
	},
	waiting: {state: State.timeWait, local: ['10.0.0.5', 443], peer: ['192.168.7.11', 52_000]},
	arriving: {state: State.newSynReceived, local: ['10.0.0.5', 443], peer: ['192.168.7.12', 53_000]},
	database: {
		local: ['::1', 5432], peer: ['::1', 40_000], owners: [postgres], core: {uid: 1001, rtt: 30}, optional: {lost: 2},
	},
	scoped: {
		state: State.closeWait, local: ['fe80::1', 22], peer: ['fe80::2', 54_000], core: {interfaceIndex: 2, uid: 0},
	},
	away: {
		state: State.synSent, local: ['10.0.0.5', 40_001], peer: ['2.16.0.1', 443], owners: [odd], core: {uid: 1000},
	},
	stub: {
		protocol: Protocol.udp, state: State.unconnected, local: ['127.0.0.53', 53], peer: ['0.0.0.0', 0], core: {interfaceIndex: 1, uid: 1000},
	},
	names: {
		protocol: Protocol.udp, local: ['2001:db8::5', 41_000], peer: ['2001:db8:0:1::53', 53], owners: [odd], core: {uid: 1000},
	},
} as const satisfies Record<string, TestSocket>;

export type SocketName = keyof typeof sockets;

export const socketNames = Object.keys(sockets) as readonly SocketName[];

export type Scene = TestContext & {
	/** The slots of the sockets, in the order of `socketNames`. */
	readonly slots: readonly number[];
};

export const createScene = (): Scene => {
	const context = createTestContext();
	const slots = socketNames.map(name => context.add(sockets[name]));
	return {...context, slots};
};
