import type {NameKinds} from '../names/names.js';
import type {ProtocolName} from '../table/columns/protocols.js';

/** What sockets and journal entries can be grouped by; `groups/groupings.ts` has a record for each. */
export type GroupingId = 'listener' | 'process' | 'program' | 'port' | 'host' | 'network' | 'state' | 'ended' | 'unit' | 'container' | 'user' | 'namespace';

/** Parts of the summary that are counted only if a query asks for them, so meters that are not shown cost nothing. */
export type SummaryPart = 'retransmits' | 'backlogs' | 'missed' | 'healthProblems';

/** What the screen (or a command) asks for: which sockets, in which order, and which part of the list. */
export type Query = {
	/** Text of the filter; empty for all sockets. */
	readonly filter: string;
	/** Digits typed: ports that begin with them, or with `exact` exactly this port; local or peer port. */
	readonly port?: PortFilter;
	/** Words to search for without hiding other rows; empty for none. */
	readonly search: string;
	readonly classes: Classes;
	/** The mark that sockets are compared with; absent if none is set. */
	readonly mark?: MarkRequest;
	readonly sort: Sort;
	/** One row for each connection with both ends in the table, that of the client; it is shown where either end matches. Absent for one row for each socket. */
	readonly connections?: true;
	/** Groups of sockets; absent for a plain list. */
	readonly groups?: Groups;
	/** Ids of the fields shown, in order. */
	readonly columns: readonly string[];
	readonly window: WindowRequest;
	/** Additional parts of the summary; absent for none. */
	readonly summary?: readonly SummaryPart[];
	/** Kinds of names shown instead of numbers; absent for none. */
	readonly names?: NameKinds;
	/** Id of the socket to inspect; absent for none. */
	readonly inspect?: number;
	/** Ids of the tagged sockets; the id of a group stands for all of its sockets. Absent for none. */
	readonly tagged?: readonly number[];
	/** Asks for journal entries instead of sockets. */
	readonly journal?: JournalRequest;
	/** Ids of the fields of the newest journal entries, which fill the free lines below the list; absent for no entries. */
	readonly recent?: readonly string[];
};

/** Which journal entries are shown. */
export type JournalRequest = {
	/** Whether all state changes are shown; otherwise only changes to ESTAB. */
	readonly changes: boolean;
	/** Id of the only socket whose entries are shown; absent for all. */
	readonly socket?: number;
};

/** Grouping of sockets into a tree. */
export type Groups = {
	/** One or two groupings, the outer one first. */
	readonly by: readonly GroupingId[];
	readonly folded: Folded;
};

/** Which groups are folded: all or none, except those with these ids. */
export type Folded = {readonly all: boolean; readonly except: readonly number[]};

export type PortFilter = {
	readonly digits: string;
	readonly exact: boolean;
};

export type MarkRequest = {
	/** A new number sets a new mark: the last sample before the query. */
	readonly number: number;
	/** `all` hides nothing. `new` shows only sockets opened since the mark, `difference` only sockets that have opened, closed, sent or received since. */
	readonly shown: 'all' | 'new' | 'difference';
};

/** The kinds of sockets that the toggles show. */
export type Classes = {
	readonly protocols: readonly ProtocolName[];
	/** Address families; all if empty. */
	readonly families: readonly number[];
	/** Numbers of `State`; all states if empty. */
	readonly states: readonly number[];
	/** Only sockets with a health problem. Journal entries have no health, so all of them are shown. */
	readonly problems?: true;
};

export type Sort = {
	/** Id of a field. */
	readonly field: string;
	readonly descending: boolean;
	/** The order of rows that are equal by this field. */
	readonly finer?: Sort;
};

/** The part of the list that fits on the screen, and where the cursor is. */
export type WindowRequest = {
	/** Number of rows. */
	readonly height: number;
	readonly cursor: CursorRequest;
	/** Whether to keep the order of the last answer, because the cursor is moving. */
	readonly frozen: boolean;
};

/**
Where to move the cursor. `none`: no selection, the list shows its top. `row`: `by` rows after the socket or group with this id, or after its last position if
it is gone; `top` is the line to start the window with, as long as that shows the cursor. `first` and `last`: the first and last line. `match`: the next (1) or
previous (-1) row that the search finds, starting after this id; 0 stays if the row itself matches.
*/
export type CursorRequest =
	| {readonly kind: 'none'}
	| {readonly kind: 'row'; readonly id: number; readonly by: number; readonly top?: number}
	| {readonly kind: 'first'}
	| {readonly kind: 'last'}
	| {readonly kind: 'match'; readonly id: number | undefined; readonly direction: -1 | 0 | 1};

/** A filter that does not parse. Positions are UTF-16 units of the filter's text. */
export type FilterProblem = {
	/** One sentence: what is wrong, and what would be right. */
	readonly message: string;
	readonly start: number;
	readonly end: number;
	/** No error: a host name is being looked up. */
	readonly isPending?: true;
};
