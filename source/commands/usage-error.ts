/** The command line is wrong: one sentence that says where and what would be right. The program exits with code 2. */
export class UsageError extends Error {
	override name = 'UsageError';
	/** What follows below the sentence. */
	readonly lines: readonly string[];

	constructor(sentence: string, lines: readonly string[] = []) {
		super(sentence);
		this.lines = lines;
	}
}
