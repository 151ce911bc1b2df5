/** Paints the inspector. */
import {shortenEndpoint} from '../../addresses/address.js';
import {formatDuration} from '../../text/duration.js';
import {escapeText} from '../../text/escape.js';
import {graphLines} from '../../text/graph.js';
import {plain, type Segment, type Style} from '../../text/paint.js';
import {alignLeft, cutEnd, textWidth} from '../../text/width.js';
import {wrapInto, wrapText} from '../../text/wrap.js';
import type {Inspected} from '../../contract/inspected.js';
import {toneOfState} from '../meters/counts.js';
import {withKeys} from '../keys/key-hints.js';
import {minMeaningWidth} from '../state/layout.js';
import {
	cutSegments,
	piece,
	spreadFitting,
	widthOf,
} from '../look/segments.js';
import type {State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {closeSentences} from '../inspector/close.js';
import type {Item} from '../inspector/item.js';
import {
	columnGap,
	indent,
	labelWidth,
	roomFor,
	type Page,
	type PlacedLine,
} from '../inspector/place.js';
import {
	inspectedIn,
	linesBelow,
	offsetOf,
	pageOf,
	selectedIndexOf,
	roomOf,
} from '../inspector/page.js';
import {samplingChoices} from './notices.js';

type Line = readonly Segment[];

/** Width of a value that has its meaning beside it. */
const valueWidth = 18;

/** Width of a bar, which leaves room for its figures: `100%, 121.7KB of 128.0KB`. */
const barWidthIn = (room: number): number => Math.max(0, Math.min(20, room - 26));

/** Width of the text beside a graph with a space before it: `now 123.4KB/s, max 123.4KB/s`. */
const graphTextWidth = 31;

/** All lines but the footer. */
export const inspectorLines = (state: State, theme: Theme): readonly Line[] => {
	const {size: {columns}} = state;
	const inspected = inspectedIn(state);
	const page = pageOf(state);
	const room = roomOf(state);
	if (inspected === undefined || page === undefined) {
		return [titleLine([piece(' Inspector')], state, theme), [], [piece(' Reading…', theme.label)], ...blank(room + linesBelow - 2)];
	}

	const selected = selectedIndexOf(page, state);
	const offset = offsetOf(page, state);
	const lines = Array.from({length: room}, (_, index) => pageLine(page, offset + index, selected, theme));
	return [
		titleLine(identity(inspected, columns), state, theme),
		summaryLine(inspected, page, state, theme),
		...lines,
		...meaningLines(page.items.at(selected)?.item, state, theme),
	].map(line => cutSegments(line, columns));
};

const blank = (count: number): readonly Line[] => Array.from({length: Math.max(0, count)}, () => []);

const textOf = ({values}: Inspected, id: string): string => {
	const value = values.find(each => each.id === id)?.value;
	return typeof value === 'string' ? escapeText(value) : '';
};

/** Protocol and endpoints. If they do not fit, both endpoints are shortened as in the table. */
const identity = (inspected: Inspected, columns: number): Line => {
	const [protocol, local, peer] = ['protocol', 'local', 'peer'].map(id => textOf(inspected, id));
	if (protocol === '') {
		return [piece(' A socket that nothing is known of any more')];
	}

	const hasPeer = peer !== '' && textOf(inspected, 'state') !== 'LISTEN';
	const [start, link] = [` ${protocol} `, hasPeer ? ' ⇄ ' : ''];
	const room = columns - textWidth(start + link);
	const ends = hasPeer ? [local, peer] : [local];
	const isFitting = textWidth(ends.join('')) <= room;
	return [piece(start + ends.map(end => isFitting ? end : shortenEndpoint(end, Math.floor(room / ends.length))).join(link))];
};

const titleLine = (left: Line, state: State, theme: Theme): Line => {
	const choices = samplingChoices(state, theme).map(sampling => sampling.length === 0 ? [] : [...sampling, piece(' ')]);
	return spreadFitting(left, choices, state.size.columns).map(({text}) => piece(text, theme.heading));
};

/** The state of the socket, or its close reason. At the right, which lines of the page are visible. */
const summaryLine = (inspected: Inspected, page: Page, state: State, theme: Theme): Line => {
	const {size: {columns}} = state;
	const offset = offsetOf(page, state);
	const room = roomOf(state);
	const lines = `${offset + 1}-${Math.min(page.height, offset + room)} of ${page.height} `;
	const where = page.height <= room ? [[]] : [`lines ${lines}`, lines].map(text => [piece(text, theme.label)]);
	const sentences = closeSentences(inspected);
	const sentence = sentences.find(text => textWidth(text) + 2 + widthOf(where.at(-1) ?? []) <= columns) ?? sentences.at(-1);
	const stateName = textOf(inspected, 'state');
	const {life, health} = inspected;
	const since = life.steps.at(-1)?.since;
	const process = textOf(inspected, 'process');
	const left = sentence === undefined
		? [
			piece(' '),
			piece(stateName, theme.tones[toneOfState(stateName)]),
			...(since === undefined ? [] : [piece(` for ${formatDuration(Math.max(0, life.now - since))}${life.steps.at(-1)?.isLeast ? '+' : ''}`)]),
			...(health === undefined ? [] : [piece('  '), piece(health.healthProblem, theme.tones[health.tone ?? 'plain'])]),
			...(process === '' ? [] : [piece('  '), piece(process, theme.strong)]),
		]
		: [piece(' '), piece(sentence, theme.tones.bad)];
	return spreadFitting(left, where, columns);
};

const titleSegments = (text: string, width: number, theme: Theme): Line => {
	const title = cutEnd(text, width - 1);
	const rule = Math.max(0, width - textWidth(title) - 1);
	return [piece(title, theme.strong), piece(` ${(theme.level === 'none' ? '-' : '─').repeat(rule)}`, theme.label)];
};

/** One line of the page, across all columns. */
const pageLine = (page: Page, line: number, selected: number, theme: Theme): Line => page.columns.flatMap((lines, column) => {
	const segments = lineSegments(page, lines.at(line) ?? {kind: 'blank'}, selected, theme);
	const shown = cutSegments(segments, page.width);
	const between = page.width - widthOf(shown) + columnGap;
	return column === page.columns.length - 1 ? shown : [...shown, piece(' '.repeat(Math.max(0, between)))];
});

const lineSegments = (page: Page, line: PlacedLine, selected: number, theme: Theme): Line => {
	switch (line.kind) {
		case 'blank': {
			return [];
		}

		case 'title': {
			return titleSegments(line.text, page.width, theme);
		}

		case 'item': {
			const {item} = page.items[line.index];
			const isSelected = line.index === selected;
			return isSelected && line.part === 0 ? selectedLine(item, page, theme) : itemLine(item, line.part, page, theme);
		}
	}
};

/** The line under the cursor, in one style. */
const selectedLine = (item: Item, page: Page, theme: Theme): Line => {
	const text = itemLine(item, 0, page, theme).map(segment => segment.text).join('');
	return [piece(alignLeft(theme.level === 'none' ? `>${text.slice(1)}` : text, page.width), theme.selected)];
};

const itemLine = (item: Item, part: number, {width, graphHeight}: Page, theme: Theme): Line => {
	const {label, text, tone, graph, isProse, share} = item;
	const style = theme.tones[tone ?? 'plain'];
	const room = roomFor(width);
	const head = [piece(' '.repeat(indent)), piece(alignLeft(part === 0 ? label : '', labelWidth), theme.label), piece(' ')];
	if (isProse) {
		return [...head, piece(wrapText(text, room).at(part) ?? '', tone === undefined ? theme.label : style)];
	}

	if (graph !== undefined) {
		const graphWidth = graphHeight === 0 ? Math.max(0, room - graphTextWidth) : width - indent;
		const lines = graphFromLeft(graph.values, graphWidth, Math.max(1, graphHeight));
		const described = piece(graph.describe(graphWidth === 0 ? graph.values.slice(-1) : graph.values.slice(-graphWidth)));
		if (graphHeight === 0) {
			return [...head, piece(lines[0], style), piece(' '), described];
		}

		return part === 0 ? [...head, described] : [piece(' '.repeat(indent)), piece(lines[part - 1], style)];
	}

	return share === undefined ? [...head, ...valueAndMeaning(item, room, theme)] : [...head, ...bar(share, barWidthIn(room), style, theme), piece(` ${text}`)];
};

/** A graph that begins beside its label, with the first sample; once it has no more room, the newest are at the right. */
const graphFromLeft = (values: readonly number[], width: number, height: number): readonly string[] => {
	const first = values.findIndex(value => !Number.isNaN(value));
	const shown = width === 0 || first === -1 ? [] : values.slice(Math.max(first, values.length - width));
	return graphLines(shown, shown.length, height).map(line => line.padEnd(width));
};

/** A value, with its meaning beside it if the value is short and there is room. */
const valueAndMeaning = ({text, meaning, tone}: Item, room: number, theme: Theme): Line => {
	const style = theme.tones[tone ?? 'plain'];
	const left = room - valueWidth - 1;
	return textWidth(text) > valueWidth || left < minMeaningWidth
		? [piece(cutEnd(text, room), style)]
		: [piece(text, style), piece(' '.repeat(valueWidth + 1 - textWidth(text))), piece(cutEnd(meaning.replace(/ \[[^\]]*\]$/v, ''), left), theme.label)];
};

/** A bar. A share above 0 fills at least one column. */
const bar = (share: number, width: number, style: Style, theme: Theme): Line => {
	const filled = share === 0 ? 0 : Math.min(width, Math.max(1, Math.round(share * width)));
	const [full, empty] = theme.level === 'colours' ? ['█', '░'] : ['#', '.'];
	return [piece(full.repeat(filled), style), piece(empty.repeat(width - filled), theme.label)];
};

/** The full meaning of the selected value, or the notice about the last key. Repeats a value that may be cut in its line. */
const meaningLines = (item: Item | undefined, {notice, keyTable, mode, size: {columns}}: State, theme: Theme): readonly Line[] => {
	const width = columns - 2;
	const isLong = item !== undefined && item.isProse === undefined && textWidth(item.text) > valueWidth && item.share === undefined && item.graph === undefined;
	const message = notice === undefined ? undefined : withKeys(notice, keyTable, mode);
	const text = message ?? (item === undefined ? '' : `${isLong ? `${item.text}: ` : ''}${item.meaning}`);
	const [first = '', second = ''] = wrapInto(text, width, 2);
	const style = notice === undefined ? plain : theme.notice;
	return [first, second].map(line => [piece(` ${line}`, style)]);
};
