import type {MarkRequest} from '../query/query.js';
import type {SourceTime} from '../sources/time.js';
import type {SocketTable} from '../table/socket-table.js';

/** A mark, with its time in milliseconds since 1970. */
export type Marked = {readonly number: number; readonly time: number};

/**
Keeps the marks of a table and of the journal in step with the queries.

@param entries Absent if there is no journal.
@param time The time of the table.
@returns A function that takes the mark of a query and returns the marked moment; undefined for none. Call it between samples.
*/
export const createMarking = (
	table: SocketTable, entries: SocketTable | undefined, time: SourceTime,
): ((request: MarkRequest | undefined) => Marked | undefined) => {
	let marked: Marked | undefined;
	return request => {
		if (request === undefined) {
			table.clearMark();
			entries?.clearMark();
			marked = undefined;
		} else if (request.number !== marked?.number) {
			table.setMark();
			entries?.setMark();
			marked = {number: request.number, time: time.wall() - (time.now() - table.now)};
		}

		return marked;
	};
};
