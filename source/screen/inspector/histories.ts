/** Graphs of rates, round-trip time, congestion window and queues. */
import type {HistoryName, Inspected} from '../../contract/inspected.js';
import type {Tone} from '../../fields/model/field.js';
import {formatMilliseconds} from '../../text/duration.js';
import {formatBytes, formatCount, formatRateWithUnit} from '../../text/units.js';
import type {Item} from './item.js';

type Kind = {readonly label: string; readonly what: string; readonly tone: Tone; readonly format: (value: number) => string};

/** In display order. */
const kinds: Readonly<Record<HistoryName, Kind>> = {
	rxRate: {
		label: 'Receive', what: 'Bytes received per second', tone: 'receive', format: formatRateWithUnit,
	},
	txRate: {
		label: 'Send', what: 'Bytes sent per second', tone: 'send', format: formatRateWithUnit,
	},
	rtt: {
		label: 'RTT', what: 'Round-trip time', tone: 'notice', format: value => `${formatMilliseconds(value)} ms`,
	},
	cwnd: {
		label: 'Cong. window', what: 'Congestion window, in segments', tone: 'good', format: formatCount,
	},
	recvQ: {
		label: 'Recv-Q', what: 'Bytes that wait for the process; for a listener, connections', tone: 'warning', format: formatBytes,
	},
	sendQ: {
		label: 'Send-Q', what: 'Bytes that the peer has not acknowledged yet', tone: 'warning', format: formatBytes,
	},
};

const isKnown = (value: number): boolean => !Number.isNaN(value);

/** `now 1.2MB/s, max 3.4MB/s`: the newest value and the maximum. */
const describe = (numbers: readonly number[], format: Kind['format']): string => {
	const shown = (value: number): string => isKnown(value) ? format(value) : '-';
	const known = numbers.filter(value => isKnown(value));
	return `now ${shown(numbers.at(-1) ?? NaN)}, max ${shown(known.length === 0 ? NaN : Math.max(...known))}`;
};

/** The histories that have any value. For a listener, Send-Q is left out: it is the backlog limit, which does not change. */
export const historyItems = ({history, values}: Inspected): readonly Item[] => {
	const isListener = values.some(({id, value}) => id === 'state' && value === 'LISTEN');
	return Object.entries(kinds).flatMap(([name, {label, what, tone, format}]) => {
		const numbers = history[name as HistoryName];
		if (numbers.every(value => !isKnown(value)) || (isListener && name === 'sendQ')) {
			return [];
		}

		return [{
			key: `history:${name}`,
			label,
			text: describe(numbers, format),
			copy: numbers.map(value => isKnown(value) ? String(Math.round(value * 1000) / 1000) : '').join(' '),
			meaning: `${what}, one column per sample, the newest last; the top is the maximum. Blank where there is no sample. Copies all numbers.`,
			tone,
			graph: {values: numbers, describe: shown => describe(shown, format)},
		}];
	});
};
