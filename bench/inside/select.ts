/** Filters, sorts and groups a table of made-up sockets, as for a key that changes the query. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import type {FieldContext} from '../../source/fields/model/field.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import type {Query, GroupingId} from '../../source/query/query.js';
import {createViewer} from '../../source/query/window/viewer.js';
import {Family} from '../../source/addresses/family.js';
import {defaultProtocols, Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {cpuOf} from '../measure/cpu.js';

/** The query to measure, and a different one before it, so that no cached result applies. */
type Change = {readonly wanted: Partial<Query>; readonly before: Partial<Query>};

const grouped = (...by: readonly GroupingId[]): Partial<Query> => ({groups: {by, folded: {all: true, except: []}}});

const changes = {
	port: {wanted: {filter: 'port 443'}, before: {filter: 'port 442'}},
	word: {wanted: {filter: '168.7'}, before: {filter: '168.8'}},
	sorted: {wanted: {sort: {field: 'peer', descending: false}}, before: {}},
	sortedTwice: {wanted: {sort: {field: 'state', descending: false, finer: {field: 'peer', descending: false}}}, before: {}},
	hosts: {wanted: grouped('host'), before: {}},
	hostsInNetworks: {wanted: grouped('network', 'host'), before: {}},
} as const satisfies Readonly<Record<string, Change>>;

export type SelectFigures = Readonly<Record<keyof typeof changes, readonly number[]>>;

const [sockets, rounds] = process.argv.slice(2).map(Number);
const table = new SocketTable();
table.begin(0);
for (let socket = 1; socket <= sockets; socket++) {
	const slot = table.observe(socket, 0);
	const {core} = table;
	core.family[slot] = Family.inet;
	core.localAddress.set([10, 0, 0, 1], slot * 16);
	core.peerAddress.set([192, 168, socket & 0xFF, (socket >> 8) & 0xFF], slot * 16);
	core.localPort[slot] = socket % 8 === 0 ? 443 : 8080;
	core.peerPort[slot] = 1024 + socket % 60_000;
	core.rtt[slot] = (socket * 7919) % 1_000_003;
	table.setState(slot, Protocol.tcp, State.established);
	table.setCounters(slot, socket, socket);
}

table.end([]);
const context: FieldContext = {
	table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
};
const viewer = createViewer();
const base: Query = {
	filter: '', search: '', classes: {protocols: defaultProtocols, families: [], states: []}, sort: {field: 'rtt', descending: true}, columns: ['local', 'peer', 'rtt'],
	window: {height: 50, cursor: {kind: 'none'}, frozen: false},
};

const measure = async ({wanted, before}: Change): Promise<readonly number[]> => {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		viewer.view({...base, ...before}, context);
		times.push(await cpuOf(() => {
			viewer.view({...base, ...wanted}, context);
		}));
	}

	return times;
};

const figures: Record<string, readonly number[]> = {};
for (const [name, change] of Object.entries(changes)) {
	figures[name] = await measure(change);
}

process.stdout.write(JSON.stringify(figures));
