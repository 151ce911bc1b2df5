/** Plays frames: each becomes a sample of a table, with changes and journal as when it was recorded. */
import type {FrameState} from '../recording/frames/state.js';
import type {ReplayFacts, ReplaySource} from '../recording/replay/replay-source.js';
import type {Changes} from '../table/changes.js';
import {createSampler, type JournalingSampler} from './sampler.js';
import type {Needs} from './loop.js';

export type Player = {
	readonly sampler: JournalingSampler;
	/**
	Takes a sample from a state. Sockets of the first sample do not count as opened.

	@returns The changes of the sample.
	*/
	readonly step: (state: FrameState, needs: Needs) => Promise<Changes>;
};

/** @param facts Facts about the recorded machine. */
export const createPlayer = async (facts: ReplayFacts): Promise<Player> => {
	let source: ReplaySource | undefined;
	const sampler = await createSampler({
		kind: 'replay', facts, attach(attached) {
			source = attached;
		},
	});
	const {table} = sampler.context;

	return {
		sampler,
		async step(state, {columns, protocols}) {
			source?.show(state);
			const {changes} = await sampler.sample(columns, protocols);
			const played = table.sample === 1 ? {...changes, opened: [], shortLived: []} : changes;
			await sampler.findOwners(played, 0);
			return played;
		},
	};
};
