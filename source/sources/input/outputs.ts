/** Finds the outputs of `ss` in a saved text, with the rows of each. There may be shell prompts, commands and anything else around them. */
import {stripVTControlCharacters} from 'node:util';
import {
	hasDetails,
	lastWord,
	openRow,
	type OpenRow,
} from './join.js';
import {
	readCommand,
	readHeader,
	readRowStart,
	type Columns,
	type Command,
	type RowStart,
} from './lines.js';

/** What one run of `ss` printed. */
export type SavedOutput = {
	readonly command: Command;
	readonly rows: readonly RowStart[];
};

export type SavedOutputs = {
	readonly outputs: readonly SavedOutput[];
	/** Whether there is a header. If so, a text without rows means that there were no sockets. */
	readonly hasHeader: boolean;
	/** Number of lines that belong to no output. */
	readonly skipped: number;
	/** Whether the text ends in a word that may be incomplete. */
	readonly isCutOff: boolean;
};

/** Terminals do not cut lines shorter than this. */
const minWidth = 40;

const minPromptLength = 3;

/** The byte order mark of UTF-8, one character per byte. */
const byteOrderMark = '\u{EF}\u{BB}\u{BF}';

/** A line without what terminals and `script` add: carriage returns at its end, and control sequences if it begins with one. */
const plain = (line: string): string => {
	const isCarriageReturned = line.endsWith('\r');
	const text = isCarriageReturned ? line.slice(0, -1) : line;
	if (text.startsWith('\u{1B}') || text.startsWith('\r')) {
		return stripVTControlCharacters(text).replaceAll('\r', '');
	}

	return text.endsWith('\r') ? text.replaceAll('\r', '') : text;
};

/** Whether a last word is certainly complete: a closed list, a wildcard, a mark, or a port that no digit can follow. */
const isComplete = (word: string): boolean => /(?:\)|:\*|^\*|<->|-->|<--|---)$/v.test(word) || Number(/:(?<port>\d{1,5})$/v.exec(word)?.groups?.port ?? 0) * 10 > 0xFF_FF;

/** The lines of a text, and whether it ends in a word that may be incomplete; such a word is removed. */
const linesOf = (text: string): {readonly lines: readonly string[]; readonly isCutOff: boolean} => {
	const lines = text.slice(text.startsWith(byteOrderMark) ? byteOrderMark.length : 0).split('\n').map(line => plain(line));
	const last = lines.pop() ?? '';
	const word = lastWord(last);
	const isCutOff = word !== '' && !isComplete(word);
	return {lines: [...lines, isCutOff ? last.slice(0, last.length - word.length) : last], isCutOff};
};

/** The width at which lines may have been cut: the maximum length, if more than one line has it. */
const widthOf = (lines: readonly string[]): number => {
	let longest = minWidth;
	let count = 0;
	for (const {length} of lines) {
		count = length > longest ? 1 : (length === longest ? count + 1 : count);
		longest = Math.max(longest, length);
	}

	return count > 1 ? longest : Infinity;
};

/** Finds the outputs in a text with one character per byte. */
export const readOutputs = (text: string): SavedOutputs => {
	const {lines, isCutOff} = linesOf(text);
	const width = widthOf(lines);
	const outputs: SavedOutput[] = [];
	let hasHeader = false;
	let skipped = 0;
	let columns: Columns | undefined;
	let command: Command = {};
	let rows: RowStart[] = [];
	/** The row that the next line may belong to. */
	let open: OpenRow | undefined;
	let isAfterHeader = false;
	let isCut = false;

	const closeRow = (): void => {
		if (open === undefined) {
			return;
		}

		rows.push(open.close());
		open = undefined;
	};

	const startOutput = (nextCommand: Command): void => {
		closeRow();
		if (rows.length > 0) {
			outputs.push({command, rows});
		}

		rows = [];
		columns = undefined;
		command = nextCommand;
	};

	const take = (line: string): void => {
		const header = readHeader(line);
		if (header !== undefined) {
			if (!isAfterHeader && (rows.length > 0 || open !== undefined)) {
				startOutput({});
			}

			columns = {hasNetid: header.hasNetid || columns?.hasNetid === true, hasState: header.hasState || columns?.hasState === true};
			hasHeader = true;
			isAfterHeader = true;
			return;
		}

		isAfterHeader = false;
		const start = readRowStart(line, columns, command);
		if (start !== undefined) {
			closeRow();
			open = openRow(start);
			return;
		}

		// The rest of a mark that was cut looks like a prompt.
		const isRestOfMark = open !== undefined && isCut && (line.length < minPromptLength || hasDetails(line));
		const commandWords = isRestOfMark ? undefined : readCommand(line);
		if (commandWords !== undefined) {
			startOutput(commandWords === 'other' ? {} : commandWords);
		} else if (open?.hasTaken(line, isCut) !== true) {
			skipped++;
		}
	};

	for (const line of lines) {
		if (line.trim() !== '') {
			take(line);
		}

		isCut = line.length >= width;
	}

	startOutput({});
	return {
		outputs, hasHeader, skipped, isCutOff,
	};
};
