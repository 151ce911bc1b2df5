import {completeFilter as complete} from '../query/completion/completion.js';
import type {Candidate} from './tables.js';

/**
Completes the last word of a filter.

@param before The words of the filter before it.
@param typed What is typed of it.
*/
export const completeFilter = (before: readonly string[], typed: string): readonly Candidate[] => {
	const start = before.map(word => `${word} `).join('');
	const text = start + typed;
	const found = complete(text, text.length, new Map());
	return found === undefined || found.start < start.length
		? []
		: found.candidates.map(({insert, description}) => ({word: text.slice(start.length, found.start) + insert, description}));
};
