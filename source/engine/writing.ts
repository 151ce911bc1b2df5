/** Writes all lines of the list to a file, in slices. The table does not change meanwhile. */
import type {WriteRequest, Written} from '../contract/writing.js';
import {FileExistsError, openNewFile, type NewFile} from '../files/new-file.js';
import {createLineWriter} from '../exports/lines.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import {findField} from '../fields/registry.js';
import type {ViewLine} from '../query/groups/view-line.js';
import type {Query} from '../query/query.js';
import {createYielder} from '../parts/yielder.js';
import type {Yielder} from '../parts/parts.js';

/** All lines of a list, valid until its table changes. */
export type AllLines = {
	readonly context: FieldContext;
	readonly length: number;
	readonly range: (from: number, to: number) => readonly ViewLine[];
};

export type WritingOptions = {
	/** Runs work while the table of the list does not change. */
	readonly hold: (work: () => Promise<void>) => void;
	/** Returns the lines of a query's list. */
	readonly linesOf: (query: Query) => AllLines;
	readonly post: (written: Written) => void;
	/** Replaced in tests. */
	readonly open?: (named: string, isReplacing: boolean) => Promise<NewFile>;
};

/** Number of lines formatted between two checks of the clock. */
const linesPerPart = 100;

/** Number of lines per write. */
const linesPerWrite = 2000;

const writeLines = async (file: NewFile, request: WriteRequest, query: Query, {context, length, range}: AllLines, yieldNow: Yielder): Promise<void> => {
	const fields = query.columns.map(id => findField(id)).filter((field): field is Field => field !== undefined);
	const {heading, lineOf} = createLineWriter(request.form, {
		fields, context, levels: query.groups?.by.length ?? 0, isForTerminal: false,
	});
	let pending = heading === undefined ? '' : `${heading}\n`;
	/* eslint-disable no-await-in-loop -- One part after the other. */
	for (let from = 0; from < length; from += linesPerPart) {
		for (const line of range(from, Math.min(length, from + linesPerPart))) {
			pending += `${lineOf(line)}\n`;
		}

		await yieldNow();
		if ((from + linesPerPart) % linesPerWrite === 0) {
			await file.write(pending);
			pending = '';
		}
	}
	/* eslint-enable no-await-in-loop */

	await file.write(pending);
};

/** @returns A function that handles a request, given the query of the list. */
export const createWriting = ({hold, linesOf, post, open = openNewFile}: WritingOptions): ((request: WriteRequest, query: Query) => void) => {
	const write = async (request: WriteRequest, query: Query): Promise<Written> => {
		const {number} = request;
		let file: NewFile | undefined;
		try {
			file = await open(request.file, request.isReplacing);
			const lines = linesOf(query);
			await writeLines(file, request, query, lines, createYielder());
			await file.finish();
			return {
				number, kind: 'done', path: file.path, lines: lines.length,
			};
		} catch (error) {
			if (error instanceof FileExistsError) {
				return {number, kind: 'exists'};
			}

			await file?.discard();
			return {number, kind: 'failed', message: error instanceof Error ? error.message : String(error)};
		}
	};

	return (request, query) => {
		hold(async () => {
			post(await write(request, query));
		});
	};
};
