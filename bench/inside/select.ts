/** Filters and sorts a table of sockets that do not exist, as for a key that changes the filter. Prints the CPU time of each round, in ms, as JSON. */
import process from 'node:process';
import type {World} from '../../source/fields/field.js';
import type {Query} from '../../source/query/query.js';
import {createViewer} from '../../source/query/viewer.js';
import {defaultProtocols, Family, Protocol} from '../../source/table/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/states.js';
import {cpuOf} from '../measure/cpu.js';

export type SelectFigures = {readonly port: readonly number[]; readonly word: readonly number[]; readonly sorted: readonly number[]; readonly sortedTwice: readonly number[]};

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
const world: World = {
	table, owners: {of: () => []}, userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
};
const viewer = createViewer();
const base: Query = {
	filter: '', search: '', classes: {protocols: defaultProtocols, families: [], states: []}, sort: {field: 'rtt', descending: true}, columns: ['local', 'peer', 'rtt'],
	window: {height: 50, cursor: {kind: 'none'}, frozen: false},
};

/** Every other look is at another filter or order: nothing that is known answers it. */
const measure = async (query: Partial<Query>, before: Partial<Query>): Promise<readonly number[]> => {
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		viewer.view({...base, ...before}, world);
		// eslint-disable-next-line no-await-in-loop -- one after the other.
		times.push(await cpuOf(() => {
			viewer.view({...base, ...query}, world);
		}));
	}

	return times;
};

const figures: SelectFigures = {
	port: await measure({filter: 'port 443'}, {filter: 'port 442'}),
	word: await measure({filter: '168.7'}, {filter: '168.8'}),
	sorted: await measure({sort: {field: 'peer', descending: false}}, {}),
	sortedTwice: await measure({sort: {field: 'state', descending: false, finer: {field: 'peer', descending: false}}}, {}),
};
process.stdout.write(JSON.stringify(figures));
