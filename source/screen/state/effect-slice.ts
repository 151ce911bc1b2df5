/** Requests to the program around the state, and the notice for the user. */
import type {Change} from '../../preferences/changes.js';
import type {Outcome} from '../terminal/host.js';

/** The last copied text; a new object each time. */
export type Copied = {readonly text: string};

export type EffectSlice = {
	/** Changes to write to the settings file, and the number of the request. */
	readonly saving: {readonly number: number; readonly changes: readonly Change[]};
	/** Text for the terminal's clipboard. */
	readonly copied: Copied | undefined;
	/** Whether the engine is to record; another object for each request. */
	readonly recordRequest: {readonly isOn: boolean} | undefined;
	/** A sentence about the last key, gone with the next. */
	readonly notice: string | undefined;
	/** How often the user asked to redraw the screen, and to suspend conntop. */
	readonly redraws: number;
	readonly suspensions: number;
	/** Set when the live view ends. */
	readonly outcome: Outcome | undefined;
};

/** No requests. */
export const noEffects: EffectSlice = {
	saving: {number: 0, changes: []}, copied: undefined, recordRequest: undefined, notice: undefined, redraws: 0, suspensions: 0, outcome: undefined,
};
