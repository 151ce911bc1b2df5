import type {MarkRequest} from '../query/query.js';
import type {SourceTime} from '../sources/time.js';
import type {SocketTable} from '../table/socket-table.js';

/**
Keeps the mark of a table, and of the journal's, as the queries ask for it. To be called when no sample is under way.

@param table
@param entries Absent where no journal is kept.
@param time That of the table.
@returns A function that gives the moment that is marked, in milliseconds since 1970; undefined for none.
*/
export const createMarking = (
	table: SocketTable, entries: SocketTable | undefined, time: SourceTime,
): ((request: MarkRequest | undefined) => number | undefined) => {
	let marked: {readonly number: number; readonly time: number} | undefined;
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

		return marked?.time;
	};
};
