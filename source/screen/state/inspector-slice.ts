/** The inspector: the socket that it shows, and the selected value. */

export type InspectorState = {
	/** Id of the socket's row; undefined until the engine answers which row the cursor is on. */
	readonly id: number | undefined;
	/** Set while the inspector waits for the list cursor: moving down (1), up (-1), or staying (0). */
	readonly awaits: -1 | 0 | 1 | undefined;
	/** Key of the selected value, which is the same for other sockets, and its index. */
	readonly value: string;
	readonly index: number;
	/** First visible line. */
	readonly offset: number;
};

export type InspectorSlice = {
	/** Defined while the inspector is open. */
	readonly inspector: InspectorState | undefined;
};

/** The state of an inspector that was just opened. */
export const openedInspector = (id: number | undefined): InspectorState => ({
	id, awaits: id === undefined ? 0 : undefined, value: '', index: 0, offset: 0,
});
