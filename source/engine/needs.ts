import type {Viewer} from '../query/window/viewer.js';
import type {Query} from '../query/query.js';
import type {Needs} from '../sampling/loop.js';

/**
Tells what a sample must read. While the journal is shown, the columns of the list of sockets are read as well, so that nothing is missing when it comes back.

@param viewer Of the sockets.
@param journalViewer
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
