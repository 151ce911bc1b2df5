/** What the inspector remembers: which socket, and where in its values. */
export type InspectorState = {
	/** Number of the socket's row; absent as long as the engine has not told which row the cursor is on. */
	readonly id: number | undefined;
	/** The socket that the cursor of the list comes to is to be inspected: from above (1), from below (-1), or where it is (0). */
	readonly awaits: -1 | 0 | 1 | undefined;
	/** Key of the value under the cursor, which other sockets have, too, and the place where it was. */
	readonly value: string;
	readonly place: number;
	/** First line that is shown. */
	readonly offset: number;
};

/** What was copied last; another object for each time. */
export type Copied = {readonly text: string};

/** The inspector as it opens. */
export const openedInspector = (id: number | undefined): InspectorState => ({
	id, awaits: id === undefined ? 0 : undefined, value: '', place: 0, offset: 0,
});
