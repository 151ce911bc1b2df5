/** Fills a table with made-up sockets and measures its memory. Prints JSON. */
import process from 'node:process';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

export type TableFigures = {
	/** Bytes that the table reports, and the growth of the process in bytes. */
	readonly counted: number;
	readonly grown: number;
};

const sockets = Number(process.argv[2]);

/** Bytes that the program holds. Collects garbage several times: what the first collection ends, the next ones free. */
const held = (): number => {
	const sizes = Array.from({length: 3}, () => {
		globalThis.gc?.();
		const {heapUsed, arrayBuffers} = process.memoryUsage();
		return heapUsed + arrayBuffers;
	});
	return Math.min(...sizes);
};

const before = held();
const table = new SocketTable();
for (let sample = 0; sample < 2; sample++) {
	table.begin(sample * 1000);
	for (let socket = 1; socket <= sockets; socket++) {
		const slot = table.observe(socket, 0);
		table.core.family[slot] = Family.inet;
		table.setState(slot, Protocol.tcp, State.established);
		table.setCounters(slot, socket, socket);
	}

	table.end([{protocol: Protocol.tcp, family: Family.inet, states: 0xF_FF}]);
}

const figures: TableFigures = {counted: table.bytes, grown: held() - before};
process.stdout.write(JSON.stringify(figures));
