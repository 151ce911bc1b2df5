import type {SocketTable} from '../../table/socket-table.js';
import type {PortFilter} from '../query.js';
import {maxPort} from '../language/resolve-numbers.js';
import type {Range} from '../language/values/ranges.js';
import {portsIn, filterByPorts, type PortSet} from './port-set.js';
import type {SelectionFilter} from './selection-filter.js';

/** Returns the ports that typed digits mean: those that begin with them, or with `exact` only that port. No digits mean all ports. */
const rangesOf = ({digits, exact}: PortFilter): readonly Range[] => {
	if (!/^[1-9]\d*$/v.test(digits)) {
		return [];
	}

	const first = Number(digits);
	const ranges: Range[] = [];
	for (let from = first, count = 1; from <= maxPort; from *= 10, count *= 10) {
		ranges.push({from, to: Math.min(maxPort, from + count - 1)});
		if (exact) {
			break;
		}
	}

	return ranges;
};

/** Compiles a port filter; undefined if it matches all sockets. Port 0 means "no port" and never matches. */
export const compilePort = (filter: PortFilter | undefined): ((table: SocketTable) => SelectionFilter) | undefined => {
	if (filter === undefined || filter.digits === '') {
		return undefined;
	}

	const set: PortSet = portsIn(rangesOf(filter));
	return table => filterByPorts(table, 'either', set);
};
