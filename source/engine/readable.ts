/** How long people need to read a sentence, in milliseconds. */
const readingTime = 5000;

/**
Keeps sentences of the status line until they can have been read: some are told by one sample alone, as that the kernel lacks a family.

@returns A function that takes the sentences of each sample and the time on a clock in milliseconds, and gives those to show: these first, then what was
first told less than five seconds ago.
*/
export const createReadable = (): ((sentences: readonly string[], now: number) => readonly string[]) => {
	const firstTold = new Map<string, number>();
	return (sentences, now) => {
		for (const sentence of sentences) {
			firstTold.set(sentence, firstTold.get(sentence) ?? now);
		}

		const current = new Set(sentences);
		for (const [sentence, since] of firstTold) {
			if (!current.has(sentence) && now - since >= readingTime) {
				firstTold.delete(sentence);
			}
		}

		return [...new Set([...sentences, ...firstTold.keys()])];
	};
};
