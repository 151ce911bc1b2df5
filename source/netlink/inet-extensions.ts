import type {OptionalColumn} from '../table/columns.js';
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
