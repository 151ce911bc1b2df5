import type {NameKinds} from '../names/names.js';
import type {ProtocolName} from '../table/columns/protocols.js';

/** What sockets, and entries of the journal, can be grouped by; `groups/groupings.ts` has a record for each. */
export type GroupingId = 'listener' | 'process' | 'port' | 'host' | 'network' | 'state' | 'ended' | 'unit' | 'container' | 'user' | 'namespace';

/** What the summary has only when a query asks for it: meters that are not shown cost nothing. */
export type SummaryPart = 'retransmits' | 'backlogs' | 'missed' | 'verdicts';

/** What the screen (or a command) asks to see: everything that decides which sockets, in which order, and which part of them. */
export type Query = {
	/** Text of the filter line; empty for all. */
	readonly filter: string;
	/** Digits typed: ports that begin with them, or with `exact` the port itself. Local or remote. */
	readonly port?: PortFilter;
	/** Words to find without hiding anything; empty for none. */
	readonly search: string;
	readonly classes: Classes;
	/** The moment that sockets are compared with; nothing is marked without it. */
	readonly mark?: MarkRequest;
	readonly sort: Sort;
	/** What the sockets are grouped by; absent for a plain list. */
	readonly groups?: Groups;
	/** Ids of the fields shown, in order. */
	readonly columns: readonly string[];
	readonly window: WindowRequest;
	/** What the summary is to have beside what it always has; absent for nothing. */
	readonly summary?: readonly SummaryPart[];
	/** Names in place of numbers, in what is shown; absent for none. */
	readonly names?: NameKinds;
	/** Id of the socket of which all is to be told; none without it. */
	readonly inspect?: number;
	/** Ids of sockets that a person has tagged; absent for none. */
	readonly tagged?: readonly number[];
	/** The entries of the journal are asked for, in place of sockets. */
	readonly journal?: JournalRequest;
};

/** Which entries of the journal are shown at all. */
export type JournalRequest = {
	/** Changes of state as well; else of these only that a connection was made. */
	readonly changes: boolean;
	/** Id of the only socket whose entries are shown. */
	readonly socket?: number;
};

/** A tree of sockets. */
export type Groups = {
	/** The groups, and the groups in each of them: one or two. */
	readonly by: readonly GroupingId[];
	readonly folded: Folded;
};

/** Which groups show their heads only: all or none, but for those with these ids. */
export type Folded = {readonly all: boolean; readonly except: readonly number[]};

export type PortFilter = {
	readonly digits: string;
	readonly exact: boolean;
};

export type MarkRequest = {
	/** Another number marks another moment: the last sample that there was when the query came. */
	readonly number: number;
	/** `all` hides nothing. `new`: only what was opened since. `difference`: only what was opened or closed, or has sent or received since. */
	readonly shown: 'all' | 'new' | 'difference';
};

/** Which kinds of sockets are shown at all: the toggles. */
export type Classes = {
	readonly protocols: readonly ProtocolName[];
	/** Address families, all when empty. */
	readonly families: readonly number[];
	/** Only these states, all when empty: numbers of `State`. */
	readonly states: readonly number[];
	/** Only sockets with which something is wrong. Entries of the journal have no health: all of them are shown. */
	readonly problems?: true;
};

export type Sort = {
	/** Id of a field. */
	readonly field: string;
	readonly descending: boolean;
	/** The order of those that are equal so far. */
	readonly finer?: Sort;
};

/** The part of the list that the screen can show, and where its cursor is. */
export type WindowRequest = {
	/** Rows. */
	readonly height: number;
	readonly cursor: CursorRequest;
	/** Keep the order of the last answer: the cursor is moving. */
	readonly frozen: boolean;
};

/**
Where the cursor is to be. `none`: nothing selected, the list shows its top. `row`: at the socket or group with this id (at its last place if it is gone),
moved by so many rows; `top` is the line that the window begins with, as far as it then shows the cursor. `first` and `last`: the ends. `match`: at the next (1) or previous (-1) row that the search finds, from this id on; 0 stays if
it matches.
*/
export type CursorRequest =
	| {readonly kind: 'none'}
	| {readonly kind: 'row'; readonly id: number; readonly by: number; readonly top?: number}
	| {readonly kind: 'first'}
	| {readonly kind: 'last'}
	| {readonly kind: 'match'; readonly id: number | undefined; readonly direction: -1 | 0 | 1};

/** A filter that does not parse. Positions count UTF-16 units of the filter's text. */
export type FilterProblem = {
	/** One sentence: what is wrong, and what would be right. */
	readonly message: string;
	readonly start: number;
	readonly end: number;
	/** Not wrong: the name of a host is being looked up. */
	readonly isPending?: true;
};
