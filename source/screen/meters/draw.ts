/** Draws chosen meters into lines of a width. */
import type {Summary} from '../../contract/messages.js';
import type {Segment} from '../../text/paint.js';
import {sparkline} from '../../text/sparkline.js';
import {cutEnd, textWidth} from '../../text/width.js';
import {
	cutSegments,
	joinFitting,
	piece,
	spread,
	widthOf,
} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import {unknownValue, type GaugeMeter, type Reading} from '../../meters/meter.js';
import {findMeter} from '../../meters/meters.js';
import {barSegments, countSegments, countsOf} from './counts.js';

type Line = readonly Segment[];

/** A narrower bar says nothing. Columns. */
const shortestBar = 10;

/** Longer graphs cost more than they tell. Columns. */
const longestGraph = 30;

/** Counts as words, as many as fit. */
const countLine = (summary: Summary, width: number, theme: Theme): Line => {
	const counts = countsOf(summary);
	return counts.length === 0 ? [piece(cutEnd('no TCP or UDP socket', width), theme.label)] : joinFitting(counts.map(count => countSegments(count, theme)), piece('  '), width);
};

/** Counts as words, and as a bar: on a line of its own where there are two, else in what is left over. `widths` are those of the first line and of the second. */
const barLines = (summary: Summary, [width, whole]: readonly [number, number], lines: number, theme: Theme): readonly Line[] => {
	const counts = countsOf(summary);
	const named = countLine(summary, width, theme);
	if (lines >= 2) {
		return [named, barSegments(counts, whole, theme)];
	}

	const room = width - widthOf(named) - 2;
	return [[...named, ...(room < shortestBar ? [] : [piece('  '), ...barSegments(counts, room, theme)])]];
};

type Gauge = {readonly meter: GaugeMeter; readonly reading: Reading};

/** Those that have something to show. */
const readGauges = (chosen: readonly GaugeMeter[], summary: Summary): readonly Gauge[] => chosen.flatMap((meter): Gauge[] => {
	const reading = meter.read(summary);
	return reading === undefined ? [] : [{meter, reading}];
});

/** What a gauge takes without its graph, but with the blank before that. */
const textWidthOf = ({meter: {title, room, share}, reading: {value}}: Gauge): number => title.length + 1 + Math.max(room, value.length) + (share === 0 ? 0 : 1);

const gapOf = (width: number): number => width < 98 ? 2 : 3;

/** Columns that a graph should have before a line takes another gauge. */
const leastGraph = 4;

/** Those that are always there, and so have a place of their own. */
const isPlaced = ({room}: GaugeMeter): boolean => room > 0;

/**
Shares gauges out among lines, by their usual widths: what they show must not move them.

@param placed
@param width
@param most The lines that there may be. Where they do not suffice, the graphs give way first, then the last gauges.
*/
const packGauges = (placed: readonly GaugeMeter[], width: number, most: number): ReadonlyArray<readonly GaugeMeter[]> => {
	const gap = gapOf(width);
	const pack = (graph: number): GaugeMeter[][] => {
		const lines: GaugeMeter[][] = [];
		let left = 0;
		for (const meter of placed) {
			const needed = meter.title.length + 1 + meter.room + (meter.share === 0 ? 0 : 1 + (meter.share * graph));
			if (lines.length === 0 || needed > left) {
				lines.push([]);
				left = width;
			}

			lines.at(-1)?.push(meter);
			left -= needed + gap;
		}

		return lines;
	};

	const roomy = pack(leastGraph);
	return (roomy.length <= most ? roomy : pack(0)).slice(0, most);
};

const gaugeMeters = (ids: readonly string[]): readonly GaugeMeter[] => ids.flatMap(id => {
	const meter = findMeter(id);
	return meter?.kind === 'gauge' ? [meter] : [];
});

/** Whether the bar of states is among them. */
export const hasBar = (ids: readonly string[]): boolean => ids.some(id => findMeter(id)?.kind === 'bar');

/** Lines that a header may give to the bar and to gauges. */
export type MeterRoom = {readonly bar: 1 | 2; readonly gauges: number};

/** How many lines chosen meters take in a width. It does not depend on what they show. */
export const meterHeight = (ids: readonly string[], width: number, {bar, gauges}: MeterRoom): number =>
	(hasBar(ids) ? bar : 0) + packGauges(gaugeMeters(ids).filter(meter => isPlaced(meter)), width, gauges).length;

/** What is not there while all is well may take so much of a line, whatever else stands there. */
const alarmShare = 0.4;

