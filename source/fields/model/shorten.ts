import {cutEnd, textWidth} from '../../text/width.js';
import type {Field} from './field.js';

/** Shortens the text of a cell to a width in terminal columns: in the field's own way, otherwise by cutting off the end. */
export const shortenCell = (field: Field, text: string, width: number): string => {
	if (textWidth(text) <= width) {
		return text;
	}

	return field.kind === 'text' && field.shorten !== undefined ? field.shorten(text, width) : cutEnd(text, width);
};
