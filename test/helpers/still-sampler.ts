import type {Sampler} from '../../source/sampling/sampler.js';
import {netlinkFacts} from './source-facts.js';
import type {TestContext} from './context.js';

const nothing = (): void => undefined;

/** The time of its only sample, in milliseconds since 1970. */
export const stillTime = 1_700_000_000_000;

/** A sampler whose one sample is in the context already. It must not be asked for another. */
export const createStillSampler = (context: TestContext): Sampler => ({
	source: {
		facts: netlinkFacts,
		time: {now: () => 500, wall: () => stillTime + 500},
		sample: () => ({complete: [], problems: []}),
		close: nothing,
	},
	context,
	async sample() {
		throw new Error('Must not be called');
	},
	findOwners: async () => undefined,
	sampleTime: () => stillTime,
	hiddenOwners: () => 0,
	privilege: {sentence: '', word: ''},
	close: nothing,
});
