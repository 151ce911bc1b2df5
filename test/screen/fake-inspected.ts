/** Made-up data about an inspected socket, in the form of an answer. */
import {historyNames, type Inspected} from '../../source/contract/inspected.js';

/** Noon of a day, UTC. */
export const noon = Date.UTC(2026, 2, 1, 12);

const emptyHistory = Object.fromEntries(historyNames.map(name => [name, [] as readonly number[]])) as Inspected['history'];

/** A healthy connection, with the given changes. */
export const makeInspected = (id: number, changes: Partial<Omit<Inspected, 'history'>> & {readonly history?: Partial<Inspected['history']>} = {}): Inspected => ({
	id,
	values: [
		{id: 'protocol', value: 'tcp'},
		{id: 'state', value: 'ESTAB', tone: 'good'},
		{id: 'recvQ', value: 1000},
		{id: 'sendQ', value: 0},
		{id: 'local', value: '10.0.0.1:443'},
		{id: 'peer', value: `192.0.2.${id % 256}:${40_000 + id}`},
		{id: 'bytesReceived', value: 1_234_567},
		{id: 'bytesSent', value: 12_345},
		{id: 'rtt', value: 0.25},
		{id: 'process', value: `nginx/${id}`},
		{id: 'cwnd', value: 10},
		{id: 'unacked', value: 5},
		{id: 'receiveBuffer', value: 4000},
	],
	owners: [{
		pid: id, name: 'nginx', descriptors: [7], commandLine: 'nginx: worker process', user: 'www-data', ancestors: [{pid: 2, name: 'nginx'}, {pid: 1, name: 'systemd'}], unit: 'nginx.service',
	}],
	isGone: false,
	...changes,
	life: {
		steps: [{state: 'SYN-RECV', since: noon - 61_000}, {state: 'ESTAB', since: noon - 60_000}], openedAt: noon - 61_000, isOlder: false, isShortLived: false, now: noon, ...changes.life,
	},
	history: {...emptyHistory, ...changes.history},
});
