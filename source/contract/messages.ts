import type {FieldValue, Tone} from '../fields/model/field.js';
import type {FarEnd} from '../query/window/other-end.js';
import type {FilterProblem, Query} from '../query/query.js';
import type {SourceFacts} from '../sources/source-facts.js';
import type {Acted, ActRequest, Targets} from './acting.js';
import type {Inspected} from './inspected.js';

/** What the screen tells the engine. */
export type ToEngine =
	| {readonly type: 'query'; readonly sequence: number; readonly query: Query}
	/** How often to sample, and how long what is new or closed stands out. */
	| {readonly type: 'timing'; readonly timing: Timing}
	/** Stop or resume sampling. */
	| {readonly type: 'pause'; readonly paused: boolean}
	/** Sample now. */
	| {readonly type: 'refresh'}
	/** Which sockets and processes are meant, by ids of rows? */
	| {readonly type: 'lock'; readonly number: number; readonly ids: readonly number[]}
	/** Act on what was locked. */
	| {readonly type: 'act'; readonly request: ActRequest}
	| {readonly type: 'stop'};

/** Times that a person chooses, in milliseconds. */
export type Timing = {
	/** From the start of one sample to the start of the next. */
	readonly interval: number;
	/** How long new sockets and new sessions stand out. */
	readonly freshTime: number;
	/** How long the row of a closed socket stays. */
	readonly closedTime: number;
};

/** What the engine tells the screen. */
export type FromEngine =
	| {readonly type: 'view'; readonly view: View}
	| {readonly type: 'targets'; readonly targets: Targets}
	| {readonly type: 'acted'; readonly acted: Acted}
	/** The engine cannot go on: one sentence. */
	| {readonly type: 'failed'; readonly message: string};

/** One answer: the rows of the window, totals, and how the engine fares. */
export type View = {
	/** Sequence number of the query that this answers. */
	readonly sequence: number;
	readonly rows: readonly Row[];
	/** Position of the first row among all lines of the list. */
	readonly offset: number;
	/** Lines of the list: the rows that match and are not folded away, and the heads of groups. */
	readonly length: number;
	/** Sockets that match the query, closed ones that linger included. */
	readonly matching: number;
	/** All rows in the table, closed ones that linger included. */
	readonly known: number;
	/** The row under the cursor and the other end of its connection; absent when nothing is selected. */
	readonly selected?: {readonly id: number; readonly index: number; readonly farEnd?: FarEnd; readonly endpoints?: SelectedEndpoints};
	/** The sockets of the query that are tagged and still live; absent where none are. */
	readonly tagged?: readonly number[];
	/** The rows are entries of the journal. */
	readonly journal?: true;
	/** For the entry under the cursor: the id that its socket has or had. */
	readonly about?: number;
	/** The same, as long as that has a row. */
	readonly socket?: number;
	/** Rows that the search finds; absent without a search. */
	readonly found?: number;
	/** Why the filter of the query is not in force; the last good one is. */
	readonly filterProblem?: FilterProblem;
	/** The moment that sockets are compared with, in milliseconds since 1970; absent while none is marked. */
	readonly markedAt?: number;
	/** The socket that the query inspects. */
	readonly inspected?: Inspected;
	readonly summary: Summary;
	readonly status: Status;
};

/** The endpoints of the socket under the cursor, in numbers, whatever the columns are. Foreign text where they are not those of IP. */
export type SelectedEndpoints = {
	readonly protocol: string;
	readonly local: string;
	readonly peer: string;
	/** A filter that keeps its connection alone; absent where endpoints do not tell it from others. */
	readonly filter?: string;
};

/** One socket in the window, or the head of a group. */
export type Row = {
	/** Above 0 for a socket, below for a group. */
	readonly id: number;
	/** Ids of the groups that it is in, the outermost first; absent for none. */
	readonly groups?: readonly number[];
	/** For the head of a group, whose values are sums. */
	readonly group?: GroupHead;
	/** Values of the query's columns, in order; undefined is absent. */
	readonly values: ReadonlyArray<FieldValue | undefined>;
	/** Roles of colour of the same columns; undefined is plain. Set by the engine: what a queue means depends on the state, shown or not. */
	readonly tones: ReadonlyArray<Tone | undefined>;
	readonly marks: Marks;
};

