/** The table of a socket that is examined by itself. */
import {optionalColumns, type OptionalColumn} from '../table/columns/columns.js';
import {SocketTable} from '../table/socket-table.js';

/** All optional columns. */
export const allColumns: ReadonlySet<OptionalColumn> = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

/** A table for one socket, with all optional columns. */
export const createOwnTable = (): SocketTable => {
	const table = new SocketTable(1);
	table.want(allColumns);
	return table;
};

/**
Begins a sample of a table of one socket, and makes its row: what the samples know of the socket already is what a look-up asks with.

@returns Its slot there.
*/
export const observeAgain = (samples: SocketTable, slot: number, table: SocketTable, now: number): number => {
	const {cookieLow, cookieHigh, state, family, inode, protocol, namespace} = samples.core;
	table.begin(now);
	table.enter(namespace[slot]);
	const own = table.observe(cookieLow[slot], cookieHigh[slot]);
	table.setState(own, protocol[slot], state[slot]);
	table.core.family[own] = family[slot];
	table.core.inode[own] = inode[slot];
	return own;
};
