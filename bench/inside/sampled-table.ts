import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {OptionalColumn} from '../../source/table/columns/columns.js';
import {SocketTable} from '../../source/table/socket-table.js';

/** A table, and a function that takes one sample of TCP and UDP into it. */
export type SampledTable = {readonly table: SocketTable; readonly sample: () => Promise<void>};

/** Creates a table that the kernel's sockets are sampled into, with these optional columns. */
export const createSampledTable = (columns: ReadonlySet<OptionalColumn> = new Set()): SampledTable => {
	const table = new SocketTable();
	table.setOptionalColumns(columns);
	const source = createNetlinkSource(table, {hasBoundInactive: false});
	return {
		table,
		async sample() {
			table.begin(performance.now());
			const {complete, problems} = await source.sample(table, {columns});
			if (problems.length > 0) {
				throw new Error(problems.join('; '));
			}

			table.end(complete);
		},
	};
};
