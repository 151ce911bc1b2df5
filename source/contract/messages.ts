import type {FieldValue, Tone} from '../fields/model/field.js';
import type {OtherEnd} from '../query/window/other-end.js';
import type {FilterProblem, Query} from '../query/query.js';
import type {SourceFacts} from '../sources/source-facts.js';
import type {JournalLimits} from '../table/journal.js';
import type {Acted, ActRequest, Targets} from './acting.js';
import type {Alerted, AlertRequest} from './alert.js';
import type {Inspected} from './inspected.js';
import type {WriteRequest, Written} from './writing.js';

/** Messages from the screen to the engine. */
export type ToEngine =
	| {readonly type: 'query'; readonly sequence: number; readonly query: Query}
	/** The sample interval, and how long new and closed sockets are shown as such. */
	| {readonly type: 'timing'; readonly timing: Timing}
	/** Pause or resume sampling. */
	| {readonly type: 'pause'; readonly paused: boolean}
	/** Sample now. */
	| {readonly type: 'refresh'}
	/** Look up the sockets with these row ids, and their owners, as targets of an action. */
	| {readonly type: 'lock'; readonly number: number; readonly ids: readonly number[]}
	/** Perform an action on the targets of a `lock`. */
	| {readonly type: 'act'; readonly request: ActRequest}
	/** Show a moment in the past, or return to the present. */
	| {readonly type: 'moment'; readonly request: MomentRequest}
	/** Start or stop recording what is sampled. */
	| {readonly type: 'record'; readonly isOn: boolean}
	/** Write the list of the last query to a file. */
	| {readonly type: 'write'; readonly request: WriteRequest}
	/** Arm the alert; disarm it without a request. */
	| {readonly type: 'alert'; readonly request: AlertRequest | undefined}
	| {readonly type: 'stop'};

/** A request for a moment, relative to the shown one or absolute. */
export type MomentRequest =
	/** Forward by a number of samples; backward if negative. */
	| {readonly kind: 'sample'; readonly by: number}
	/** Forward by milliseconds, at least one sample; backward if negative. */
	| {readonly kind: 'time'; readonly by: number}
	/** The next or previous moment with a new problem, or with reset connections. */
	| {readonly kind: 'next'; readonly what: 'problem' | 'reset'; readonly direction: -1 | 1}
	/** Milliseconds since 1970. */
	| {readonly kind: 'at'; readonly time: number}
	/** Go on by itself, so many times as fast as it was; 0 stops. */
	| {readonly kind: 'play'; readonly speed: number}
	/** The present; in a recording, its end. */
	| {readonly kind: 'now'};

/** Times from the preferences, in milliseconds. */
export type Timing = {
	/** From the start of one sample to the start of the next. */
	readonly interval: number;
	/** How long new sockets and new sessions are highlighted. */
	readonly freshTime: number;
	/** How long the row of a closed socket stays. */
	readonly closedTime: number;
	/** How much of the past the journal keeps. */
	readonly journal: JournalLimits;
};

/** Messages from the engine to the screen. */
export type FromEngine =
	| {readonly type: 'view'; readonly view: View}
	| {readonly type: 'targets'; readonly targets: Targets}
	| {readonly type: 'acted'; readonly acted: Acted}
	/** New sockets match the alert that is armed. */
	| {readonly type: 'alerted'; readonly alerted: Alerted}
	| {readonly type: 'written'; readonly written: Written}
	/** A sentence about the last request. */
	| {readonly type: 'notice'; readonly notice: string}
	/** The engine has failed; the message is one sentence. */
	| {readonly type: 'failed'; readonly message: string};

/** One answer: the rows of the window, totals, and the status of the engine. */
export type View = {
	/** Sequence number of the query that this answers. */
	readonly sequence: number;
	readonly rows: readonly Row[];
	/** Position of the first row among all lines of the list. */
	readonly offset: number;
	/** Number of lines of the list: the rows that match and are not folded, and the group heads. */
	readonly length: number;
	/** Number of sockets that match the query, including closed ones that linger. */
	readonly matching: number;
	/** Number of rows in the table, including closed sockets that linger. */
	readonly known: number;
	/** Number of rows that these have, with one row per connection; absent with one row per socket. */
	readonly knownRows?: number;
	/** The row under the cursor and the other end of its connection; absent if nothing is selected. */
	readonly selected?: {readonly id: number; readonly index: number; readonly otherEnd?: OtherEnd; readonly endpoints?: SelectedEndpoints};
	/** The tagged sockets of the query that are still open; absent if there are none. */
	readonly tagged?: readonly number[];
	/** Present if the rows are entries of the journal. */
	readonly journal?: true;
	/** The newest journal entries, newest first, with the fields that the query names; absent if there is no room or the query asks for none. */
	readonly recent?: readonly Row[];
	/** For the entry under the cursor: the id that its socket has or had. */
	readonly about?: number;
	/** The same id, if the socket still has a row. */
	readonly socket?: number;
	/** Number of rows that the search finds; absent without a search. */
	readonly found?: number;
	/** Why the filter of the query is not applied; the last valid one is applied instead. */
	readonly filterProblem?: FilterProblem;
	/** The moment that sockets are compared with, in milliseconds since 1970; absent without a mark. */
	readonly markedAt?: number;
	/** The socket that the query inspects. */
	readonly inspected?: Inspected;
	/** The moment in the past that the answer describes; absent for the present. */
	readonly moment?: ShownMoment;
	readonly summary: Summary;
	readonly status: Status;
};

