/**
The words of `ss -i` and `ss -m` that hold more than one number, or none.
*/
import {memoryColumns, type OptionalColumn} from '../../table/columns.js';
import {optionWords, windowScaleBit} from './info-words.js';
import {lane, type Row} from './row.js';
import {
	endOfDigits,
	findInWord,
	readBandwidth,
	readNumber,
	slash,
} from './scan.js';
import type {LaneWord, Word} from './words.js';

const rttLane = lane('rtt');
const varianceLane = lane('rttVariance');
const retransLane = lane('retransInFlight');
const totalRetransLane = lane('totalRetransmits');
const windowScaleLane = lane('windowScale');
const optionsLane = lane('tcpOptions');
const pacingLane = lane('pacingRate');
const maxPacingLane = lane('maxPacingRate');
const deliveryLane = lane('deliveryRate');

/** The second number of `1/2` or `1,2`, whose first starts at `at`. */
const secondNumber = (text: string, at: number): number => {
	const first = endOfDigits(text, at);
	return readNumber(text, first + 1);
};

/** Bits of `ss` to the kernel's bytes. */
const readRate = (text: string, at: number): number => Math.round(readBandwidth(text, at) / 8);

const addOption = (row: Row, bit: number): void => {
	row.values[optionsLane] = (Number.isNaN(row.values[optionsLane]) ? 0 : row.values[optionsLane]) | bit;
};

/** Reads `(r0,rb131072,…)`: members in a fixed order, the last of which may be missing. */
const readMemory = (letters: readonly string[], columns: readonly OptionalColumn[]): Word['read'] => {
	const members = columns.map((column, index) => ({position: lane(column), offset: letters[index].length + 1, key: letters[index]}));
	return (row, text, at) => {
		for (const {position, offset, key} of members) {
			if (!text.startsWith(key, at + 1)) {
				return;
			}

			row.values[position] = readNumber(text, at + offset);
			at = endOfDigits(text, at + offset);
		}
	};
};

/** These words, and the lanes that each fills. */
export const specialWords: readonly LaneWord[] = [
	{
		key: 'rtt',
		lanes: ['rtt', 'rttVariance'],
		read(row, text, at, end) {
			row.values[rttLane] = Math.round(readNumber(text, at) * 1000);
			const firstEnd = findInWord(text, at, end, slash);
			if (firstEnd !== -1) {
				row.values[varianceLane] = Math.round(readNumber(text, firstEnd + 1) * 1000);
			}
		},
	},
	{
		key: 'retrans',
		lanes: ['retransInFlight', 'totalRetransmits'],
		read(row, text, at) {
			row.values[retransLane] = readNumber(text, at);
			row.values[totalRetransLane] = secondNumber(text, at);
		},
	},
	{
		// What one sends with, then what one receives with: the low and the high half of the kernel's byte.
		key: 'wscale',
		lanes: ['windowScale', 'tcpOptions'],
		read(row, text, at) {
			row.values[windowScaleLane] = readNumber(text, at) | (secondNumber(text, at) << 4);
			addOption(row, windowScaleBit);
		},
	},
	{
		key: 'pacing_rate',
		lanes: ['pacingRate', 'maxPacingRate'],
		read(row, text, at, end) {
			row.values[pacingLane] = readRate(text, at);
			const firstEnd = findInWord(text, at, end, slash);
			if (firstEnd !== -1) {
				row.values[maxPacingLane] = readRate(text, firstEnd + 1);
			}
		},
	},
	{
		key: 'delivery_rate',
		lanes: ['deliveryRate'],
		read(row, text, at) {
			row.values[deliveryLane] = readRate(text, at);
		},
	},
	...optionWords.map(({word, bit}) => ({
		key: word,
		lanes: ['tcpOptions' as const],
		read(row: Row) {
			addOption(row, bit);
		},
	})),
	{key: 'skmem', lanes: memoryColumns, read: readMemory(['r', 'rb', 't', 'tb', 'f', 'w', 'o', 'bl', 'd'], memoryColumns)},
	// Kernels before 3.6. `w` and `t` are what `skmem:` calls so, too (`struct inet_diag_meminfo`).
	{key: 'mem', lanes: memoryColumns, read: readMemory(['r', 'w', 'f', 't'], ['receiveMemory', 'writeQueued', 'forwardAllocation', 'sendMemory'])},
];
