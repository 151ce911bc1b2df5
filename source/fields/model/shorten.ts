import {cutEnd, textWidth} from '../../text/width.js';
import type {Field} from './field.js';

/** The text of a cell in at most so many columns: shortened in the field's own way, else cut at its end. */
export const shortenCell = (field: Field, text: string, width: number): string => {
	if (textWidth(text) <= width) {
		return text;
	}

	return field.kind === 'text' && field.shorten !== undefined ? field.shorten(text, width) : cutEnd(text, width);
};
