import {memoryColumns, type OptionalColumn} from '../../table/columns.js';
import type {Version} from './version.js';

/** What `--tos` tells. */
const tosColumns = ['tos', 'trafficClass', 'classId'] as const satisfies readonly OptionalColumn[];

/** What `-b` tells. */
const filterColumns = ['packetFilter', 'packetFilterLength'] as const satisfies readonly OptionalColumn[];

/**
The arguments for one sample.

`--cgroup` is not among them: `-e` tells the cgroup as well, and before the mark of the open directions, which shows where its path ends.

`tables` are the options that name the tables, two at least, so that the Netid column is there. `-p` is needed even by those who do not want the processes: from 6.8 on, the column that
holds all details is hidden without it.
*/
export const ssArguments = (version: Version, columns: ReadonlySet<OptionalColumn>, tables: readonly string[] = ['-t', '-u']): string[] => [
	'-H',
	'-n',
	'-a',
	...tables,
	'-e',
	'-i',
	'-o',
	// The drops of listeners and of sockets of datagrams, too.
	...(columns.has('verdict') || memoryColumns.some(column => columns.has(column)) ? ['-m'] : []),
	...(version >= 500 && tosColumns.some(column => columns.has(column)) ? ['--tos'] : []),
	// Told to those who may administer the network.
	...(filterColumns.some(column => columns.has(column)) ? ['-b'] : []),
	...(version >= 510 && columns.has('socketOptions') ? ['--inet-sockopt'] : []),
	'-p',
	// One line for each socket. Older versions put the details on a second line that starts with a tab.
	...(version >= 502 ? ['-O'] : []),
];
