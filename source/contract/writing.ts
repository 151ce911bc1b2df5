/** Messages between screen and engine about writing the list to a file. */

export type WriteRequest = {
	readonly number: number;
	/** As a person typed it. */
	readonly file: string;
	readonly form: 'json' | 'csv';
	/** Whether a file of that name may be replaced. */
	readonly isReplacing: boolean;
};

/** What came of it. Paths and messages are untrusted text. */
export type Written = {readonly number: number} & (
	| {readonly kind: 'done'; readonly path: string; readonly lines: number}
	/** There is a file of that name. */
	| {readonly kind: 'exists'}
	| {readonly kind: 'failed'; readonly message: string}
);