/** What the head of a group says. */
export type GroupHead = {
	/** Foreign text. */
	readonly label: string;
	readonly isFolded: boolean;
	/** Sockets, or entries of the journal. */
	readonly sockets: number;
	/** Connections among them that wait for accept. */
	readonly waiting: number;
	/** Of entries: how many tell of the end of a socket. */
	readonly closed?: number;
};

/** What stands out about a row. */
export type Marks = {
	/** Opened in the last seconds, after the first sample; of the journal: what has just happened. */
	readonly fresh: boolean;
	/** Became ESTAB in the last seconds. */
	readonly established: boolean;
	/** Gone; the row lingers. */
	readonly closed: boolean;
	/** The search finds it. */
	readonly found: boolean;
	/** Nobody has accepted the connection yet. */
	readonly waiting: boolean;
	/** Takes connections or datagrams at an address that others than this machine and its private networks reach. */
	readonly open?: true;
	/** In TIME-WAIT: only the kernel still knows of it. */
	readonly timeWait?: true;
};

/** Totals over all sockets, whatever the filter. */
export type Summary = {
	/** Living sockets by protocol name; TCP, UDP, and those others that there are. */
	readonly protocols: Readonly<Record<string, number>>;
	/** Living TCP sockets by state name, in the order of interest; zeroes left out. */
	readonly states: ReadonlyArray<{readonly state: string; readonly count: number}>;
	/** Per second, over the last sample. */
	readonly openedPerSecond: number;
	readonly closedPerSecond: number;
	/** Payload bytes per second over all TCP sockets, absent before two samples. */
	readonly receiveRate?: number;
	readonly sendRate?: number;
	/** Segments that TCP sent again per second, over the last sample. */
	readonly retransmitsPerSecond?: number;
	/** Listeners whose accept queue is full, and others where it is nearly so. */
	readonly backlogs?: {readonly full: number; readonly near: number};
	/** Sockets per second that came and went between two samples. */
	readonly missedPerSecond?: number;
	/** Sockets with which something is wrong, the worst first, those that are grave before the others; zeroes left out. */
	readonly verdicts?: ReadonlyArray<{readonly name: string; readonly count: number; readonly isGrave?: true}>;
	/** The last samples, oldest first, NaN for gaps. */
	readonly history: History;
};

export type History = {
	readonly receiveRate: readonly number[];
	readonly sendRate: readonly number[];
	readonly opened: readonly number[];
	readonly closed: readonly number[];
	readonly retransmits?: readonly number[];
	readonly missed?: readonly number[];
};

/** What has happened in the last seconds that no row tells. */
export type Recent = {
	/** Sockets that came and went between two samples: how many, the port that most of them are about, how many those are, and a process that held one of these (foreign text). */
	readonly shortLived?: {readonly count: number; readonly port: number; readonly atPort: number; readonly process?: string};
	/** Destroy events that the kernel dropped, because it made them faster than they could be read. */
	readonly dropped?: number;
};

export type Status = {
	readonly source: SourceFacts;
	/** Why the source is not netlink: one sentence, absent when it is or when the user asked for it. */
	readonly fallback?: string;
	/** Number of samples so far. */
	readonly samples: number;
	/** Milliseconds between samples, as asked and as it is. */
	readonly intervalAsked: number;
	readonly interval: number;
	/** Milliseconds that the last sample took. */
	readonly sampleTime: number;
	readonly paused: boolean;
	/** Sockets whose owner could not be told because privileges hide it. */
	readonly hiddenOwners: number;
	/** Which privilege would show them: a sentence, and a word for narrow screens. */
	readonly privilege?: {readonly sentence: string; readonly word: string};
	/** What privileges hide besides owners: sentences. */
	readonly hidden?: readonly string[];
	/** What has happened in the last seconds; absent for nothing. */
	readonly recent?: Recent;
	/** Sentences about what went wrong in the last sample, or shortly before so that it can be read; empty when nothing did. */
	readonly problems: readonly string[];
};
