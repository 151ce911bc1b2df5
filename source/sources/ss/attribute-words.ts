/**
The words of `ss` for what is no number of `tcp_info`: type of service, socket options, algorithms of congestion control and protocols above TCP.
*/
import {Protocol} from '../../table/protocols.js';
import {socketOptionNames, subflowFlagLetters} from '../../text/socket-words.js';
import {lane, type Lane, type Row} from './row.js';
import {
	codeAt,
	colon,
	endOfWord,
	readBandwidth,
	readHex,
	readNumber,
	skipBlanks,
} from './scan.js';
import {didReadToken} from './multipath-words.js';
import type {LaneWord} from './words.js';

const hexWord = (key: string, name: Lane): LaneWord => {
	const position = lane(name);
	return {
		key,
		lanes: [name],
		read(row, text, at) {
			row.values[position] = readHex(text, at);
		},
	};
};

const socketOptionsLane = lane('socketOptions');

/** The number behind `name:` in the parentheses that start at `at`; NaN where there is none. */
const readPart = (part: string, name: string, read: (text: string, at: number) => number): number => {
	const at = part.search(new RegExp(String.raw`[\(,]${name}:`, 'v'));
	return at === -1 ? NaN : read(part, at + name.length + 2);
};

/** The word's value, `(…)` without blanks; undefined for the bare name of the algorithm. */
const parenthesis = (text: string, at: number, end: number): string | undefined =>
	codeAt(text, at - 1) === colon ? text.slice(at, endOfWord(text, at, end)) : undefined;

const bbrLanes = {
	bandwidth: lane('bbrBandwidth'), minRtt: lane('bbrMinRtt'), pacingGain: lane('bbrPacingGain'), cwndGain: lane('bbrCwndGain'),
} as const;

/** All bits set, before the first measurement, in milliseconds and with six digits. */
const unknownMinRtt = 4_294_960;

/** BBR_UNIT in `net/ipv4/tcp_bbr.c`. A gain of 0 is left out. */
const readGain = (part: string, name: string): number => {
	const gain = readPart(part, name, readNumber);
	return Number.isNaN(gain) ? 0 : Math.round(gain * 256);
};

const dctcpLanes = {
	enabled: lane('dctcpEnabled'),
	parts: [
		['ce_state', lane('dctcpCeState')],
		['alpha', lane('dctcpAlpha')],
		['ab_ecn', lane('dctcpAckedMarked')],
		['ab_tot', lane('dctcpAckedTotal')],
	],
} as const;

/** A word with a blank behind its colon: `version: 1.3`. What `ss` has no name for is `unknown(N)`. */
const namedWord = (key: string, name: Lane, codes: Readonly<Record<string, number>>): LaneWord => {
	const position = lane(name);
	return {
		key,
		lanes: [name],
		read(row, text, at, end) {
			const start = skipBlanks(text, at, end);
			const word = text.slice(start, endOfWord(text, start, end));
			row.values[position] = codes[word] ?? (word.startsWith('unknown(') ? readNumber(word, 8) : NaN);
		},
	};
};

const configurations = {
	none: 1, sw: 2, hw: 3, 'hw-record': 4,
} as const;

const flagWord = (key: string, name: Lane): LaneWord => {
	const position = lane(name);
	return {
		key,
		lanes: [name],
		read(row) {
			row.values[position] = 1;
		},
	};
};

const subflowFlagsLane = lane('subflowFlags');
const tokenLanes = {
	peer: lane('subflowPeerToken'), own: lane('subflowToken'), peerId: lane('subflowPeerId'), ownId: lane('subflowId'),
} as const;

/** Remote end, then this one: `0000(id:0)/471f0a3e(id:0)`. */
const tokenPattern = /^(?<peer>[0-9a-f]{4,8})\(id:(?<peerId>\d{1,3})\)\/(?<own>[0-9a-f]{4,8})\(id:(?<ownId>\d{1,3})\)/v;

