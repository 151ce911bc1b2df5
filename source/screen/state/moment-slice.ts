/** The moment in the past that is shown. */
import type {MomentRequest} from '../../contract/messages.js';

export type MomentSlice = {
	/** The last requested moment, and the number of the request. */
	readonly momentRequest: {readonly number: number; readonly request: MomentRequest};
};

/** The present is shown. */
export const presentRequest: MomentSlice = {momentRequest: {number: 0, request: {kind: 'now'}}};
