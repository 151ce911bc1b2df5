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
	/** The order before keys and clicks have changed it; undefined while they have not. */
	readonly sortBefore: Sort | undefined;
};

/** What the list is, sockets or journal, and how it looks. Each of the two keeps its own. */
export type ListLook = ListLayout & {
	/** Which entries of the journal are shown; undefined while sockets are. */
	readonly journal: JournalRequest | undefined;
	/** Undefined for a plain list. */
	readonly groups: Groups | undefined;
	/** Columns and order for after the difference; undefined while it is not shown. */
	readonly layoutBeforeDifference: ListLayout | undefined;
	/** How many columns are out of sight at the left, because someone has scrolled. */
	readonly scrolled: number;
	readonly cursor: Cursor;
};

/** Which rows the engine is asked for, and how they are shown. */
export type ListSlice = ListLook & {
	readonly filter: string;
	readonly port: PortFilter | undefined;
	readonly search: string;
	readonly classes: Classes;
	/** The moment that sockets are compared with. */
	readonly mark: MarkRequest | undefined;
	/** Which names are shown while the preferences want names. */
	readonly nameKinds: NameKinds;
	/** How the other list looks, journal or sockets; undefined until the journal was shown. */
	readonly otherList: ListLook | undefined;
	/** Ids of the sockets that are tagged. */
	readonly tagged: readonly number[];
	/** The view that was opened last. */
	readonly viewName: string | undefined;
};
