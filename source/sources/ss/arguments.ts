import type {OptionalColumn} from '../../table/columns.js';
import type {Version} from './version.js';

/** What `skmem:(…)` tells, in the order of its letters `r rb t tb f w o bl d`. */
export const memoryColumns = [
	'receiveMemory',
	'receiveBuffer',
	'sendMemory',
	'sendBuffer',
	'forwardAllocation',
	'writeQueued',
	'optionMemory',
	'backlog',
	'drops',
] as const satisfies readonly OptionalColumn[];

/**
The arguments for one sample.

Two tables are named so that the Netid column is there. `-p` is needed even by those who do not want the processes: from 6.8 on, the column that
holds all details is hidden without it.
*/
export const ssArguments = (version: Version, columns: ReadonlySet<OptionalColumn>): string[] => [
	'-H',
	'-n',
	'-a',
	'-t',
	'-u',
	'-e',
	'-i',
	'-o',
	...(memoryColumns.some(column => columns.has(column)) ? ['-m'] : []),
	'-p',
	// One line for each socket. Older versions put the details on a second line that starts with a tab.
	...(version >= 502 ? ['-O'] : []),
];
