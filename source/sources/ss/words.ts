/**
The words that stand behind the addresses, and what each does to the row. A sample that does not want a column does not look at its word.
*/
import type {OptionalColumn} from '../../table/columns.js';
import {shutdownMarks} from '../../text/socket-words.js';
import {attributeWords, readBareWord} from './attribute-words.js';
import {infoWords} from './info-words.js';
import {
	clearDetails,
	lane,
	type Lane,
	type Row,
} from './row.js';
import {
	codeAt,
	comma,
	findInWord,
	readDuration,
	didReadHex,
	readHex,
	readNumber,
} from './scan.js';
import {multipathWords} from './multipath-words.js';
import {specialWords} from './special-words.js';
import type {Version} from './version.js';

export type Word = {
	/** Without the colon. */
	readonly key: string;
	/** Takes the value at `at`, behind the key and one more character, into the row. `end` is the end of the row. */
	readonly read: (row: Row, text: string, at: number, end: number) => void;
};

/** A word that only samples with one of these lanes look at. */
export type LaneWord = Word & {readonly lanes: readonly Lane[]};

export type Words = {
	/** By the hash of their keys. */
	readonly byHash: ReadonlyMap<number, Word>;
	/** Takes a word without a colon, whatever it is, between two positions. */
	readonly bare: ((row: Row, text: string, start: number, end: number) => void) | undefined;
};

/** One step of a key's hash, which starts with 0. */
export const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) & 0x3F_FF_FF_FF;

const hashOf = (key: string): number => {
	let hash = 0;
	for (let at = 0; at < key.length; at++) {
		hash = hashStep(hash, codeAt(key, at));
	}

	return hash;
};

const cwndLane = lane('cwnd');
const markLane = lane('mark');
const shutdownLane = lane('shutdown');
const v6OnlyLane = lane('v6Only');

/** The names of the timers, by their code in inet_diag_msg. */
const timerNames = ['off', 'on', 'keepalive', 'timewait', 'persist', 'delack'];
/** A timer that this `ss` has no name for. */
const unknownTimer = 0xFF;

const coreWords: readonly Word[] = [
	{
		key: 'timer',
		read(row, text, at, end) {
			const nameEnd = findInWord(text, at, end, comma);
			const timeEnd = nameEnd === -1 ? -1 : findInWord(text, nameEnd + 1, end, comma);
			if (row.hasCookie || timeEnd === -1) {
				return;
			}

			const timer = timerNames.indexOf(text.slice(at + 1, nameEnd));
			row.timer = timer === -1 ? unknownTimer : timer;
			row.timerExpires = readDuration(text, nameEnd + 1);
			row.timerRetransmits = readNumber(text, timeEnd + 1);
		},
	},
	{
		key: 'uid',
		read(row, text, at) {
			if (!row.hasCookie) {
				row.uid = readNumber(text, at);
			}
		},
	},
	{
		key: 'ino',
		read(row, text, at) {
			if (row.hasCookie) {
				return;
			}

			const inode = readNumber(text, at);
			row.inode = Number.isNaN(inode) ? 0 : inode;
		},
	},
	{
		key: 'sk',
		read(row, text, at) {
			// The path of a cgroup follows, which may hold any word: the first of these counts.
			row.hasCookie ||= didReadHex(text, at, row.cookie);
		},
	},
	{
		key: 'cwnd',
		read(row, text, at) {
			// Never 0, neither from netlink nor from /proc: with it, there is more.
			row.hasInfo = true;
			row.values[cwndLane] = readNumber(text, at);
		},
	},
	{
		key: 'fwmark',
		read(row, text, at) {
			if (row.cgroup.start !== -1) {
				return;
			}

			row.mark = readHex(text, at);
			row.values[markLane] = row.mark;
		},
	},
	{
		key: 'cgroup',
		read(row, _text, at, end) {
			if (!(row.hasCookie && row.cgroup.start === -1)) {
				return;
			}

			row.cgroup.start = at;
			row.cgroup.end = end;
		},
	},
	...shutdownMarks.map((key, shutdown): Word => ({
		key,
		read(row, text, at) {
			// What looked like details before this stood in the path of a cgroup.
			clearDetails(row);
			row.hasShutdown = true;
			row.values[shutdownLane] = shutdown;
			row.values[markLane] = row.mark;
			// `at` is behind the mark and one more; a blank stands before it.
			readBeforeShutdown(row, text, at - 5);
		},
	})),
];

/** What stands between the path of the cgroup and the open directions: ` v6only:1`. */
const v6Only = / v6only:(?<value>[01])$/v;

const v6OnlyLength = 9;

const readBeforeShutdown = (row: Row, text: string, end: number): void => {
	const value = v6Only.exec(text.slice(Math.max(0, end - v6OnlyLength), end))?.groups?.value;
	if (value !== undefined) {
		row.values[v6OnlyLane] = Number(value);
	}

	if (row.cgroup.start !== -1) {
		row.cgroup.end = Math.max(row.cgroup.start, value === undefined ? end : end - v6OnlyLength);
	}
};

const numberWord = (key: string, position: number, scale = 1): Word => ({
	key,
	read: scale === 1
		? (row, text, at) => {
			row.values[position] = readNumber(text, at);
		}
		: (row, text, at) => {
			row.values[position] = Math.round(readNumber(text, at) * scale);
		},
});

/** What every sample needs: identity, RTT and the payload counters. */
const coreLanes: readonly Lane[] = ['rtt', 'bytesSent', 'bytesReceived', 'bytesAcked', 'bytesRetransmitted'];

/** What verdicts come from, besides: the counters that `details.ts` notes the growth of. */
const verdictLanes: readonly Lane[] = ['totalRetransmits', 'sendBufferLimited', 'lastDataSent', 'lastDataReceived', 'lastAckReceived', 'appLimited', 'drops'];

/** The words that a sample with these columns looks at, as a version of `ss` writes them. */
export const createWords = (columns: ReadonlySet<OptionalColumn>, version: Version): Words => {
	const wanted = new Set<Lane>([...coreLanes, ...(columns.has('verdict') ? verdictLanes : []), ...columns]);
	const words = [
		...coreWords,
		...infoWords.filter(word => wanted.has(word.lane)).map(({word, lane: name, scale}) => numberWord(word, lane(name), scale)),
		...[...specialWords, ...attributeWords, ...multipathWords(version)].filter(({lanes}) => lanes.some(name => wanted.has(name))),
	];
	return {
		byHash: new Map(words.map(word => [hashOf(word.key), word])),
		bare: columns.has('congestion') || columns.has('ulp') ? readBareWord : undefined,
	};
};
