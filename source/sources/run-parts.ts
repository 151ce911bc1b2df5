import type {Parts} from '../table/parts.js';
import type {SampleRequest} from './source.js';

/** Runs the parts of some work one after the other. Yields between them if the request asks for it. */
export const runParts = async (parts: Parts, {yieldNow}: Pick<SampleRequest, 'yieldNow'> = {}): Promise<void> => {
	while (parts.next().done !== true) {
		const turn = yieldNow?.();
		if (turn !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- The parts run in sequence.
			await turn;
		}
	}
};
