/**
The text of `ss` → rows, as it comes in.
*/
import {Family} from '../../addresses/family.js';
import {createNamedRowReader, type NamedRow} from './named-row.js';
import {createRowReader, foreign} from './row-reader.js';
import type {Row} from './row.js';
import {codeAt} from './scan.js';
import {needsMore} from './users.js';
import type {Version} from './version.js';
import type {Words} from './words.js';

export type SsParser = {
	/** Takes the next piece of the output, decoded as Latin-1: a character for each byte. Pieces may end anywhere. */
	readonly write: (text: string) => void;
	/** The output has ended. */
	readonly end: () => void;
	/** Rows so far that were not to be understood. */
	readonly skipped: () => number;
};

export type SsParserOptions = {
	readonly version: Version;
	readonly words: Words;
	/** Called for each socket. The row is written anew for the next; positions in it are of `text`, which lives as long. */
	readonly onRow: (row: Row, text: string) => void;
	/** Called for each socket whose ends are no addresses of IP. */
	readonly onNamedRow?: (row: NamedRow, text: string) => void;
};

/** A row longer than this is none: `ss` cuts each of its ten columns at 64 KiB. */
const longestRow = 1 << 20;

const tab = 0x09;

/**
Where the row that `at` stands in ends: at its newline, or, where the details are on lines of their own that start with a tab, at the newline of
these. -1 when the text does not tell yet.
*/
const endOfRow = (text: string, at: number, isWhole: boolean): number => {
	for (;;) {
		const newline = text.indexOf('\n', at);
		if (newline === -1 || newline + 1 === text.length) {
			return isWhole ? text.length - (newline === -1 ? 0 : 1) : -1;
		}

		if (codeAt(text, newline + 1) !== tab) {
			return newline;
		}

		at = newline + 1;
	}
};

export const createSsParser = ({version, words, onRow, onNamedRow}: SsParserOptions): SsParser => {
	const reader = createRowReader({words, wildcardFamily: version < 414 ? Family.inet : Family.inet6, endOfRow});
	const named = createNamedRowReader(endOfRow);
	let rest = '';
	let skipped = 0;
	/** Inside of a row that is too long to be one. */
	let isDiscarding = false;

	const parse = (text: string, isWhole: boolean): void => {
		let start = 0;
		while (start < text.length) {
			let end = endOfRow(text, start, isWhole);
			if (end === -1) {
				break;
			}

			if (isDiscarding) {
				isDiscarding = false;
			} else if (end > start) {
				const actualEnd = reader.read(text, start, end, isWhole);
				if (actualEnd === needsMore) {
					break;
				}

				if (actualEnd === foreign) {
					const namedEnd = named.read(text, start, end, isWhole);
					if (namedEnd === needsMore) {
						break;
					}

					const row = named.row();
					if (namedEnd === foreign || row === undefined) {
						skipped++;
					} else {
						onNamedRow?.(row, text);
						end = namedEnd;
					}
				} else {
					onRow(reader.row, text);
					end = actualEnd;
				}
			}

			start = end + 1;
		}

		rest = start < text.length ? text.slice(start) : '';
		if (!(rest.length > longestRow)) {
			return;
		}

		rest = '';
		skipped += isDiscarding ? 0 : 1;
		isDiscarding = true;
	};

	return {
		write(text) {
			parse(rest + text, false);
		},
		end() {
			parse(rest, true);
			rest = '';
		},
		skipped: () => skipped,
	};
};
