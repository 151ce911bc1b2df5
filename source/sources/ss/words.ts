/** The words in the details of a row. They are found with a pattern of the keys that a sample wants, so others cost nothing. */
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
	/** Parses the wanted words of a text. The next call overwrites the result. */
	readonly read: (text: string) => Values;
};

/** Columns that every sample needs: RTT, the payload counters, and a word that only connections have. */
const alwaysWanted: ReadonlyArray<NumberName | TextName> = ['rtt', 'bytesSent', 'bytesReceived', 'bytesAcked', 'bytesRetransmitted', 'cwnd'];

/** Further columns that health problems are based on. */
const wantedForHealth: readonly NumberName[] = [
	'totalRetransmits', 'sendBufferLimited', 'lastDataSent', 'lastDataReceived', 'lastAckReceived', 'appLimited', 'drops',
];

/** All words, in the format of a version of `ss`. */
export const allWords = (version: Version): readonly Word[] => [...tcpWords, ...multipathWords(version)];

/** The words for a sample with these columns, in the format of a version of `ss`. */
export const createWords = (columns: ReadonlySet<OptionalColumn>, version: Version): Words => {
	const wanted = new Set<string>([...alwaysWanted, ...(columns.has('healthProblem') ? wantedForHealth : []), ...columns]);
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
