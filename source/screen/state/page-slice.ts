/** Positions in the open menu, explanation or help. */

export type PageSlice = {
	/** Index of the selected menu entry, or of the first visible line of a dialog. */
	readonly menuIndex: number;
	/** Id of the explained field. */
	readonly explainedField: string | undefined;
	/** First visible line of the help. */
	readonly helpOffset: number;
	/** Text that the shown rows of the help contain; empty for all. */
	readonly helpSearch: string;
};

export const firstPage: PageSlice = {
	menuIndex: 0, explainedField: undefined, helpOffset: 0, helpSearch: '',
};
