import type {OptionalColumn} from '../table/columns/columns.js';
import {members} from './inet-layout.js';
import {Attribute, extensionBit} from './inet-request.js';

/** INFO is always asked for: what the core columns hold of round-trip times and traffic stands in it. */
const coreExtensions = extensionBit(Attribute.info);

/** The bits of `idiag_ext` that ask for what these columns need. */
export const extensionsFor = (columns: ReadonlySet<OptionalColumn>): number => {
	let extensions = coreExtensions;
	for (const {column, ask} of members) {
		if (ask !== undefined && columns.has(column)) {
			extensions |= extensionBit(ask);
		}
	}

	return extensions;
};

/** The bit for the drops of listeners and of sockets of datagrams, where verdicts are wanted. Other sockets are too many to ask for their memory, and need not. */
export const dropsExtension = (columns: ReadonlySet<OptionalColumn>): number => columns.has('verdict') ? extensionBit(Attribute.skMemInfo) : 0;
