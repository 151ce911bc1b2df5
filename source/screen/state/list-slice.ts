import type {NameKinds} from '../../names/names.js';
import type {
	Classes,
	Groups,
	JournalRequest,
	MarkRequest,
	PortFilter,
	Sort,
} from '../../query/query.js';
import type {Cursor} from './cursor.js';

/** Columns and order of the list. */
export type ListLayout = {
	/** Ids of the fields shown, from left to right. */
	readonly columns: readonly string[];
	readonly sort: Sort;
	/** The order before it was changed by keys or clicks; undefined if it was not. */
	readonly sortBefore: Sort | undefined;
};

/** The settings of a list. Sockets and journal have separate ones. */
export type ListSettings = ListLayout & {
	/** Which journal entries are shown; undefined in the list of sockets. */
	readonly journal: JournalRequest | undefined;
	/** Undefined if the list is not grouped. */
	readonly groups: Groups | undefined;
	/** Columns and order to restore when the difference is closed; undefined while it is not shown. */
	readonly layoutBeforeDifference: ListLayout | undefined;
	/** Number of columns scrolled out at the left. */
	readonly scrolled: number;
	readonly cursor: Cursor;
};

/** Which rows the query asks for, and how they are shown. */
export type ListSlice = ListSettings & {
	readonly filter: string;
	readonly port: PortFilter | undefined;
	readonly search: string;
	readonly classes: Classes;
	/** The mark that sockets are compared with. */
	readonly mark: MarkRequest | undefined;
	/** Kinds of names that are shown while names are on. */
	readonly nameKinds: NameKinds;
	/** Settings of the list that is not shown; undefined until the journal was opened. */
	readonly otherList: ListSettings | undefined;
	/** Ids of the tagged sockets. */
	readonly tagged: readonly number[];
	/** Name of the view opened last. */
	readonly viewName: string | undefined;
};
