/** Cell texts of an answer, and the column widths that they need. */
import type {Row} from '../../contract/messages.js';
import {formsOf} from '../../fields/model/shorten.js';
import type {Field} from '../../fields/model/field.js';
import {findField, recentColumns} from '../../fields/registry.js';
import {textWidth} from '../../text/width.js';
import {columnTexts} from '../look/cell-text.js';
import {neededFor, type Needed} from './content-widths.js';

export type Contents = {
	/** Texts, row by row. */
	readonly cells: ReadonlyArray<readonly string[]>;
	/** By field id. */
	readonly needed: ReadonlyMap<string, Needed>;
};

const widest = (texts: readonly string[], widthOf: (text: string) => number): number => {
	let width = 0;
	for (const text of texts) {
		width = Math.max(width, widthOf(text));
	}

	return width;
};

const isSignal = ({shownFor}: Field, rows: readonly Row[], index: number): boolean => shownFor === undefined || rows.some(({values, tones}) => {
	const value = values[index];
	return value !== undefined && shownFor(value, tones[index]);
});

const needOf = (field: Field, texts: readonly string[], rows: readonly Row[], index: number): Needed => ({
	...neededFor(texts.map(text => textWidth(text))),
	whole: field.kind === 'text' && field.wholeWidth !== undefined ? widest(texts, field.wholeWidth) : 0,
	forms: formsOf(field).map(form => widest(texts, text => textWidth(form(text)))),
	isSignal: isSignal(field, rows, index),
});

/**
Formats the rows of an answer.

@param ids Ids of the requested fields, in the order of the values.
*/
export const readContents = (ids: readonly string[], rows: readonly Row[]): Contents => {
	const needed = new Map<string, Needed>();
	const columns = ids.map((id, index) => {
		const field = findField(id);
		if (field === undefined) {
			return [];
		}

		const texts = columnTexts(field, rows.map(({values}) => values[index]));
		needed.set(id, needOf(field, texts, rows, index));
		return texts;
	});
	return {cells: rows.map((_, row) => columns.map(texts => texts[row] ?? '')), needed};
};

/** Formats the newest journal entries. */
export const readRecent = (rows: readonly Row[]): Contents => readContents(recentColumns, rows);
