import type {MarkRequest} from '../query/query.js';
import type {SocketTable} from '../table/socket-table.js';

/** A mark, with its time in milliseconds since 1970. */
export type Marked = {readonly number: number; readonly time: number};

/**
Keeps the marks of a table and of the journal in step with the queries.

@param entries Absent if there is no journal.
@param sampleTime The time of the last sample, in milliseconds since 1970.
@returns A function that takes the mark of a query and returns the marked moment; undefined for none. Call it between samples.
*/
export const createMarking = (
	table: SocketTable, entries: SocketTable | undefined, sampleTime: () => number,
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
			marked = {number: request.number, time: sampleTime()};
		}

		return marked;
	};
};
