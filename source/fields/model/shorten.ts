import {cutEnd, textWidth} from '../../text/width.js';
import type {Field} from './field.js';

/** Returns the shorter forms of the cells of a field, the longest first; most fields have none. */
export const formsOf = (field: Field): ReadonlyArray<(text: string) => string> => field.kind === 'text' ? field.forms ?? [] : [];

/**
Shortens the text of a cell to a width in terminal columns: in the field's own way, otherwise by cutting off the end.

@param addressWidth Terminal columns for an IPv6 address; default: as many as fit.
*/
export const shortenCell = (field: Field, text: string, width: number, addressWidth?: number): string => {
	const isEndpoint = field.kind === 'text' && field.isEndpoint === true && addressWidth !== undefined;
	if (textWidth(text) <= width && !isEndpoint) {
		return text;
	}

	return field.kind === 'text' && field.shorten !== undefined ? field.shorten(text, width, addressWidth) : cutEnd(text, width);
};
