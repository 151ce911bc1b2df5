import type {OptionalColumn} from '../table/columns/columns.js';
import {members} from './inet-layout.js';
import {Attribute, extensionBit} from './inet-request.js';

/** INFO is always requested, because it has the round-trip times and the traffic of the core columns. */
const coreExtensions = extensionBit(Attribute.info);

/** The bits of `idiag_ext` that request the attributes of these columns. */
export const extensionsFor = (columns: ReadonlySet<OptionalColumn>): number => {
	let extensions = coreExtensions;
	for (const {column, ask} of members) {
		if (ask !== undefined && columns.has(column)) {
			extensions |= extensionBit(ask);
		}
	}

	return extensions;
};

/** The bit that requests the drops of listeners and datagram sockets, if health problems are wanted. Other sockets do not need it, and are too many. */
export const dropsExtension = (columns: ReadonlySet<OptionalColumn>): number => columns.has('healthProblem') ? extensionBit(Attribute.skMemInfo) : 0;
