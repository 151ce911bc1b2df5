import type {Parts} from '../table/parts.js';
import type {SampleRequest} from './source.js';

/** Does the parts of some work one after the other, and rests between them where the request wants that. */
export const withRests = async (parts: Parts, {rest}: Pick<SampleRequest, 'rest'> = {}): Promise<void> => {
	while (parts.next().done !== true) {
		const resting = rest?.();
		if (resting !== undefined) {
			// eslint-disable-next-line no-await-in-loop -- That is the rest.
			await resting;
		}
	}
};
