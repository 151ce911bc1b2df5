/** Milliseconds that people need to read a sentence. */
const readingTime = 5000;

/**
Keeps sentences of the status line long enough to be read: some are reported by a single sample, for example that the kernel lacks a family.

@returns A function that takes the sentences of a sample and the time in milliseconds, and gives the sentences to show: those of the sample, then those first
reported less than five seconds ago.
*/
export const createReadable = (): ((sentences: readonly string[], now: number) => readonly string[]) => {
	const firstReported = new Map<string, number>();
	return (sentences, now) => {
		for (const sentence of sentences) {
			firstReported.set(sentence, firstReported.get(sentence) ?? now);
		}

		const current = new Set(sentences);
		for (const [sentence, since] of firstReported) {
			if (!current.has(sentence) && now - since >= readingTime) {
				firstReported.delete(sentence);
			}
		}

		return [...new Set([...sentences, ...firstReported.keys()])];
	};
};
