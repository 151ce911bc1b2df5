/** Parses what follows the processes in a row of `ss`: the timer, the identity of the socket, and the words of `-i` and `-m`. */
import {shutdownMarks} from '../../text/socket-words.js';
import {
	readDuration,
	readNumber,
	readPrefixedHex,
	readWideHex,
	type Halves,
} from './numbers.js';
import {setNumber, valueAt, type Values} from './values.js';
import type {Words} from './words.js';

/** The details of a row. Missing ones are undefined. */
export type Details = Values & {
	/** Code of inet_diag_msg, and its milliseconds and attempts. */
	readonly timer: number;
	readonly timerExpires: number;
	readonly timerRetransmits: number;
	readonly uid: number | undefined;
	readonly inode: number | undefined;
	/** The value of `sk:`: the cookie, or from /proc a hashed kernel address. */
	readonly cookie: Halves | undefined;
	/** Whether the row has the shutdown mark (`<->`), which only netlink gives, and only for full sockets. */
	readonly hasShutdown: boolean;
};

/** The names of the timers, by their code in inet_diag_msg. */
const timerNames = ['off', 'on', 'keepalive', 'timewait', 'persist', 'delack'];
/** The code for a timer that this `ss` has no name for. */
const unknownTimer = 0xFF;

const shutdownMark = /\s(?:<->|-->|<--|---)(?=\s|$)/gv;
const markLength = 3;
const v6OnlyAtEnd = / v6only:(?<value>[01])$/v;
const v6OnlyLength = 9;
const cgroupWord = ' cgroup:';

/** The details, split up. The path of a cgroup may contain anything, and imitate any word. */
type Parts = {
	/** The text with the words that identify the socket. */
	readonly identity: string;
	readonly cgroup: string | undefined;
	/** NaN if missing. */
	readonly v6Only: number;
	/** Index into `shutdownMarks`, or -1. */
	readonly shutdown: number;
	/** The text with all other words. */
	readonly info: string;
};

const split = (details: string): Parts => {
	let markEnd = -1;
	shutdownMark.lastIndex = 0;
	// The last match counts: an earlier one is part of a cgroup's path.
	while (shutdownMark.test(details)) {
		markEnd = shutdownMark.lastIndex;
	}

	const hasMark = markEnd !== -1;
	const before = hasMark ? details.slice(0, markEnd - markLength - 1) : details;
	const shutdown = hasMark ? shutdownMarks.findIndex(mark => details.startsWith(mark, markEnd - markLength)) : -1;
	const v6Only = hasMark ? v6OnlyAtEnd.exec(before)?.groups?.value : undefined;
	const rest = {v6Only: v6Only === undefined ? NaN : Number(v6Only), shutdown};
	const cgroupAt = before.indexOf(cgroupWord);
	if (cgroupAt === -1) {
		return {
			...rest, identity: before, cgroup: undefined, info: details,
		};
	}

	const pathStart = cgroupAt + cgroupWord.length;
	// Only the mark shows reliably where the path ends.
	const pathEnd = hasMark ? Math.max(pathStart, before.length - (v6Only === undefined ? 0 : v6OnlyLength)) : pathStart + valueAt(details, pathStart).length;
	return {
		...rest, identity: details.slice(0, cgroupAt), cgroup: details.slice(pathStart, pathEnd), info: details.slice(hasMark ? markEnd : pathEnd),
	};
};

/** The value after a word's colon; empty if there is no such word. */
const valueOf = (text: string, word: string): string => {
	const at = text.indexOf(word);
	return at === -1 ? '' : valueAt(text, at + word.length);
};

const orUndefined = (value: number): number | undefined => Number.isNaN(value) ? undefined : value;

/** Parses the details; of the words of `-i` and `-m` only those that are wanted. */
export const readDetails = (details: string, words: Words): Details => {
	const {identity, cgroup, v6Only, shutdown, info} = split(details);
	const values = words.read(info);
	setNumber(values, 'v6Only', v6Only);
	setNumber(values, 'shutdown', shutdown === -1 ? NaN : shutdown);
	setNumber(values, 'mark', readPrefixedHex(valueOf(identity, ' fwmark:')));
	if (cgroup !== undefined) {
		values.texts.set('cgroup', cgroup);
	}

	const [name = 'off', expires = '', retransmits = ''] = valueOf(identity, ' timer:(').split(',', 3);
	const timer = timerNames.indexOf(name === '' ? 'off' : name);
	return {
		...values,
		timer: timer === -1 ? unknownTimer : timer,
		timerExpires: readDuration(expires),
		timerRetransmits: readNumber(retransmits),
		uid: orUndefined(readNumber(valueOf(identity, ' uid:'))),
		inode: orUndefined(readNumber(valueOf(identity, ' ino:'))),
		cookie: readWideHex(valueOf(identity, ' sk:')),
		hasShutdown: shutdown !== -1,
	};
};
