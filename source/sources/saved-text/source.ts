/**
Text that `ss` printed once, on this machine or on another: what a support bundle has, or a terminal showed. It is read as an `ss` of unknown version, with
any options.
*/
import type {ServiceLookup} from '../../names/service-table.js';
import type {OwnerSink} from '../../owners/owner.js';
import {defaultProtocols, type ProtocolName} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {InputError, type Source} from '../source.js';
import {noNames} from '../names-of.js';
import {createSavedLocator} from '../ss/locate.js';
import {createMerger} from '../ss/merge.js';
import type {Row} from '../ss/rows.js';
import {systemTime} from '../time.js';
import {readOutputs} from './outputs.js';
import {readRows} from './rows.js';
import {versionsIn} from './versions.js';

export type SavedTextOptions = {
	readonly table: SocketTable;
	readonly owners: OwnerSink;
	/** A character for each byte. */
	readonly text: string;
	/** What sentences call the text. Safe for a terminal. */
	readonly label: string;
	/** Name of the file, without its directories; absent where there is none. */
	readonly file?: string;
	/** The ports that names of services stand for: `ss` without `-n` prints those. */
	readonly findService: ServiceLookup;
};

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Rows with cookies first: sockets keep those when another output shows them without. */
const cookiesFirst = (outputs: ReadonlyArray<readonly Row[]>): ReadonlyArray<readonly Row[]> => {
	const hasCookies = (rows: readonly Row[]): boolean => rows.some(({details}) => details.includes(' sk:'));
	return [...outputs.filter(rows => hasCookies(rows)), ...outputs.filter(rows => !hasCookies(rows))];
};

/**
Opens a saved text.

@throws InputError when it has nothing of `ss`.
*/
export const createSavedTextSource = ({
	table, owners, text, label, file, findService,
}: SavedTextOptions): Source => {
	const {outputs, hasHeader, skipped, isCutOff} = readOutputs(text);
	const read = outputs.map(output => readRows(output, findService));
	const rows = cookiesFirst(read.map(output => output.rows));
	if (!hasHeader && rows.every(({length}) => length === 0)) {
		throw new InputError(`${label} is neither text of \`ss\` nor a file that \`ss -D\` wrote`);
	}

	const named = read.reduce((sum, output) => sum + output.named, 0);
	const rowsNotUnderstood = read.reduce((sum, output) => sum + output.skipped, 0);
	/** Names of interfaces by the numbers that they have here, from 1. */
	const interfaces: string[] = [];
	const interfaceIndex = (name: string): number => {
		if (!interfaces.includes(name)) {
			interfaces.push(name);
		}

		return interfaces.indexOf(name) + 1;
	};

	const versions = versionsIn(text);
	return {
		// The text says nothing of the machine where it was printed, which may be another one.
		facts: {
			title: 'saved text of ss',
			hostname: undefined,
			kernelRelease: undefined,
			...(file !== undefined && {file}),
			names: 'own',
			owners: 'given',
			pace: 'source',
			appliesRestriction: false,
			canAct: false,
			whyNotActing: 'the sockets of a text cannot be acted on',
		},
		names: {...noNames, interfaceName: index => interfaces[index - 1]},
		time: systemTime,
		sample(_table, {columns, protocols = defaults}) {
			const locator = createSavedLocator(table);
			const merger = createMerger(table, {
				...versions, owners, interfaceIndex, locator,
			});
			merger.prepare(columns, protocols);
			let foreign = skipped + rowsNotUnderstood;
			for (const output of rows) {
				locator.startOutput();
				for (const row of output) {
					foreign += merger.merge(row) === 'foreign' ? 1 : 0;
				}
			}

			return {
				complete: [],
				problems: [
					...(foreign === 0 ? [] : [`${counted(foreign, 'line')} of ${label} not understood`]),
					...(named === 0 ? [] : [`${counted(named, 'socket')} of ${label} not shown: names in place of addresses or ports (\`ss -n\` prints numbers)`]),
					...(isCutOff ? [`${label} ends within a line; its last word is left out`] : []),
				],
			};
		},
		close() {
			// Nothing is held.
		},
	};
};
