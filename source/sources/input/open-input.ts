/** Opens the input that `--input` names: a dump of `ss -D` or text printed by `ss`. The kind is recognized by the content. */
import {Buffer} from 'node:buffer';
import type {OwnerSink} from '../../owners/owner.js';
import {createSystemServices} from '../../names/services.js';
import type {ServiceLookup} from '../../names/service-table.js';
import type {SocketTable} from '../../table/socket-table.js';
import {InputError, type Source} from '../source.js';
import {checkDump, createDumpSource, type Dump} from './dump.js';
import {readInput, type GivenBytes} from './read-input.js';
import {createSavedTextSource, readSavedText, type SavedText} from './saved-text.js';

/** An input that was recognized and checked. */
export type OpenedInput =
	| {readonly kind: 'dump'; readonly dump: Dump}
	| {readonly kind: 'text'; readonly text: SavedText};

/** The first bytes of compressed files, and the programs that decompress them. */
const compressed: ReadonlyArray<readonly [start: readonly number[], program: string]> = [
	[[0x1F, 0x8B], 'gunzip'],
	[[0xFD, 0x37, 0x7A, 0x58], 'unxz'],
	[[0x28, 0xB5, 0x2F, 0xFD], 'unzstd'],
	[[0x42, 0x5A, 0x68], 'bunzip2'],
	[[0x50, 0x4B, 0x03, 0x04], 'unzip'],
];

const hasStart = (content: Uint8Array, start: readonly number[]): boolean => start.every((byte, index) => content[index] === byte);

/** The byte order mark of UTF-16 as PowerShell writes it. */
const byteOrderMark = [0xFF, 0xFE];

/** Number of bytes in which a dump has a NUL: length and type of its first message have zero bytes. */
const headLength = 16;

/**
Recognizes the kind of an input.

@throws InputError if it is neither a dump nor text of `ss`.
*/
export const recognizeInput = (given: GivenBytes, findService: ServiceLookup): OpenedInput => {
	const {content, label} = given;
	const program = compressed.find(([start]) => hasStart(content, start))?.[1];
	if (program !== undefined) {
		throw new InputError(`${label} is compressed: decompress it first, for example with ${program}`);
	}

	if (hasStart(content, byteOrderMark)) {
		const utf8 = Buffer.from(Buffer.from(content.subarray(byteOrderMark.length)).toString('utf16le'));
		return {kind: 'text', text: readSavedText({...given, content: utf8}, findService)};
	}

	return content.subarray(0, headLength).includes(0)
		? {kind: 'dump', dump: checkDump(given)}
		: {kind: 'text', text: readSavedText(given, findService)};
};

/**
Reads and recognizes the input that `--input` names.

@throws InputError if it cannot be read, or is neither a dump nor text of `ss`.
*/
export const openInput = async (path: string): Promise<OpenedInput> => recognizeInput(await readInput(path), createSystemServices());

/** Creates a source for an input. */
export const createInputSource = (table: SocketTable, owners: OwnerSink, input: OpenedInput): Source =>
	input.kind === 'dump' ? createDumpSource(table, input.dump) : createSavedTextSource(table, owners, input.text);