/** Draws chosen meters, as many lines as `meterHeight` says. */
export const meterLines = (ids: readonly string[], summary: Summary, width: number, {room, theme}: {readonly room: MeterRoom; readonly theme: Theme}): readonly Line[] => {
	const packed = packGauges(gaugeMeters(ids).filter(meter => isPlaced(meter)), width, room.gauges);
	// Where counts have a line without a bar, what they leave of it is free.
	const free = hasBar(ids) && room.bar >= 2 ? width - widthOf(countLine(summary, width, theme)) - 3 : 0;
	const alarmRoom = Math.max(free, Math.floor(width * alarmShare));
	const alarms = cutSegments(alarmSegments(ids, summary, theme, alarmRoom), alarmRoom);
	/** The alarms stand at the right end of the first line. */
	const besideAlarms = (draw: (available: number) => readonly Line[]): readonly Line[] => {
		const [first = [], ...others] = draw(alarms.length === 0 ? width : width - widthOf(alarms) - 3);
		return [alarms.length === 0 ? first : spread(first, alarms, width), ...others];
	};

	const lines = [
		...(hasBar(ids) ? [(available: number) => barLines(summary, [available, width], room.bar, theme)] : []),
		...packed.map(line => (available: number) => [gaugeLine(readGauges(line, summary), available, theme)]),
	];
	return lines.flatMap((draw, index) => index === 0 ? besideAlarms(draw) : draw(width));
};

/** What is not there while all is well, each with as many whole words as fit into a width. */
export const alarmSegments = (ids: readonly string[], summary: Summary, theme: Theme, width: number): Line =>
	readGauges(gaugeMeters(ids).filter(meter => !isPlaced(meter)), summary).flatMap(({meter: {title}, reading: {value, words = [], tone = 'plain'}}, index) => [
		...(index === 0 ? [] : [piece(' '.repeat(3))]),
		piece(`${title} `, theme.label),
		piece(value, theme.tones[tone]),
		...wordSegments(words, width - textWidth(`${title} ${value}`), theme),
	]);

/** `: backlog full 1, loss 2`, or as many of these words as fit and `…`. */
const wordSegments = (words: NonNullable<Reading['words']>, room: number, theme: Theme): Line => {
	const more = ', …';
	const written = (count: number): number => textWidth(`: ${words.slice(0, count).map(({text}) => text).join(', ')}${count < words.length ? more : ''}`);
	let count = words.length;
	while (count > 0 && written(count) > room) {
		count--;
	}

	return count === 0
		? []
		: [
			...words.slice(0, count).flatMap(({text, tone}, index) => [piece(index === 0 ? ': ' : ', ', theme.label), piece(text, theme.tones[tone])]),
			...(count < words.length ? [piece(more, theme.label)] : []),
		];
};

/** Those that are shown in a few words, one group of pieces each; none whose value is unknown. */
export const briefGauges = (ids: readonly string[], summary: Summary, theme: Theme): readonly Line[] =>
	readGauges(gaugeMeters(ids).filter(({isBrief}) => isBrief), summary)
		.filter(({reading: {value}}) => value !== unknownValue)
		.map(({meter: {title}, reading: {value}}, index) => [piece(`${index === 0 ? ' ' : ''}${title} `, theme.label), piece(value, theme.strong)]);

/** One line of gauges, whose graphs share what their texts leave. */
const gaugeLine = (gauges: readonly Gauge[], width: number, theme: Theme): Line => {
	const gap = gapOf(width);
	const texts = gauges.reduce((sum, gauge) => sum + textWidthOf(gauge), 0);
	const shares = gauges.reduce((sum, {meter: {share}}) => sum + share, 0);
	const unit = shares === 0 ? 0 : Math.floor((width - texts - (gap * (gauges.length - 1))) / shares);
	return cutSegments(gauges.flatMap((gauge, index) => [
		...(index === 0 ? [] : [piece(' '.repeat(gap))]),
		...gaugeSegments(gauge, Math.max(0, Math.min(longestGraph, unit * gauge.meter.share)), theme),
	]), width);
};

const gaugeSegments = ({meter: {title, room, share, tone}, reading: {value, tone: valueTone, history}}: Gauge, graph: number, theme: Theme): Line => [
	piece(`${title} `, theme.label),
	piece(value, valueTone === undefined ? theme.strong : theme.tones[valueTone]),
	piece(' '.repeat(Math.max(0, room - value.length) + (share === 0 ? 0 : 1))),
	...(share === 0 ? [] : [piece(sparkline(history ?? [], graph), theme.tones[tone])]),
];
