import type {SummaryPart} from '../query/query.js';
import {formatCount, formatRateWithUnit} from '../text/units.js';
import {unknownValue, type Meter} from './meter.js';

const rateText = (rate: number | undefined): string => rate === undefined ? unknownValue : formatRateWithUnit(rate);

/** A count per second: one decimal while it is small. */
const perSecond = (count: number): string => `${count > 0 && count < 9.95 ? count.toFixed(1) : Math.round(count)}/s`;

const all: Meter[] = [
	{
		id: 'states', kind: 'bar', title: 'States', meaning: 'Sockets by state and protocol, as numbers and as a bar.', isByDefault: true,
	},
	{
		id: 'opened',
		kind: 'gauge',
		title: 'Opened',
		meaning: 'Sockets opened per second.',
		isByDefault: true,
		room: 5,
		share: 1,
		tone: 'good',
		read: ({openedPerSecond, history}) => ({value: perSecond(openedPerSecond), history: history.opened}),
	},
	{
		id: 'closed',
		kind: 'gauge',
		title: 'Closed',
		meaning: 'Sockets closed per second.',
		isByDefault: true,
		room: 5,
		share: 1,
		tone: 'dim',
		read: ({closedPerSecond, history}) => ({value: perSecond(closedPerSecond), history: history.closed}),
	},
	{
		id: 'receive',
		kind: 'gauge',
		title: 'Rx',
		meaning: 'Payload that all TCP sockets receive per second.',
		isByDefault: true,
		isBrief: true,
		room: 9,
		share: 2,
		tone: 'receive',
		read: ({receiveRate, history}) => ({value: rateText(receiveRate), history: history.receiveRate}),
	},
	{
		id: 'send',
		kind: 'gauge',
		title: 'Tx',
		meaning: 'Payload that all TCP sockets send per second.',
		isByDefault: true,
		isBrief: true,
		room: 9,
		share: 2,
		tone: 'send',
		read: ({sendRate, history}) => ({value: rateText(sendRate), history: history.sendRate}),
	},
	{
		id: 'retransmits',
		kind: 'gauge',
		title: 'Retrans',
		meaning: 'Segments that all TCP connections send again per second.',
		needs: 'retransmits',
		room: 6,
		share: 1,
		tone: 'warning',
		read: ({retransmitsPerSecond, history}) => ({
			value: retransmitsPerSecond === undefined ? unknownValue : perSecond(retransmitsPerSecond),
			...(retransmitsPerSecond !== undefined && retransmitsPerSecond > 0 && {tone: 'warning'}),
			history: history.retransmits ?? [],
		}),
	},
	{
		id: 'backlogs',
		kind: 'gauge',
		title: 'Backlogs',
		meaning: 'Listeners whose accept queue is full, and those where it is filled to three quarters.',
		needs: 'backlogs',
		room: 14,
		share: 0,
		tone: 'plain',
		read({backlogs}) {
			const {full, near} = backlogs ?? {full: 0, near: 0};
			const words = [...(full > 0 ? [`${full} full`] : []), ...(near > 0 ? [`${near} near`] : [])];
			return {value: words.length === 0 ? 'free' : words.join(', '), ...(full > 0 ? {tone: 'bad'} : (near > 0 && {tone: 'warning'}))};
		},
	},
	{
		id: 'missed',
		kind: 'gauge',
		title: 'Missed',
		meaning: 'Sockets that came and went between two samples, per second: polls alone would have missed them, the kernel\'s news tell of them.',
		room: 5,
		share: 1,
		tone: 'notice',
		read: ({missedPerSecond, history}) => ({value: perSecond(missedPerSecond ?? 0), history: history.missed ?? []}),
		needs: 'missed',
	},
	{
		id: 'verdicts',
		kind: 'gauge',
		title: 'Problems',
		meaning: 'Sockets with which something is wrong, the worst first; not there while all are well.',
		isByDefault: true,
		needs: 'verdicts',
		room: 0,
		share: 0,
		tone: 'bad',
		read({verdicts = []}) {
			const total = verdicts.reduce((sum, {count}) => sum + count, 0);
			return total === 0
				? undefined
				: {
					value: formatCount(total),
					tone: verdicts.some(({isGrave}) => isGrave) ? 'bad' : 'warning',
					words: verdicts.map(({name, count, isGrave}) => ({text: `${name} ${formatCount(count)}`, tone: isGrave === true ? 'bad' : 'warning'})),
				};
		},
	},
];

/** All that the header can show, in the order in which it is offered. */
export const meters: readonly Meter[] = all;

/** Adds a meter to them: a test's own. */
export const addMeter = (meter: Meter): void => {
	all.push(meter);
};

/** Those that are shown unless a person chooses. */
export const defaultMeters: readonly string[] = meters.filter(({isByDefault}) => isByDefault).map(({id}) => id);

/** The meter with an id in any case. */
export const findMeter = (name: string): Meter | undefined => meters.find(({id}) => id === name.toLowerCase());

/** What the engine must count for meters. */
export const partsOf = (ids: readonly string[]): readonly SummaryPart[] => ids.flatMap(id => findMeter(id)?.needs ?? []);
