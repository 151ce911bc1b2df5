/** Draws the chosen meters as lines of a given width. */
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

/** Minimum columns of a bar; a narrower one is not readable. */
const minBarWidth = 10;

/** Maximum columns of a graph. */
const maxGraphWidth = 30;

/** Counts as text, as many as fit. */
const countLine = (summary: Summary, width: number, theme: Theme): Line => {
	const counts = countsOf(summary);
	return counts.length === 0 ? [piece(cutEnd('no TCP or UDP socket', width), theme.label)] : joinFitting(counts.map(count => countSegments(count, theme)), piece('  '), width);
};

/** Counts as text and as a bar: the bar is on the second line if there are two, else in the rest of the first. `width` is that of the first line, `whole` that of the second. */
const barLines = (summary: Summary, [width, whole]: readonly [number, number], lines: number, theme: Theme): readonly Line[] => {
	const counts = countsOf(summary);
	const named = countLine(summary, width, theme);
	if (lines >= 2) {
		return [named, barSegments(counts, whole, theme)];
	}

	const room = width - widthOf(named) - 2;
	return [[...named, ...(room < minBarWidth ? [] : [piece('  '), ...barSegments(counts, room, theme)])]];
};

type Gauge = {readonly meter: GaugeMeter; readonly reading: Reading};

/** The gauges that have a value. */
const readGauges = (chosen: readonly GaugeMeter[], summary: Summary): readonly Gauge[] => chosen.flatMap((meter): Gauge[] => {
	const reading = meter.read(summary);
	return reading === undefined ? [] : [{meter, reading}];
});

/** Width of a gauge without its graph, including the blank before the graph. */
const textWidthOf = ({meter: {title, room, share}, reading: {value}}: Gauge): number => title.length + 1 + Math.max(room, value.length) + (share === 0 ? 0 : 1);

const gapOf = (width: number): number => width < 98 ? 2 : 3;

/** Columns reserved per graph share when gauges are distributed over lines. */
const minGraphWidth = 4;

/** Whether a gauge is always shown and therefore has a fixed position; others appear only when there is a problem. */
const isPlaced = ({room}: GaugeMeter): boolean => room > 0;

/**
Distributes gauges over lines by their usual widths, so that their values do not move them.

@param maxLines Maximum number of lines. If they do not suffice, the graphs are dropped first, then the last gauges.
*/
const packGauges = (placed: readonly GaugeMeter[], width: number, maxLines: number): ReadonlyArray<readonly GaugeMeter[]> => {
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

	const roomy = pack(minGraphWidth);
	return (roomy.length <= maxLines ? roomy : pack(0)).slice(0, maxLines);
};

const gaugeMeters = (ids: readonly string[]): readonly GaugeMeter[] => ids.flatMap(id => {
	const meter = findMeter(id);
	return meter?.kind === 'gauge' ? [meter] : [];
});

/** Whether the meters include the bar of states. */
export const hasBar = (ids: readonly string[]): boolean => ids.some(id => findMeter(id)?.kind === 'bar');

/** Number of header lines available for the bar and for gauges. */
export type MeterRoom = {readonly bar: 1 | 2; readonly gauges: number};

/** Number of lines that the chosen meters take at a width. It does not depend on their values. */
export const meterHeight = (ids: readonly string[], width: number, {bar, gauges}: MeterRoom): number =>
	(hasBar(ids) ? bar : 0) + packGauges(gaugeMeters(ids).filter(meter => isPlaced(meter)), width, gauges).length;

/** Share of a line that alarms (gauges that appear only when there is a problem) may take, whatever else is on it. */
const alarmShare = 0.4;

/** Draws the chosen meters in as many lines as `meterHeight` returns. */
export const meterLines = (ids: readonly string[], summary: Summary, width: number, {room, theme}: {readonly room: MeterRoom; readonly theme: Theme}): readonly Line[] => {
	const packed = packGauges(gaugeMeters(ids).filter(meter => isPlaced(meter)), width, room.gauges);
	// If the bar has its own line, the rest of the counts' line is free.
	const free = hasBar(ids) && room.bar >= 2 ? width - widthOf(countLine(summary, width, theme)) - 3 : 0;
	const alarmRoom = Math.max(free, Math.floor(width * alarmShare));
	const alarms = cutSegments(alarmSegments(ids, summary, theme, alarmRoom), alarmRoom);
	/** Puts the alarms at the right end of the first line. */
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

/** The alarms, each with as many whole words as fit into a width. */
export const alarmSegments = (ids: readonly string[], summary: Summary, theme: Theme, width: number): Line =>
	readGauges(gaugeMeters(ids).filter(meter => !isPlaced(meter)), summary).flatMap(({meter: {title}, reading: {value, words = [], tone = 'plain'}}, index) => [
		...(index === 0 ? [] : [piece(' '.repeat(3))]),
		piece(`${title} `, theme.label),
		piece(value, theme.tones[tone]),
		...wordSegments(words, width - textWidth(`${title} ${value}`), theme),
	]);

/** `: backlog full 1, loss 2`, or as many of these words as fit, followed by `…`. */
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

/** The gauges with a brief form, one group of segments each, without those whose value is unknown. */
export const briefGauges = (ids: readonly string[], summary: Summary, theme: Theme): readonly Line[] =>
	readGauges(gaugeMeters(ids).filter(({isBrief}) => isBrief), summary)
		.filter(({reading: {value}}) => value !== unknownValue)
		.map(({meter: {title}, reading: {value}}, index) => [piece(`${index === 0 ? ' ' : ''}${title} `, theme.label), piece(value, theme.strong)]);

/** One line of gauges; their graphs share the width that the texts leave. */
const gaugeLine = (gauges: readonly Gauge[], width: number, theme: Theme): Line => {
	const gap = gapOf(width);
	const texts = gauges.reduce((sum, gauge) => sum + textWidthOf(gauge), 0);
	const shares = gauges.reduce((sum, {meter: {share}}) => sum + share, 0);
	const unit = shares === 0 ? 0 : Math.floor((width - texts - (gap * (gauges.length - 1))) / shares);
	return cutSegments(gauges.flatMap((gauge, index) => [
		...(index === 0 ? [] : [piece(' '.repeat(gap))]),
		...gaugeSegments(gauge, Math.max(0, Math.min(maxGraphWidth, unit * gauge.meter.share)), theme),
	]), width);
};

const gaugeSegments = ({meter: {title, room, share, tone}, reading: {value, tone: valueTone, history}}: Gauge, graph: number, theme: Theme): Line => [
	piece(`${title} `, theme.label),
	piece(value, valueTone === undefined ? theme.strong : theme.tones[valueTone]),
	piece(' '.repeat(Math.max(0, room - value.length) + (share === 0 ? 0 : 1))),
	...(share === 0 ? [] : [piece(sparkline(history ?? [], graph), theme.tones[tone])]),
];
