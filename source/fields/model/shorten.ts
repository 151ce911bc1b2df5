import {cutEnd, textWidth} from '../../text/width.js';
import type {Field} from './field.js';

/** The shorter forms of the cells of a field, the longest first; none for most. */
export const formsOf = (field: Field): ReadonlyArray<(text: string) => string> => field.kind === 'text' ? field.forms ?? [] : [];

/**
The text of a cell in at most so many columns: shortened in the field's own way, else cut at its end.

@param addressWidth Columns that an IPv6 address may take; without it, as many as fit.
*/
export const shortenCell = (field: Field, text: string, width: number, addressWidth?: number): string => {
	const isEndpoint = field.kind === 'text' && field.isEndpoint === true && addressWidth !== undefined;
	if (textWidth(text) <= width && !isEndpoint) {
		return text;
	}

	return field.kind === 'text' && field.shorten !== undefined ? field.shorten(text, width, addressWidth) : cutEnd(text, width);
};
