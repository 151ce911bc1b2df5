/** An invalid command line. The message is one sentence that says what is wrong and what would be right. The program exits with code 2. */
export class UsageError extends Error {
	override name = 'UsageError';
	/** Lines to print below the message. */
	readonly lines: readonly string[];

	constructor(sentence: string, lines: readonly string[] = []) {
		super(sentence);
		this.lines = lines;
	}
}
