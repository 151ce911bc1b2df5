import type {Viewer} from '../query/window/viewer.js';
import type {Query} from '../query/query.js';
import type {Needs} from '../sampling/loop.js';

/**
Returns a function that tells what a sample must read for a query. While the journal is shown, the columns for the list of sockets are read as well, so that
they are complete when the list is shown again.

@param viewer The viewer of the sockets.
*/
export const createNeeds = (viewer: Viewer, journalViewer: Viewer): ((query: Query) => Needs) => {
	let sockets: Query | undefined;
	return query => {
		if (query.journal === undefined) {
			sockets = query;
			return {columns: viewer.neededColumns(query), protocols: viewer.neededProtocols(query)};
		}

		const columns = journalViewer.neededColumns(query);
		return {
			columns: sockets === undefined ? columns : new Set([...columns, ...viewer.neededColumns(sockets)]),
			protocols: journalViewer.neededProtocols(query),
		};
	};
};
