/** What the program around the state is asked to do, and what the person is to read. */
import type {Change} from '../../preferences/changes.js';
import type {Outcome} from '../terminal/host.js';

/** What was copied last; another object for each time. */
export type Copied = {readonly text: string};

export type EffectSlice = {
	/** What is to be written into the settings file, and the number of that request. */
	readonly saving: {readonly number: number; readonly changes: readonly Change[]};
	/** What the terminal is to put on the clipboard. */
	readonly copied: Copied | undefined;
	/** Whether the engine is to record; another object for each request. */
	readonly recordRequest: {readonly isOn: boolean} | undefined;
	/** A sentence about the last key, gone with the next. */
	readonly notice: string | undefined;
	/** How often the person asked for a fresh screen, and to leave for the shell. */
	readonly redraws: number;
	readonly suspensions: number;
	/** Set when the screen is to end. */
	readonly outcome: Outcome | undefined;
};

/** Nothing was asked for. */
export const noEffects: EffectSlice = {
	saving: {number: 0, changes: []}, copied: undefined, recordRequest: undefined, notice: undefined, redraws: 0, suspensions: 0, outcome: undefined,
};
