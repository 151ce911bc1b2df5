/**
Text that `ss` printed once, on this machine or on another: what a support bundle has, or a terminal showed. It is read as an `ss` of unknown version, with
any options.
*/
import type {ServiceLookup} from '../../names/service-table.js';
import type {OwnerSink} from '../../owners/owner.js';
import {bytesAsText} from '../ss/text.js';
import {defaultProtocols, type ProtocolName} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {InputError, type Source} from '../source.js';
import {noNames} from '../names-of.js';
import {createSavedLocator} from '../ss/locate.js';
import {createMerger} from '../ss/merge.js';
import type {Row} from '../ss/rows.js';
import {systemTime} from '../time.js';
import {readOutputs} from './outputs.js';
import {readRows} from './rows.js';
import type {GivenBytes} from './read-input.js';
import {versionsIn, type SavedVersions} from './versions.js';

/** Text that was found to be of `ss`, in its parts. */
export type SavedText = {
	readonly given: GivenBytes;
	readonly versions: SavedVersions;
	/** The rows of each output. */
	readonly outputs: ReadonlyArray<readonly Row[]>;
	/** Lines that made no sense. */
	readonly skipped: number;
	/** Rows with names of services that are no numbers here. */
	readonly named: number;
	readonly isCutOff: boolean;
};

const defaults: ReadonlySet<ProtocolName> = new Set(defaultProtocols);

const sumOf = (numbers: readonly number[]): number => {
	let sum = 0;
	for (const number of numbers) {
		sum += number;
	}

	return sum;
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Rows with cookies first: sockets keep those when another output shows them without. */
const cookiesFirst = (outputs: ReadonlyArray<readonly Row[]>): ReadonlyArray<readonly Row[]> => {
	const hasCookies = (rows: readonly Row[]): boolean => rows.some(({details}) => details.includes(' sk:'));
	return [...outputs.filter(rows => hasCookies(rows)), ...outputs.filter(rows => !hasCookies(rows))];
};

/**
Reads a saved text.

@param given Its bytes.
@param findService The ports that names of services stand for: `ss` without `-n` prints those.
@throws InputError when it has nothing of `ss`.
*/
export const readSavedText = (given: GivenBytes, findService: ServiceLookup): SavedText => {
	const text = bytesAsText(given.content);
	const {outputs, hasHeader, skipped, isCutOff} = readOutputs(text);
	const read = outputs.map(output => readRows(output, findService));
	if (!hasHeader && read.every(({rows}) => rows.length === 0)) {
		throw new InputError(`${given.label} is neither a file that \`ss -D\` wrote nor text of \`ss\``);
	}

	return {
		given,
		versions: versionsIn(text),
		outputs: cookiesFirst(read.map(({rows}) => rows)),
		skipped: skipped + sumOf(read.map(output => output.skipped)),
		named: sumOf(read.map(output => output.named)),
		isCutOff,
	};
};

/** The sockets of a saved text. */
export const createSavedTextSource = (table: SocketTable, owners: OwnerSink, {
	given: {file, label}, versions, outputs, skipped, named, isCutOff,
}: SavedText): Source => {
	/** Names of interfaces by the numbers that they have here, from 1. */
	const interfaces: string[] = [];
	const interfaceIndex = (name: string): number => {
		if (!interfaces.includes(name)) {
			interfaces.push(name);
		}

		return interfaces.indexOf(name) + 1;
	};

	return {
		// The text says nothing of the machine where it was printed, which may be another one.
		facts: {
			title: 'saved text of ss',
			hostname: undefined,
			kernelRelease: undefined,
			file,
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
			let foreign = skipped;
			for (const output of outputs) {
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
