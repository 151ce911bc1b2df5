import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import type {Changes} from '../../source/table/changes.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

/** A table with sockets of these inodes, as one sample would leave it. */
export const tableOf = (inodes: readonly number[]): {table: SocketTable; changes: Changes; slots: readonly number[]} => {
	const table = new SocketTable();
	table.begin(1000);
	const slots = inodes.map(inode => {
		const slot = table.observe(inode, 0);
		table.setState(slot, Protocol.tcp, State.established);
		table.core.family[slot] = Family.inet;
		table.core.inode[slot] = inode;
		return slot;
	});
	return {table, changes: table.end([]), slots};
};
