import type {FilterProblem} from '../query.js';
import type {Span} from '../grammar/syntax.js';

/** Thrown inside of the parser; `parseFilter` turns it into its answer. */
export class FilterError extends Error {
	override name = 'FilterError';
	readonly problem: FilterProblem;

	constructor(message: string, {start, end}: Span, isPending = false) {
		super(message);
		this.problem = {
			message, start, end, ...(isPending && {isPending}),
		};
	}
}

/** @throws FilterError always. */
export const fail: (message: string, span: Span) => never = (message, span) => {
	throw new FilterError(message, span);
};

const longestQuote = 40;

/** A part of the filter as a message shows it. */
export const quote = (text: string): string => `“${text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text}”`;
