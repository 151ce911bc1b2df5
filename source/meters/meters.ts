import type {SummaryPart} from '../query/query.js';
import {formatCount, formatRateWithUnit} from '../text/units.js';
import {unknownValue, type Meter} from './meter.js';

const rateText = (rate: number | undefined): string => rate === undefined ? unknownValue : formatRateWithUnit(rate);

/** A count per second, with one decimal if it is small. */
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
		meaning: 'Payload received per second, over all TCP sockets.',
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
		meaning: 'Payload sent per second, over all TCP sockets.',
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
		meaning: 'TCP segments retransmitted per second, over all connections.',
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
		meaning: 'Listeners whose accept queue is full, and those whose queue is at least three quarters full.',
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
		meaning: 'Short-lived sockets per second: they opened and closed between two samples, and only destroy events report them.',
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
		meaning: 'Sockets by health problem, worst first. Hidden while there are no problems.',
		isByDefault: true,
		needs: 'healthProblems',
		room: 0,
		share: 0,
		tone: 'bad',
		read({healthProblems = []}) {
			const total = healthProblems.reduce((sum, {count}) => sum + count, 0);
			return total === 0
				? undefined
				: {
					value: formatCount(total),
					tone: healthProblems.some(({isGrave}) => isGrave) ? 'bad' : 'warning',
					words: healthProblems.map(({name, count, isGrave}) => ({text: `${name} ${formatCount(count)}`, tone: isGrave === true ? 'bad' : 'warning'})),
				};
		},
	},
];

/** All meters, in the order of the setup screen. */
export const meters: readonly Meter[] = all;

/** Adds a meter, for tests. */
export const addMeter = (meter: Meter): void => {
	all.push(meter);
};

/** Ids of the meters that are shown by default. */
export const defaultMeters: readonly string[] = meters.filter(({isByDefault}) => isByDefault).map(({id}) => id);

/** The meter with an id, in upper or lower case. */
export const findMeter = (name: string): Meter | undefined => meters.find(({id}) => id === name.toLowerCase());

/** What the engine must count for these meters. */
export const partsOf = (ids: readonly string[]): readonly SummaryPart[] => ids.flatMap(id => findMeter(id)?.needs ?? []);
