import test from 'ava';
import {coreColumns, type CoreArrays, type CoreColumn} from '../../../source/table/columns/columns.js';
import {SocketTable} from '../../../source/table/socket-table.js';

const coreNames = Object.keys(coreColumns) as CoreColumn[];

test('a large table grows by one column at a time, and keeps its values', t => {
	const table = new SocketTable();
	table.setOptionalColumns(['cwnd', 'busyTime', 'healthProblem']);
	table.begin(1);
	const replacedIn = (before: CoreArrays): number => coreNames.filter(name => table.core[name] !== before[name]).length;
	let maxReplaced = 0;
	let capacities = 1;
	for (let socket = 0; socket < 200_000; socket++) {
		const {capacity, core: before} = table;
		const slot = table.observe(socket, 7);
		table.core.localPort[slot] = socket;
		table.core.localAddress[slot * 16 + 15] = socket;
		const cwnd = table.optional('cwnd') ?? [];
		cwnd[slot] = socket;
		if (table.core !== before && capacity > 40_000) {
			maxReplaced = Math.max(maxReplaced, replacedIn(before));
		}

		capacities += table.capacity === capacity ? 0 : 1;
		// While the table grows, one column becomes wanted and another one unwanted.
		if (socket === 60_000) {
			table.setOptionalColumns(['cwnd', 'healthProblem', 'minRtt']);
		}
	}

	t.true(capacities > 10, `${capacities} capacities`);
	t.is(maxReplaced, 1);
	const lacking = coreNames.filter(name => table.core[name].length < table.capacity);
	t.deepEqual(lacking, []);
	t.deepEqual(['cwnd', 'healthProblem', 'minRtt', 'busyTime'].map(name => table.optional(name as 'cwnd')?.length), [table.capacity, table.capacity, table.capacity, undefined]);
	for (let socket = 0; socket < 200_000; socket += 101) {
		const slot = table.find(socket, 7);
		t.is(table.core.localPort[slot], socket % 65_536);
		t.is(table.core.localAddress[slot * 16 + 15], socket % 256);
		t.is(table.optional('cwnd')?.[slot], socket);
		t.is(table.optional('minRtt')?.[slot], 0xFF_FF_FF_FF, 'absent until a sample fills it');
	}
});
