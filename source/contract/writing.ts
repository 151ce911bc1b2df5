/** Messages between screen and engine about writing the list to a file. */

export type WriteRequest = {
	readonly number: number;
	/** Path as typed by the user. */
	readonly file: string;
	readonly form: 'json' | 'csv';
	/** Whether an existing file may be replaced. */
	readonly isReplacing: boolean;
};

/** The result of a request. Paths and messages are untrusted text. */
export type Written = {readonly number: number} & (
	| {readonly kind: 'done'; readonly path: string; readonly lines: number}
	/** The file already exists. */
	| {readonly kind: 'exists'}
	| {readonly kind: 'failed'; readonly message: string}
);
