/** The inspector: which socket it shows, and where in its values the cursor is. */

export type InspectorState = {
	/** Number of the socket's row; undefined until the engine has answered which row the cursor is on. */
	readonly id: number | undefined;
	/** The socket that the cursor of the list comes to is to be inspected: from above (1), from below (-1), or where it is (0). */
	readonly awaits: -1 | 0 | 1 | undefined;
	/** Key of the value under the cursor, which other sockets have, too, and its index. */
	readonly value: string;
	readonly index: number;
	/** First line that is shown. */
	readonly offset: number;
};

export type InspectorSlice = {
	/** Defined while the inspector is open. */
	readonly inspector: InspectorState | undefined;
};

/** The inspector as it opens. */
export const openedInspector = (id: number | undefined): InspectorState => ({
	id, awaits: id === undefined ? 0 : undefined, value: '', index: 0, offset: 0,
});
