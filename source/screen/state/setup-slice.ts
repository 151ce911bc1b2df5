/** Where a person is on the setup screen. */
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
	/** What in the settings file does not count; there only if something is wrong. */
	{id: 'mistakes', title: 'Mistakes'},
] as const;

/** Pages that there are, in order. */
export const pagesOf = (complaints: readonly string[]): ReadonlyArray<(typeof pages)[number]> => pages.filter(({id}) => id !== 'mistakes' || complaints.length > 0);

export type PageId = (typeof pages)[number]['id'];

/** Keys by the command that they are for, as a person wants them; none for a command without a key. */
export type KeyChanges = ReadonlyMap<string, readonly string[]>;

export type Setup = {
	readonly page: PageId;
	/** Index of the item under the cursor. */
	readonly itemIndex: number;
	/** What is typed to find an item. */
	readonly find: string;
	/** The preference for which a value is being chosen from a list, in the place of the page. */
	readonly choosing: PreferenceId | undefined;
	/** What was chosen when the screen was opened; undefined while it is closed. */
	readonly before: {readonly preferences: Preferences; readonly keys: KeyChanges} | undefined;
	/** Whether the key that is waited for is to be one more. */
	readonly isOneMore: boolean;
};

export type SetupSlice = {readonly setup: Setup};

export const noSetup: Setup = {
	page: 'columns', itemIndex: 0, find: '', choosing: undefined, before: undefined, isOneMore: false,
};
