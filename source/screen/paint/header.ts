import type {Summary} from '../../contract/messages.js';
import type {SourceFacts} from '../../sources/source-facts.js';
import type {Segment} from '../../text/paint.js';
import {escapeText} from '../../text/escape.js';
import {textWidth} from '../../text/width.js';
import {countSegments, countsOf, type Count} from '../meters/counts.js';
import {
	alarmSegments,
	briefGauges,
	hasBar,
	meterLines,
} from '../meters/draw.js';
import {
	joinFitting,
	piece,
	spread,
	widthOf,
} from '../look/segments.js';
import type {State} from '../state/state.js';
import {createTheme, type Theme} from '../look/theme.js';
import {isLow, meterRoom} from '../meters/header-height.js';
import {shownMeters} from '../state/choice-slice.js';
import {keyNotice, noticeSegments, samplingChoices} from './notices.js';
import {chips, isNarrowed} from './chips.js';
import {timelineSegments} from './timeline.js';

export type HeaderContext = {
	readonly theme: Theme;
};

type Line = readonly Segment[];

const margin = piece(' ');

/** The lines above the table, as many as the layout provides; on a low terminal, two lines with the most important facts. */
export const headerLines = (state: State, context: HeaderContext, lines: number): readonly Line[] => {
	const {theme} = context;
	if (isLow(state.size.rows)) {
		return [identityLine(state, context, true), compactLine(state, theme)].slice(0, lines);
	}

	const {columns} = state.size;
	const summary = state.view?.summary;
	if (summary === undefined) {
		return [identityLine(state, context, false), ...Array.from({length: lines - 1}, () => [])];
	}

	const {moment} = state.view ?? {};
	const timeline = moment === undefined ? [] : [timelineSegments(moment, columns, theme)];
	const drawn = meterLines(shownMeters(state), summary, columns - 2, {room: meterRoom(state.size.rows), theme});
	return [identityLine(state, context, false), ...drawn.map(line => [margin, ...line]), ...timeline, narrowingLine(state, theme)];
};

/** Program, machine and number of sockets; at the right, source and interval. */
const identityLine = (state: State, {theme}: HeaderContext, isSmall: boolean): Line => {
	const {size: {columns}} = state;
	const name = [margin, piece('conntop', theme.title)];
	const machine = state.view && machineName(state.view.status.source);
	const host = machine === undefined ? [] : [piece('  '), piece(escapeText(machine))];
	const counts = countsLine(state, theme);
	const [full, brief, urgent] = samplingChoices(state, theme);
	const notices = isSmall ? sentences(state, theme, 0) : [];
	const withNotices = (sampling: Line): Line => [...sampling, ...(sampling.length === 0 ? [] : [piece(', ', theme.label)]), ...notices];
	const rights: readonly Line[] = notices.length === 0 ? [full, brief, urgent] : [withNotices(full), withNotices(urgent)];
	const choices: ReadonlyArray<readonly [left: Line, right: Line]> = [
		[[...name, ...host, ...counts], rights[0]],
		...rights.map(right => [[...name, ...counts], right] as const),
	];
	const [left, right] = choices.find(([atLeft, atRight]) => widthOf(atLeft) + widthOf(atRight) + 3 <= columns) ?? [[...name, ...counts], rights.at(-1) ?? []];
	return spread(left, [...right, margin], columns);
};

/** Host name of the machine that the sockets belong to, or the file if the host name is unknown. */
const machineName = ({hostname, file}: SourceFacts): string | undefined => hostname ?? file;

/** The number of sockets, and how many of them are shown. */
const countsLine = (state: State, theme: Theme): Line => {
	if (state.view === undefined) {
		return [];
	}

	const {summary, matching, known: rows, knownRows} = state.view;
	const known = Object.values(summary.protocols).reduce((sum, count) => sum + count, 0);
	// Closed sockets keep their rows for a while. The journal has no such rows.
	const closed = state.view.journal === true ? 0 : rows - known;
	return [
		piece(' '.repeat(3)),
		piece(String(known), theme.strong),
		piece(known === 1 ? ' socket' : ' sockets', theme.label),
		...(closed <= 0 ? [] : [piece(`, ${closed} closed`, theme.label)]),
		...(knownRows === undefined || state.view.journal === true ? [] : [piece(closed > 0 ? ', in ' : ' in ', theme.label), piece(String(knownRows), theme.strong), piece(knownRows === 1 ? ' row' : ' rows', theme.label)]),
		...(isNarrowed(state) ? [piece(' '.repeat(3)), piece(String(matching), theme.strong), piece(' shown', theme.label)] : []),
	];
};

/** Widths do not depend on the theme. */
const unpainted = createTheme('none');

/** Width for notices in the header: on a low terminal beside name and counts, else beside the chips. */
export const noticeRoom = (state: State): number => {
	const {columns, rows} = state.size;
	const left = isLow(rows) ? [margin, piece('conntop'), ...countsLine(state, unpainted)] : chipsLine(state, unpainted);
	return columns - widthOf(left) - 3;
};

/** The notice about the last key, if it fits; else the status notices that fit into a width. */
const sentences = (state: State, theme: Theme, width: number): Line => {
	const notice = keyNotice(state);
	return notice !== undefined && textWidth(notice) <= noticeRoom(state) ? [piece(notice, theme.notice)] : noticeSegments(state, theme, width);
};

const chipsLine = (state: State, theme: Theme): Line => [margin, ...joinFitting(chips(state, theme), piece(' '), state.size.columns - 2)];

/** The chips, then as many states and rates as fit. */
const compactLine = (state: State, theme: Theme): Line => {
	const {view, size: {columns}} = state;
	const groups = chips(state, theme);
	const summary = view?.summary;
	const facts = summary === undefined ? [] : compactFacts(shownMeters(state), summary, theme);
	return [margin, ...joinFitting([...groups, ...facts], piece(' '), columns - 2)];
};

/** The shown meters in short form. */
const compactFacts = (ids: readonly string[], summary: Summary, theme: Theme): readonly Line[] => {
	const alarms = alarmSegments(ids, summary, theme, 0);
	return [
		...(alarms.length === 0 ? [] : [[piece(' '), ...alarms]]),
		...briefGauges(ids, summary, theme),
		...(hasBar(ids) ? largestFirst(summary).map(count => countSegments(count, theme)) : []),
	];
};

const largestFirst = (summary: Summary): readonly Count[] => countsOf(summary).toSorted((a, b) => b.count - a.count);

/** Chips at the left, notices at the right. */
const narrowingLine = (state: State, theme: Theme): Line => {
	const {columns} = state.size;
	const right = sentences(state, theme, noticeRoom(state));
	return spread(chipsLine(state, theme), right.length === 0 ? [] : [...right, margin], columns);
};
