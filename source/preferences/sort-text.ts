/** An order as people write it: fields with commas between them, the one that decides in front. */
import {findField, unknownField} from '../fields/registry.js';
import type {Sort} from '../query/query.js';

/** Of `list`, whose one sample knows few problems. */
export const defaultSort = 'state';

/** Of the live view: problems first, bad ones before others. */
export const liveSort = 'health,state';

/** One field of it; or what is wrong. */
const readField = (part: string, text: string, subject: string): Sort | string => {
	const [name, direction, ...rest] = part.trim().split(':');
	if (rest.length > 0 || (direction !== undefined && direction !== 'asc' && direction !== 'desc')) {
		return `${subject} takes FIELD, FIELD:asc or FIELD:desc, with commas between several; got "${text}"`;
	}

	const field = findField(name);
	return field === undefined
		? unknownField(name)
		: {field: field.id, descending: direction === undefined ? field.descending : direction === 'desc'};
};

const joined = (first: Sort, [second, ...rest]: readonly Sort[]): Sort => second === undefined ? first : {...first, finer: joined(second, rest)};

/**
The order that a text means; or what is wrong with it.

@param text
@param subject Who takes it, for the sentence: `--sort`.
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

/** How people would write an order: fields in their natural direction without it. */
export const writeSort = ({field, descending, finer}: Sort): string => {
	const isNatural = findField(field)?.descending === descending;
	const written = isNatural ? field : `${field}:${descending ? 'desc' : 'asc'}`;
	return finer === undefined ? written : `${written},${writeSort(finer)}`;
};
