/** Tables for a socket that is examined on its own. */
import {optionalColumns, type OptionalColumn} from '../table/columns/columns.js';
import {SocketTable} from '../table/socket-table.js';

/** All optional columns. */
export const allColumns: ReadonlySet<OptionalColumn> = new Set(Object.keys(optionalColumns) as OptionalColumn[]);

/** A table for one socket, with all optional columns. */
export const createOwnTable = (): SocketTable => {
	const table = new SocketTable(1);
	table.setOptionalColumns(allColumns);
	return table;
};

/**
Begins a sample of a one-socket table and adds its row, with the values from `samples` that a look-up needs.

@returns The slot in `table`.
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
