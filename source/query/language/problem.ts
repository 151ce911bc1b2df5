import type {FilterProblem} from '../query.js';
import type {Span} from '../grammar/syntax.js';

/** Thrown inside the parser; `parseFilter` turns it into its result. */
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

const maxQuoteLength = 40;

/** Quotes a part of the filter for a message. */
export const quote = (text: string): string => `“${text.length > maxQuoteLength ? `${text.slice(0, maxQuoteLength)}…` : text}”`;
