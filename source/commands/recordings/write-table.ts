/** Writes rows other than sockets as aligned text, JSON or CSV. */
import process from 'node:process';
import {alignLeft, alignRight, textWidth} from '../../text/width.js';
import {csvCell} from '../../exports/csv.js';
import {write} from '../output.js';
import type {JsonValue} from '../../fields/model/format.js';

export type RowFormat = 'text' | 'json' | 'csv';

export type TextColumn<Row> = {
	readonly title: string;
	readonly align: 'left' | 'right';
	readonly read: (row: Row) => string;
};

/** Number of rows per write. */
const rowsPerWrite = 1000;

const writeInParts = async <Row>(rows: readonly Row[], form: RowFormat, lineOf: (row: Row) => string): Promise<void> => {
	for (let start = 0; start < rows.length; start += rowsPerWrite) {
		// eslint-disable-next-line no-await-in-loop -- With a slow reader, the lines must not pile up in memory.
		await write(rows.slice(start, start + rowsPerWrite).map(row => `${lineOf(row)}\n`).join(''), form);
	}
};

export const writeTextRows = async <Row>(rows: readonly Row[], columns: ReadonlyArray<TextColumn<Row>>, hasHeader: boolean): Promise<void> => {
	const cells = rows.map(row => columns.map(({read}) => read(row)));
	const widths = columns.map(({title}, index) => {
		let width = hasHeader ? textWidth(title) : 0;
		for (const row of cells) {
			width = Math.max(width, textWidth(row[index]));
		}

		return width;
	});
	const lineOf = (row: readonly string[]): string => row
		.map((cell, index) => (columns[index].align === 'right' ? alignRight : alignLeft)(cell, widths[index]))
		.join('  ')
		.trimEnd();
	if (hasHeader) {
		await write(`${lineOf(columns.map(({title}) => title))}\n`);
	}

	await writeInParts(cells, 'text', lineOf);
};

export type JsonRow = Readonly<Record<string, JsonValue | boolean | Readonly<Record<string, JsonValue>>>>;

export const writeJsonRows = async (rows: readonly JsonRow[]): Promise<void> => writeInParts(rows, 'json', row => JSON.stringify(row));

export const writeCsvRows = async (rows: readonly JsonRow[], keys: readonly string[], hasHeader: boolean): Promise<void> => {
	if (hasHeader) {
		await write(`${keys.join(',')}\n`, 'csv');
	}

	const isForTerminal = process.stdout.isTTY;
	await writeInParts(rows, 'csv', row => keys.map(key => csvCell(row[key], isForTerminal)).join(','));
};
