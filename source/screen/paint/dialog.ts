/** The dialog over the table that confirms an action, and the one that lists its results. */
import type {TargetProcess, TargetSocket} from '../../contract/acting.js';
import {formatClock} from '../../text/clock.js';
import {escapeText} from '../../text/escape.js';
import type {Style} from '../../text/paint.js';
import {alignLeft, textWidth} from '../../text/width.js';
import {wrapText} from '../../text/wrap.js';
import {countText, processName} from '../actions/acting.js';
import {withKeys} from '../keys/key-hints.js';
import {layoutOf} from '../state/layout.js';
import {piece} from '../look/segments.js';
import type {Lines, State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import type {Acting} from '../state/acting-slice.js';

const indent = '  ';

/** Between the two endpoints of a connection. */
const arrow = '→';

/** Wraps the parts of a text into lines. A part is cut only if it is wider than a line. */
const wrapParts = (parts: readonly string[], width: number): readonly string[] => {
	const lines: string[] = [];
	for (const part of parts) {
		const line = lines.at(-1);
		const joined = line === undefined ? indent + part : `${line}${line.endsWith(arrow) ? ' ' : '  '}${part}`;
		if (line !== undefined && textWidth(joined) <= width) {
			lines[lines.length - 1] = joined;
		} else {
			lines.push(indent + (line === undefined ? '' : indent) + part);
		}
	}

	return lines;
};

const socketParts = ({protocol, state, local, peer, cookie, owner}: TargetSocket): readonly string[] => [
	`${protocol} ${state}`,
	`${escapeText(local)} ${arrow}`,
	escapeText(peer),
	cookie === undefined ? 'no cookie' : `cookie ${cookie}`,
	owner === undefined ? 'no owner known' : `held by ${escapeText(owner)}`,
];

/** Local date and time. */
const startText = (time: number): string => `${new Date(time).toLocaleDateString('sv-SE')} ${formatClock(time)}`;

const processParts = (process: TargetProcess): readonly string[] => [
	processName(process),
	`pid ${process.pid}`,
	`started ${startText(process.startedAt)}`,
	`holds ${process.sockets === 1 ? 'one socket' : `${process.sockets} sockets`} of these`,
];

const count = (number: number, noun: string, plural: string): string => number === 1 ? `this ${noun}` : `these ${number} ${plural}`;

/** The question, the targets and the effect of the action. */
const question = (acting: Acting): {readonly title: string; readonly targets: ReadonlyArray<readonly string[]>; readonly effect: string} => {
	const {action, signal, chosen, targets} = acting;
	const {sockets = [], processes = []} = targets ?? {};
	if (action === 'close') {
		return {
			title: `Close ${count(sockets.length, 'socket', 'sockets')} in the kernel?`,
			targets: sockets.map(socket => socketParts(socket)),
			effect: 'A TCP connection is reset at both ends; its process gets an error and keeps running.',
		};
	}

	const selected = processes.filter(({pid}) => chosen.includes(pid));
	return {
		title: `Send ${signal} to ${count(selected.length, 'process', 'processes')}?`,
		targets: selected.map(process => processParts(process)),
		effect: signal === 'SIGKILL' ? 'The process ends immediately and cannot save anything.' : '',
	};
};

/** A line and its style: a target, more about it, a remark or an error. */
type Line = {readonly text: string; readonly style: 'target' | 'plain' | 'remark' | 'problem'};

type Dialog = {readonly title: string; readonly lines: readonly Line[]; readonly hint: string};

const dialogOf = ({acting, keyTable, size: {columns}}: State): Dialog => {
	if (acting === undefined) {
		return {title: '', lines: [], hint: ''};
	}

	const wrapped = (parts: readonly string[]): readonly string[] => wrapParts(parts, columns - 1);
	if (acting.outcomes !== undefined) {
		return {
			title: countText(acting.outcomes),
			lines: acting.outcomes.flatMap(({target, isDone, message}) => wrapped([`${escapeText(target)}:`, escapeText(message)])
				.map((text): Line => ({text, style: isDone ? 'plain' : 'problem'}))),
			hint: '{cancel}: back to the sockets',
		};
	}

	const {title, targets, effect} = question(acting);
	const gone = acting.targets?.gone ?? 0;
	return {
		title,
		lines: [
			...targets.flatMap(parts => wrapped(parts).map((text, index): Line => ({text, style: index === 0 ? 'target' : 'plain'}))),
			...(gone === 0 ? [] : [{text: `${indent}${gone === 1 ? 'One more has' : `${gone} more have`} already closed.`, style: 'remark'} as const]),
			...(effect === '' ? [] : wrapText(effect, columns - indent.length - 1).map((text): Line => ({text: indent + text, style: 'remark'}))),
		],
		hint: ['{confirm}: yes    {decline} or {cancel}: no', ...(keyTable.find('confirm', 'enter') === undefined ? ['(Enter does nothing)'] : [])].join(' '),
	};
};

/** Title, blank line, count of hidden lines, and hint. */
const otherLines = 4;

/** The lines of the dialog that fit. The list of targets can be scrolled. */
export const dialogLines = (state: State, theme: Theme, height: number): Lines => {
	const {title, lines, hint} = dialogOf(state);
	const styles: Readonly<Record<Line['style'], Style>> = {
		target: theme.strong, plain: theme.tones.plain, remark: theme.label, problem: theme.error,
	};
	const first = state.menuIndex;
	const shown = lines.slice(first, first + Math.max(1, height - otherLines));
	const hidden = lines.length - first - shown.length;
	return [
		[piece(alignLeft(` ${title}`, state.size.columns), theme.alert)],
		[],
		...shown.map(({text, style}) => [piece(text, styles[style])]),
		[piece(hidden > 0 ? `${indent}… ${hidden} more: arrow keys scroll` : (first > 0 ? `${indent}arrow keys scroll` : ''), theme.label)],
		[piece(indent + withKeys(hint, state.keyTable, state.mode), theme.strong)],
	].slice(0, height);
};

/** Scrolls by lines, within the bounds of the dialog. */
export const scrollDialog = (state: State, by: number): State => {
	const room = layoutOf(state).table + 1 - otherLines;
	return {...state, menuIndex: Math.max(0, Math.min(dialogOf(state).lines.length - Math.max(1, room), state.menuIndex + by))};
};
