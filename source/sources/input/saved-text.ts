/**
Reads text that `ss` printed once, on this machine or on another: from a support bundle, or copied from a terminal. It may be from any version of `ss`, with any
options.
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

/** A text that was recognized as output of `ss`, parsed into rows. */
export type SavedText = {
	readonly given: GivenBytes;
	readonly versions: SavedVersions;
	/** The rows of each output. */
	readonly outputs: ReadonlyArray<readonly Row[]>;
	/** Number of lines that could not be parsed. */
	readonly skipped: number;
	/** Number of rows with names of services that have no known number. */
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

/** Outputs with cookies first: then sockets keep their cookies when another output lists them without. */
const cookiesFirst = (outputs: ReadonlyArray<readonly Row[]>): ReadonlyArray<readonly Row[]> => {
	const hasCookies = (rows: readonly Row[]): boolean => rows.some(({details}) => details.includes(' sk:'));
	return [...outputs.filter(rows => hasCookies(rows)), ...outputs.filter(rows => !hasCookies(rows))];
};

/**
Parses a saved text.

@param given Its bytes.
@param findService Gives the ports for the name of a service, because `ss` without `-n` prints names.
@throws InputError if it has no output of `ss`.
*/
export const readSavedText = (given: GivenBytes, findService: ServiceLookup): SavedText => {
	const text = bytesAsText(given.content);
	const {outputs, hasHeader, skipped, isCutOff} = readOutputs(text);
	const read = outputs.map(output => readRows(output, findService));
	if (!hasHeader && read.every(({rows}) => rows.length === 0)) {
		throw new InputError(`${given.label} is neither a file written by \`ss -D\` nor output of \`ss\``);
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

/** A source for the sockets of a saved text. */
export const createSavedTextSource = (table: SocketTable, owners: OwnerSink, {
	given: {file, label}, versions, outputs, skipped, named, isCutOff,
}: SavedText): Source => {
	/** Names of interfaces. Their positions, from 1, serve as interface indexes. */
	const interfaces: string[] = [];
	const interfaceIndex = (name: string): number => {
		if (!interfaces.includes(name)) {
			interfaces.push(name);
		}

		return interfaces.indexOf(name) + 1;
	};

	return {
		// The text says nothing about the machine where it was printed, which may be another one.
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
			whyNotActing: 'sockets from a saved text cannot be changed',
		},
		names: {...noNames, interfaceName: index => interfaces[index - 1]},
		time: systemTime,
		sample(_table, {columns, protocols = defaults}) {
			const locator = createSavedLocator(table);
			const merger = createMerger(table, {
				...versions, owners, interfaceIndex, locator,
			});
			merger.prepare(columns, protocols);
			let unparsed = skipped;
			for (const output of outputs) {
				locator.startOutput();
				for (const row of output) {
					unparsed += merger.merge(row) === 'invalid' ? 1 : 0;
				}
			}

			return {
				complete: [],
				problems: [
					...(unparsed === 0 ? [] : [`${counted(unparsed, 'line')} of ${label} not understood`]),
					...(named === 0 ? [] : [`${counted(named, 'socket')} of ${label} not shown: names in place of addresses or ports (\`ss -n\` prints numbers)`]),
					...(isCutOff ? [`${label} ends within a line; its last word is left out`] : []),
				],
			};
		},
		close() {
			// Nothing to release.
		},
	};
};
