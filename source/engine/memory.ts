/** Keeps the last hour of the live view in memory, to look back. */
import type {FrameStore, StoredMoment} from '../recording/frames/frame-store.js';
import type {Ring} from '../recording/frames/ring.js';
import {createSampleCounts} from '../recording/frames/sample-counts.js';
import type {Sampled} from '../sampling/loop.js';
import type {Sampler} from '../sampling/sampler.js';

/** Tables with more than `largeTable` sockets take long to encode, so a frame is kept only every `largeInterval` milliseconds. */
const largeTable = 20_000;
const largeInterval = 10_000;

export type Memory = FrameStore & {
	/** Adds the table after a sample. The table must not change before the returned promise resolves. */
	readonly take: (sampled: Pick<Sampled, 'changes' | 'yieldNow'>) => Promise<void>;
};

/** Creates the memory. The code to encode frames is loaded after the first sample, so as not to delay it. */
export const createMemory = (sampler: Sampler): Memory => {
	const {context, source, journal} = sampler;
	const {table} = context;
	const count = createSampleCounts(table, journal);
	let ring: Ring | undefined;
	let isLoading = false;
	let takenAt = -Infinity;

	const load = async (): Promise<void> => {
		const {createRing} = await import('../recording/frames/ring.js');
		ring = createRing();
	};

	return {
		async take({changes, yieldNow}) {
			if (source.facts.pace !== 'timer') {
				return;
			}

			if (!isLoading) {
				isLoading = true;
				void load();
			}

			if (ring === undefined || (table.size > largeTable && table.now - takenAt < largeInterval)) {
				return;
			}

			takenAt = table.now;
			await ring.take(context, sampler.sampleTime(), count(changes, 0), yieldNow);
		},
		moments: (): readonly StoredMoment[] => ring?.moments() ?? [],
	};
};