/** These words, and the lanes that each fills. */
export const attributeWords: readonly LaneWord[] = [
	hexWord('tos', 'tos'),
	hexWord('tclass', 'trafficClass'),
	hexWord('class_id', 'classId'),
	{
		// `( recverr mc_loop)`: the list is read whole, for its words are none of a line's own.
		key: 'inet-sockopt',
		lanes: ['socketOptions'],
		read(row, text, at, end) {
			const close = text.indexOf(')', at);
			if (close === -1 || close >= end) {
				return;
			}

			row.socketOptionsEnd = close + 1;
			let bits = 0;
			for (const word of text.slice(at, close).replace('(', ' ').split(' ')) {
				const bit = (socketOptionNames as readonly string[]).indexOf(word);
				bits |= bit === -1 ? 0 : 1 << bit;
			}

			row.values[socketOptionsLane] = bits;
		},
	},
	flagWord('app_limited', 'appLimited'),
	{
		key: 'bbr',
		lanes: ['bbrBandwidth', 'bbrMinRtt', 'bbrPacingGain', 'bbrCwndGain'],
		read({values}, text, at, end) {
			const part = parenthesis(text, at, end);
			if (part === undefined) {
				return;
			}

			const minRtt = readPart(part, 'mrtt', readNumber);
			values[bbrLanes.bandwidth] = Math.round(readPart(part, 'bw', readBandwidth) / 8);
			values[bbrLanes.minRtt] = minRtt >= unknownMinRtt ? NaN : Math.round(minRtt * 1000);
			values[bbrLanes.pacingGain] = readGain(part, 'pacing_gain');
			values[bbrLanes.cwndGain] = readGain(part, 'cwnd_gain');
		},
	},
	{
		key: 'dctcp',
		lanes: ['dctcpEnabled', 'dctcpCeState', 'dctcpAlpha', 'dctcpAckedMarked', 'dctcpAckedTotal'],
		read({values}, text, at, end) {
			const part = parenthesis(text, at, end);
			if (part === undefined) {
				return;
			}

			values[dctcpLanes.enabled] = part.startsWith('fallback_mode') ? 0 : 1;
			for (const [name, position] of dctcpLanes.parts) {
				values[position] = readPart(part, name, readNumber);
			}
		},
	},
	namedWord('version', 'tlsVersion', {1.2: 0x03_03, 1.3: 0x03_04}),
	namedWord('cipher', 'tlsCipher', {'aes-gcm-128': 51, 'aes-gcm-256': 52}),
	namedWord('txconf', 'tlsSend', configurations),
	namedWord('rxconf', 'tlsReceive', configurations),
	flagWord('zc_ro_tx', 'tlsZeroCopy'),
	flagWord('no_pad_rx', 'tlsNoPadding'),
	{
		key: 'flags',
		lanes: ['subflowFlags'],
		read(row, text, at, end) {
			let bits = 0;
			for (const letter of text.slice(at, endOfWord(text, at, end))) {
				bits |= 1 << (subflowFlagLetters as readonly string[]).indexOf(letter);
			}

			row.values[subflowFlagsLane] = bits & 0x1_FF;
		},
	},
	{
		key: 'token',
		lanes: ['subflowPeerToken', 'subflowToken', 'subflowPeerId', 'subflowId', 'mptcpToken'],
		read(row, text, at, end) {
			const {values} = row;
			if (didReadToken(row, text, at)) {
				return;
			}

			const groups = tokenPattern.exec(text.slice(at, endOfWord(text, at, end)))?.groups;
			if (groups === undefined) {
				return;
			}

			values[tokenLanes.peer] = Number.parseInt(groups.peer, 16);
			values[tokenLanes.own] = Number.parseInt(groups.own, 16);
			values[tokenLanes.peerId] = Number(groups.peerId);
			values[tokenLanes.ownId] = Number(groups.ownId);
		},
	},
];

/** Bare words that `ss -i` may print before the algorithm's name. */
const optionNames: ReadonlySet<string> = new Set(['ts', 'usec_ts', 'sack', 'ecn', 'ecnseen', 'fastopen', 'tfo_child']);

const upperProtocol = 'tcp-ulp-';

/**
Takes the two words that have no key: the algorithm of congestion control, which is the first that is no option between the open directions and
`cwnd:`, and the protocol above TCP.
*/
export const readBareWord = (row: Row, text: string, start: number, end: number): void => {
	if (row.protocol !== Protocol.tcp || !row.hasShutdown) {
		return;
	}

	if (text.startsWith(upperProtocol, start)) {
		row.ulp.start = start + upperProtocol.length;
		row.ulp.end = end;
	} else if (!row.hasInfo && row.congestion.start === -1 && start >= row.socketOptionsEnd && !optionNames.has(text.slice(start, end))) {
		row.congestion.start = start;
		row.congestion.end = end;
	}
};
