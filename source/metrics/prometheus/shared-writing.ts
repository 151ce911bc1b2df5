/** Formats the metrics once for all clients that request them at the same time. */
import type {Reading} from '../reading.js';
import type {Exposition, Format} from './exposition.js';

export type WritingOptions = {
	readonly exposition: Exposition;
	/** Number of the last sample. */
	readonly sample: () => number;
	/** Resolves when no sample is in progress. Rejects if that takes too long, or before the first sample. */
	readonly settled: () => Promise<void>;
	readonly read: () => Reading;
};

/** Returns a function that formats the metrics once for each sample and format. */
export const createSharedWriting = ({exposition, sample, settled, read}: WritingOptions): ((format: Format) => Promise<string>) => {
	const written = new Map<Format, {readonly sample: number; readonly text: Promise<string>}>();
	return async format => {
		await settled();
		const known = written.get(format);
		if (known?.sample === sample()) {
			return known.text;
		}

		const text = exposition.write(format, read());
		written.set(format, {sample: sample(), text});
		return text;
	};
};