/** The shown moment in the past, with the timeline of all recorded moments. Times are milliseconds since 1970. */
export type ShownMoment = {
	readonly time: number;
	readonly begins: number;
	readonly ends: number;
	/** Whether there is a present to go back to: not in a recording. */
	readonly hasPresent: boolean;
	/** How many times as fast it goes on by itself; absent where it does not. */
	readonly speed?: number;
	/** Where it is between these, from 0 to 1. */
	readonly position: number;
	/** Counts in equal parts of the time, oldest first; NaN where nothing was recorded. For problems, the maximum at any one time. */
	readonly opened: readonly number[];
	readonly closed: readonly number[];
	readonly problems: readonly number[];
};

/** The endpoints of the socket under the cursor, as numbers, whatever the columns are. Foreign text if it is not an IP socket. */
export type SelectedEndpoints = {
	readonly protocol: string;
	readonly local: string;
	readonly peer: string;
	/** A filter that keeps only its connection; absent if the endpoints do not identify it. */
	readonly filter?: string;
};

/** One socket in the window, or a group head. */
export type Row = {
	/** Positive for a socket, negative for a group. */
	readonly id: number;
	/** For an entry of the journal: the id that its socket has or had. */
	readonly about?: number;
	/** Ids of the groups that contain it, outermost first; absent if there are none. */
	readonly groups?: readonly number[];
	/** Present for a group head, whose values are sums. */
	readonly group?: GroupHead;
	/** Values of the query's columns, in order; undefined means absent. */
	readonly values: ReadonlyArray<FieldValue | undefined>;
	/**
	Colour roles of the same columns; undefined means plain. The engine sets them because the meaning of a queue depends on the state, even if that is not
	shown.
	*/
	readonly tones: ReadonlyArray<Tone | undefined>;
	readonly marks: Marks;
};

export type GroupProblem = {readonly name: string; readonly count: number; readonly isGrave?: true};

/** The data of a group head. */
export type GroupHead = {
	/** Untrusted text. */
	readonly label: string;
	readonly isFolded: boolean;
	/** Number of sockets, or of entries of the journal. */
	readonly sockets: number;
	/** Number of connections that wait for accept. */
	readonly waiting: number;
	/** For entries: how many of them are about the close of a socket. */
	readonly closed?: number;
	/** The worst health problem in the group, and how many sockets have it; absent if there is none. */
	readonly problem?: GroupProblem;
};

/** The highlights of a row. */
export type Marks = {
	/** The socket opened in the last seconds, after the first sample; in the journal, the event just happened. */
	readonly fresh: boolean;
	/** The socket entered ESTAB in the last seconds. */
	readonly established: boolean;
	/** The socket has closed; the row lingers. */
	readonly closed: boolean;
	/** The search matches it. */
	readonly found: boolean;
	/** The connection waits for accept. */
	readonly waiting: boolean;
	/** Listens on an address that hosts outside this machine and its private networks can reach. */
	readonly open?: true;
	/** In TIME-WAIT. */
	readonly timeWait?: true;
};

/** Totals over all sockets, whatever the filter. */
export type Summary = {
	/** Living sockets by protocol name: TCP, UDP, and others if there are any. */
	readonly protocols: Readonly<Record<string, number>>;
	/** Living TCP sockets by state name, most interesting first; without zeroes. */
	readonly states: ReadonlyArray<{readonly state: string; readonly count: number}>;
	/** Per second, over the last sample. */
	readonly openedPerSecond: number;
	readonly closedPerSecond: number;
	/** Payload bytes per second over all TCP sockets; absent before the second sample. */
	readonly receiveRate?: number;
	readonly sendRate?: number;
	/** Segments that TCP retransmitted per second, over the last sample. */
	readonly retransmitsPerSecond?: number;
	/** Number of listeners whose accept queue is full, or nearly full. */
	readonly backlogs?: {readonly full: number; readonly near: number};
	/** Short-lived sockets per second. */
	readonly missedPerSecond?: number;
	/** Numbers of sockets by health problem: severe ones first, then the worst first; without zeroes. */
	readonly healthProblems?: ReadonlyArray<{readonly name: string; readonly count: number; readonly isGrave?: true}>;
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

/** What has happened in the last seconds and is not visible in rows. */
export type Recent = {
	/** Short-lived sockets: how many, their most frequent port, how many have that port, and a process that held one of these (untrusted text). */
	readonly shortLived?: {readonly count: number; readonly port: number; readonly atPort: number; readonly process?: string};
	/** Destroy events that the kernel dropped because they arrived faster than conntop could read. */
	readonly dropped?: number;
};

export type Status = {
	readonly source: SourceFacts;
	/** Why the source is not netlink: one sentence; absent if it is netlink, or if the user chose another. */
	readonly fallback?: string;
	/** Number of samples so far. */
	readonly samples: number;
	/** Milliseconds between samples: requested, and actual. */
	readonly intervalAsked: number;
	readonly interval: number;
	/** Milliseconds that the last sample took. */
	readonly sampleTime: number;
	readonly paused: boolean;
	/** Where the samples are recorded, and whether the last one could be; absent while nothing is recorded. */
	readonly recording?: {readonly folder: string; readonly isWritten: boolean};
	/** Number of sockets whose owner is unknown because privileges hide it. */
	readonly hiddenOwners: number;
	/** The privilege that would show them: a sentence, and a word for narrow screens. */
	readonly privilege?: {readonly sentence: string; readonly word: string};
	/** Sentences about what else privileges hide. */
	readonly hidden?: readonly string[];
	/** What has happened in the last seconds; absent if nothing has. */
	readonly recent?: Recent;
	/** Sentences about what went wrong in the last sample, or in earlier ones while there is still time to read them; empty if nothing did. */
	readonly problems: readonly string[];
};
