/** Parses and formats an order: fields separated by commas, the most significant first. */
import {findField, unknownField} from '../fields/registry.js';
import type {Sort} from '../query/query.js';

/** The default order of `list`, which finds few problems because it takes one sample. */
export const defaultSort = 'state';

/** The default order of the live view: problems first, the worst ones at the top. */
export const liveSort = 'health,state';

/** Parses one field of an order; returns a message if it is invalid. */
const readField = (part: string, text: string, subject: string): Sort | string => {
	const [name, direction, ...rest] = part.trim().split(':');
	if (rest.length > 0 || (direction !== undefined && direction !== 'asc' && direction !== 'desc')) {
		return `${subject} takes FIELD, FIELD:asc or FIELD:desc, several separated by commas; got "${text}"`;
	}

	const field = findField(name);
	return field === undefined
		? unknownField(name)
		: {field: field.id, descending: direction === undefined ? field.descending : direction === 'desc'};
};

const joined = (first: Sort, [second, ...rest]: readonly Sort[]): Sort => second === undefined ? first : {...first, finer: joined(second, rest)};

/**
Parses an order; returns a message if it is invalid.

@param subject The option or preference that takes it, for the message: `--sort`.
*/
export const readSort = (text: string, subject: string): Sort | string => {
	const parts: Sort[] = [];
	for (const part of text.split(',')) {
		const read = readField(part, text, subject);
		if (typeof read === 'string') {
			return read;
		}

		parts.push(read);
	}

	return joined(parts[0], parts.slice(1));
};

/** Formats an order as a user would write it: without a direction that is the default of the field. */
export const writeSort = ({field, descending, finer}: Sort): string => {
	const isNatural = findField(field)?.descending === descending;
	const written = isNatural ? field : `${field}:${descending ? 'desc' : 'asc'}`;
	return finer === undefined ? written : `${written},${writeSort(finer)}`;
};
