/** The moment in the past that is shown. */
import type {LookRequest} from '../../contract/messages.js';

export type LookSlice = {
	/** The last requested moment, and the number of the request. */
	readonly look: {readonly number: number; readonly request: LookRequest};
};

/** The present is shown. */
export const noLook: LookSlice = {look: {number: 0, request: {kind: 'now'}}};
