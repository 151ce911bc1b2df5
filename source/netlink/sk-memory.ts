/** SK_MEMINFO: nine numbers about a socket's memory, the same in all families (`linux/sock_diag.h`). Kernels before 3.6 and 4.7 send fewer. */
import {
	absentIn,
	memoryColumns,
	type NumericArray,
	type OptionalColumn,
} from '../table/columns/columns.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Views} from './framing.js';

export const isMemoryWanted = (columns: ReadonlySet<OptionalColumn>): boolean => memoryColumns.some(column => columns.has(column));

export type MemoryReader = {
	readonly prepare: (columns: ReadonlySet<OptionalColumn>) => void;
	/** Fills the wanted columns from the attribute between two byte offsets. */
	readonly read: (slot: number, start: number, end: number) => void;
	/** Fills the queues of families that do not report them, with the bytes not read yet and the bytes of outgoing packets, as `ss` does. */
	readonly readQueues: (slot: number, start: number, end: number) => void;
};

export const createMemoryReader = (table: SocketTable, {words}: Views): MemoryReader => {
	let wanted: ReadonlyArray<{readonly index: number; readonly column: OptionalColumn}> = [];
	return {
		prepare(columns) {
			wanted = memoryColumns.map((column, index) => ({column, index})).filter(({column}) => columns.has(column));
		},
		read(slot, start, end) {
			for (const {index, column} of wanted) {
				const offset = start + index * 4;
				const array: NumericArray | undefined = table.optional(column);
				if (array !== undefined) {
					array[slot] = offset + 4 <= end ? words[offset >> 2] : absentIn(column);
				}
			}
		},
		readQueues(slot, start, end) {
			const {core} = table;
			core.recvQ[slot] = start + 4 <= end ? words[start >> 2] : 0;
			core.sendQ[slot] = start + 12 <= end ? words[(start >> 2) + 2] : 0;
		},
	};
};
