/**
The words among the details of a row, and how they are found: a pattern made of the keys that a sample wants, so that others cost nothing.
*/
import type {OptionalColumn} from '../../table/columns/columns.js';
import {multipathWords} from './multipath-words.js';
import {readNames, tcpWords} from './tcp-words.js';
import type {
	NumberName,
	TextName,
	Values,
	Word,
} from './values.js';
import type {Version} from './version.js';

export type Words = {
	/** Reads the words of a text that are wanted. What it returns is rewritten by the next call. */
	readonly read: (text: string) => Values;
};

/** What every sample needs: RTT and the payload counters, and what only connections have. */
const alwaysWanted: ReadonlyArray<NumberName | TextName> = ['rtt', 'bytesSent', 'bytesReceived', 'bytesAcked', 'bytesRetransmitted', 'cwnd'];

/** What health comes from, besides. */
const wantedForHealth: readonly NumberName[] = [
	'totalRetransmits', 'sendBufferLimited', 'lastDataSent', 'lastDataReceived', 'lastAckReceived', 'appLimited', 'drops',
];

/** All words, as a version of `ss` writes them. */
export const allWords = (version: Version): readonly Word[] => [...tcpWords, ...multipathWords(version)];

/** The words that a sample with these columns looks at, as a version of `ss` writes them. */
export const createWords = (columns: ReadonlySet<OptionalColumn>, version: Version): Words => {
	const wanted = new Set<string>([...alwaysWanted, ...(columns.has('verdict') ? wantedForHealth : []), ...columns]);
	const words = new Map(allWords(version).filter(({names}) => names.some(name => wanted.has(name))).map(word => [word.key, word]));
	const pattern = new RegExp(String.raw`\s(?:${words.keys().toArray().join('|')})(?=[:\s]|$)`, 'gv');
	const areNamesWanted = columns.has('congestion') || columns.has('ulp');
	const values: Values = {numbers: new Map(), texts: new Map()};
	return {
		read(text) {
			values.numbers.clear();
			values.texts.clear();
			pattern.lastIndex = 0;
			for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
				words.get(match[0].slice(1))?.read(values, text, pattern.lastIndex + 1);
			}

			if (areNamesWanted) {
				readNames(values, text);
			}

			return values;
		},
	};
};
