/** The state of the setup screen. */
import type {PreferenceId, Preferences} from '../../preferences/preferences.js';

/** All pages that the setup screen can have, in order. */
export const pages = [
	{id: 'columns', title: 'Columns'},
	{id: 'meters', title: 'Meters'},
	{id: 'look', title: 'Look'},
	{id: 'times', title: 'Times'},
	{id: 'behaviour', title: 'Behaviour'},
	{id: 'keys', title: 'Keys'},
	{id: 'views', title: 'Views'},
	/** Errors in the settings file; shown only if there are any. */
	{id: 'mistakes', title: 'Mistakes'},
] as const;

/** The shown pages, in order. */
export const pagesOf = (complaints: readonly string[]): ReadonlyArray<(typeof pages)[number]> => pages.filter(({id}) => id !== 'mistakes' || complaints.length > 0);

export type PageId = (typeof pages)[number]['id'];

/** Keys that the user has set, by command; an empty list for a command without a key. */
export type KeyChanges = ReadonlyMap<string, readonly string[]>;

export type Setup = {
	readonly page: PageId;
	/** Index of the item under the cursor. */
	readonly itemIndex: number;
	/** Text typed to find an item. */
	readonly find: string;
	/** The preference whose list of values is shown instead of the page. */
	readonly choosing: PreferenceId | undefined;
	/** Preferences and keys from when the screen was opened; undefined while it is closed. */
	readonly before: {readonly preferences: Preferences; readonly keys: KeyChanges} | undefined;
	/** Whether the next key is added to the keys of the command instead of replacing them. */
	readonly isOneMore: boolean;
};

export type SetupSlice = {readonly setup: Setup};

export const noSetup: Setup = {
	page: 'columns', itemIndex: 0, find: '', choosing: undefined, before: undefined, isOneMore: false,
};
