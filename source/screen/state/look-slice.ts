/** Looking back. */
import type {LookRequest} from '../../contract/messages.js';

export type LookSlice = {
	/** The moment that was asked for last, and the number of that request. */
	readonly look: {readonly number: number; readonly request: LookRequest};
};

/** The present is shown. */
export const noLook: LookSlice = {look: {number: 0, request: {kind: 'now'}}};
