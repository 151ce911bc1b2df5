import type {Parts} from '../table/parts.js';
import type {SampleRequest} from './source.js';

/** Does the parts of some work one after the other, and yields between them where the request wants that. */
export const runParts = async (parts: Parts, {yieldNow}: Pick<SampleRequest, 'yieldNow'> = {}): Promise<void> => {
	while (parts.next().done !== true) {
		const othersTurn = yieldNow?.();
		if (othersTurn !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- The parts follow each other.
			await othersTurn;
		}
	}
};
