import type {History, Summary} from '../engine/messages.js';
import type {Segment, Style} from '../text/paint.js';
import {sparkline} from '../text/sparkline.js';
import {formatRateWithUnit} from '../text/units.js';
import {escapeText} from '../text/escape.js';
import {
	barSegments,
	countSegments,
	countsOf,
	type Count,
} from './counts.js';
import {chips, isNarrowed} from './chips.js';
import {noticeSegments, samplingSegments} from './notices.js';
import {
	joinFitting,
	piece,
	spread,
	widthOf,
} from './segments.js';
import type {State} from './state.js';
import type {Theme} from './theme.js';

export type HeaderContext = {
	readonly theme: Theme;
	/** Name of the machine. */
	readonly hostname: string;
};

type Line = readonly Segment[];

const margin = piece(' ');

/** A narrower bar says nothing. Columns. */
const shortestBar = 10;

/** Longer graphs cost more than they tell: Ink measures each character of theirs several times. Columns. */
const longestGraph = 30;

/** The lines above the table, as many as the layout gives: from one line that tells the essential to five. */
export const headerLines = (state: State, context: HeaderContext, lines: number): readonly Line[] => {
	const {theme} = context;
	if (lines <= 2) {
		return [identityLine(state, context, true), compactLine(state, theme)].slice(0, lines);
	}

	const {columns} = state.size;
	const summary = state.view?.summary;
	if (summary === undefined) {
		return [identityLine(state, context, false), ...Array.from({length: lines - 1}, () => [])];
	}

	const counts = countsOf(summary);
	const inner = columns - 2;
	const named = joinFitting(counts.map(count => countSegments(count, theme)), piece('  '), inner);
	const barRoom = inner - widthOf(named) - 2;
	const states = lines >= 5
		? [[margin, ...named], [margin, ...barSegments(counts, inner, theme)]]
		: [[margin, ...named, ...(barRoom < shortestBar ? [] : [piece('  '), ...barSegments(counts, barRoom, theme)])]];
	return [identityLine(state, context, false), ...states, activityLine(summary, columns, theme), narrowingLine(state, theme)];
};

/** Program, machine, how many sockets; at the right, how they are sampled. */
const identityLine = (state: State, {theme, hostname}: HeaderContext, isSmall: boolean): Line => {
	const {view, size: {columns}} = state;
	const name = [margin, piece('conntop', theme.title)];
	const host = [piece('  '), piece(escapeText(hostname))];
	const counts: Segment[] = [];
	if (view !== undefined) {
		const known = Object.values(view.summary.protocols).reduce((sum, count) => sum + count, 0);
		counts.push(piece(' '.repeat(3)), piece(String(known), theme.strong), piece(known === 1 ? ' socket' : ' sockets', theme.label));
		if (isNarrowed(state)) {
			counts.push(piece(' '.repeat(3)), piece(String(view.matching), theme.strong), piece(' shown', theme.label));
		}
	}

	const sampling = samplingSegments(state, theme);
	const notices = isSmall ? noticeSegments(state, theme, 0) : [];
	const both = [...sampling, ...(notices.length === 0 || sampling.length === 0 ? [] : [piece(', ', theme.label)]), ...notices];
	const choices: ReadonlyArray<readonly [left: Line, right: Line]> = [
		[[...name, ...host, ...counts], both],
		[[...name, ...counts], both],
		[[...name, ...counts], notices.length === 0 ? sampling : notices],
	];
	const [left, right] = choices.find(([atLeft, atRight]) => widthOf(atLeft) + widthOf(atRight) + 3 <= columns) ?? choices[2];
	return spread(left, [...right, margin], columns);
};

/** What narrows the list, then the states and rates that there is room for. */
const compactLine = (state: State, theme: Theme): Line => {
	const {view, size: {columns}} = state;
	const groups = chips(state, theme);
	const summary = view?.summary;
	const facts = summary === undefined ? [] : [...rates(summary, theme), ...largestFirst(summary).map(count => countSegments(count, theme))];
	return [margin, ...joinFitting([...groups, ...facts], piece(' '), columns - 2)];
};

const largestFirst = (summary: Summary): readonly Count[] => countsOf(summary).toSorted((a, b) => b.count - a.count);

const rates = ({receiveRate, sendRate}: Summary, theme: Theme): readonly Line[] => receiveRate === undefined || sendRate === undefined
	? []
	: [
		[piece(' Rx ', theme.label), piece(formatRateWithUnit(receiveRate), theme.strong)],
		[piece('Tx ', theme.label), piece(formatRateWithUnit(sendRate), theme.strong)],
	];

/** Chips at the left, sentences at the right. */
const narrowingLine = (state: State, theme: Theme): Line => {
	const {columns} = state.size;
	const left = [margin, ...joinFitting(chips(state, theme), piece(' '), columns - 2)];
	const room = columns - widthOf(left) - 3;
	const right = noticeSegments(state, theme, room);
	return spread(left, right.length === 0 ? [] : [...right, margin], columns);
};

type Meter = {
	readonly label: string;
	readonly value: string;
	/** Columns of the longest value. */
	readonly room: number;
	/** Columns of the graph, in proportion to those of the others. */
	readonly share: number;
	readonly history: readonly number[];
	readonly style: Style;
};

/** Opened and closed per second, receive and send rate, each with how it went. */
const activityLine = (summary: Summary, columns: number, theme: Theme): Line => {
	const meters = metersOf(summary, summary.history, theme);
	const gap = columns < 100 ? 2 : 3;
	const texts = meters.reduce((width, {label, room}) => width + label.length + 1 + room + 1, 0);
	const shares = meters.reduce((sum, {share}) => sum + share, 0);
	const unit = Math.floor((columns - 2 - texts - gap * (meters.length - 1)) / shares);
	return [margin, ...meters.flatMap((meter, index) => [
		...(index === 0 ? [] : [piece(' '.repeat(gap))]),
		...meterSegments(meter, Math.max(0, Math.min(longestGraph, unit * meter.share)), theme),
	])];
};

const metersOf = (summary: Summary, history: History, theme: Theme): readonly Meter[] => [
	{
		label: 'Opened', value: perSecond(summary.openedPerSecond), room: 5, share: 1, history: history.opened, style: theme.tones.good,
	},
	{
		label: 'Closed', value: perSecond(summary.closedPerSecond), room: 5, share: 1, history: history.closed, style: theme.tones.dim,
	},
	{
		label: 'Rx', value: rateText(summary.receiveRate), room: 9, share: 2, history: history.receiveRate, style: theme.tones.receive,
	},
	{
		label: 'Tx', value: rateText(summary.sendRate), room: 9, share: 2, history: history.sendRate, style: theme.tones.send,
	},
];

const rateText = (rate: number | undefined): string => rate === undefined ? '-' : formatRateWithUnit(rate);

/** A count per second: one decimal while it is small. */
const perSecond = (count: number): string => `${count > 0 && count < 9.95 ? count.toFixed(1) : Math.round(count)}/s`;

const meterSegments = ({label, value, room, history, style}: Meter, width: number, theme: Theme): Line => [
	piece(`${label} `, theme.label),
	piece(value, theme.strong),
	piece(' '.repeat(Math.max(0, room - value.length) + 1)),
	piece(sparkline(history, width), style),
];
