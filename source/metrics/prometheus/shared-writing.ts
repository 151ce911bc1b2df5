/** Writes the metrics once for all clients that request them at the same time. */
import zlib from 'node:zlib';
import type {Reading} from '../reading.js';
import type {Exposition, Format} from './exposition.js';

/** How a response is encoded: a value of the header `Content-Encoding`. */
export type Encoding = 'identity' | 'gzip';

export type WritingOptions = {
	readonly exposition: Exposition;
	/** Number of the last sample. */
	readonly sample: () => number;
	/** Resolves when no sample is in progress. Rejects if that takes too long, or before the first sample. */
	readonly settled: () => Promise<void>;
	readonly read: () => Reading;
};

/** Writes the metrics as bytes. Rejects if that is not possible now. */
export type WriteMetrics = (format: Format, encoding: Encoding) => Promise<Uint8Array>;

/** Compresses in another thread. */
const compress = async (bytes: Uint8Array): Promise<Uint8Array> => new Promise((resolve, reject) => {
	zlib.gzip(bytes, (error, compressed) => {
		if (error === null) {
			resolve(compressed);
		} else {
			reject(error);
		}
	});
});

/** Returns a function that formats the metrics once for each sample and format, and compresses them once. */
export const createSharedWriting = ({exposition, sample, settled, read}: WritingOptions): WriteMetrics => {
	const written = new Map<string, {readonly sample: number; readonly bytes: Promise<Uint8Array>}>();
	const once = async (name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> => {
		const known = written.get(name);
		if (known?.sample === sample()) {
			return known.bytes;
		}

		const bytes = make();
		written.set(name, {sample: sample(), bytes});
		return bytes;
	};

	return async (format, encoding) => {
		await settled();
		const plain = once(format, async () => new TextEncoder().encode(await exposition.write(format, read())));
		return encoding === 'identity' ? plain : once(`${format} ${encoding}`, async () => compress(await plain));
	};
};
