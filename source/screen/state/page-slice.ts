/** Where a person is in what is open: a menu, the explanation, the help. */

export type PageSlice = {
	/** Index of the chosen entry of the menu, or of the first line of the dialog that is shown. */
	readonly menuIndex: number;
	/** Id of the field that is explained. */
	readonly explainedField: string | undefined;
	/** First line of the help that is shown. */
	readonly helpOffset: number;
};

export const firstPage: PageSlice = {menuIndex: 0, explainedField: undefined, helpOffset: 0};
