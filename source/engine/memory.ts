/** Keeps the last hour of the live view, so that one can look back. */
import type {FrameStore, StoredMoment} from '../recording/frames/frame-store.js';
import type {Ring} from '../recording/frames/ring.js';
import {createSampleCounts} from '../recording/frames/sample-counts.js';
import type {Sampler} from '../sampling/sampler.js';
import type {Changes} from '../table/socket-table.js';

/** A frame of a larger table takes so long to write that it is written less often: milliseconds from one to the next. */
const largeTable = 20_000;
const largeInterval = 10_000;

export type Memory = FrameStore & {
	/** Takes what a sample left in the table. */
	readonly take: (changes: Changes) => void;
};

/** The code that packs frames is loaded after the first sample, which waits for nothing. */
export const createMemory = ({context, source, journal}: Sampler): Memory => {
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
		take(changes) {
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
			ring.take(context, source.time.wall() - (source.time.now() - table.now), count(changes, 0));
		},
		moments: (): readonly StoredMoment[] => ring?.moments() ?? [],
	};
};
