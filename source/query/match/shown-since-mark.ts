import {bindKept, differenceSince} from '../../table/mark.js';
import {isNew} from '../../table/freshness.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {MarkRequest} from '../query.js';
import type {SlotPredicate} from './selection-filter.js';

/**
Tests which sockets are shown with regard to the mark; undefined for all. As long as the table has no mark, nothing is new. Closed sockets that have lingered
long enough are shown only in the difference.
*/
export const bindMark = (request: MarkRequest | undefined, table: SocketTable): SlotPredicate | undefined => {
	const {mark} = table;
	if (request?.shown === 'difference') {
		return mark === undefined ? () => false : slot => differenceSince(mark, slot) !== undefined;
	}

	const isKept = bindKept(table);
	return request?.shown === 'new' ? slot => isNew(table, slot) && !isKept?.(slot) : isKept && (slot => !isKept(slot));
};
