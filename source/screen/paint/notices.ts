/** Notices in the header: the state of sampling, and what is not shown. */
import type {Recent, Status} from '../../contract/messages.js';
import {escapeText} from '../../text/escape.js';
import type {Segment} from '../../text/paint.js';
import {formatMoment} from '../../text/moment.js';
import {textWidth} from '../../text/width.js';
import {withKeys} from '../keys/key-hints.js';
import {piece, widthOf} from '../look/segments.js';
import type {State} from '../state/state.js';
import type {Theme} from '../look/theme.js';

type Line = readonly Segment[];

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0))} s`;

/** Source and interval in three forms: in full (`netlink, every 1 s`), brief (`every 1 s`), and only what needs attention. */
export const samplingChoices = ({view, isPaused}: State, theme: Theme): readonly [full: Line, brief: Line, urgent: Line] => {
	const pause = isPaused ? [piece(' PAUSED ', theme.alert)] : [];
	if (view === undefined) {
		return [pause, pause, pause];
	}

	if (view.moment !== undefined) {
		const at = piece(` ${formatMoment(view.moment.time)} `, theme.alert);
		const {speed} = view.moment;
		const hint = piece(speed === undefined ? ' not now' : ` plays ${speed}×`, theme.notice);
		return [[...pause, at, hint], [...pause, at, ...(speed === undefined ? [] : [hint])], [...pause, at]];
	}

	const {source, interval, intervalAsked} = view.status;
	const name = piece(escapeText(source.title), theme.label);
	if (isPaused || source.pace === 'source') {
		return [[...pause, ...(isPaused ? [piece(' ')] : []), name], pause, pause];
	}

	if (isStretched(view.status)) {
		const stretched = [piece('every '), piece(seconds(interval), theme.notice)];
		return [[name, piece(', '), ...stretched, piece(` (not ${seconds(intervalAsked)}: sampling is expensive)`, theme.notice)], stretched, stretched];
	}

	const every = piece(`every ${seconds(interval)}`, theme.label);
	return [[name, piece(', ', theme.label), every], [every], []];
};

/** The notice about the last key, with the current keys filled in; undefined if there is none. */
export const keyNotice = ({notice, keyTable, mode}: State): string | undefined => notice === undefined ? undefined : withKeys(notice, keyTable, mode);

/** Status notices, the most urgent first, as many as fit. */
export const noticeSegments = ({view}: State, theme: Theme, width: number): readonly Segment[] => {
	if (view === undefined) {
		return [];
	}

	const {problems, fallback, hiddenOwners, privilege, hidden = [], recent: {shortLived, dropped = 0} = {}} = view.status;
	const sentences = [
		...problems.map(problem => piece(escapeText(problem), theme.error)),
		...(fallback === undefined ? [] : [piece(escapeText(fallback), theme.notice)]),
		...(dropped === 0 ? [] : [piece(droppedText(dropped, width), theme.notice)]),
		...hidden.map(sentence => piece(sentence, theme.label)),
		...(hiddenOwners === 0 ? [] : [piece(hiddenText(hiddenOwners, width, privilege), theme.label)]),
	];
	const joined = sentences.flatMap((sentence, index) => index === 0 ? [sentence] : [separator(theme), sentence]);
	const room = width - widthOf(joined) - (joined.length === 0 ? 0 : widthOf([separator(theme)]));
	const brief = shortLivedTexts(shortLived).find(text => textWidth(text) <= room);
	return brief === undefined ? joined : [...joined, ...(joined.length === 0 ? [] : [separator(theme)]), piece(brief, theme.label)];
};

/** The status notices in full. */
export const statusSentences = ({view}: Pick<State, 'view'>): readonly string[] => {
	if (view === undefined) {
		return [];
	}

	const {problems, fallback, hiddenOwners, privilege, hidden = [], recent: {shortLived, dropped = 0} = {}, interval, intervalAsked} = view.status;
	const width = Infinity;
	return [
		...problems.map(problem => escapeText(problem)),
		...(fallback === undefined ? [] : [escapeText(fallback)]),
		...(isStretched(view.status) ? [`every ${seconds(interval)}, not every ${seconds(intervalAsked)}: sampling is expensive`] : []),
		...(dropped === 0 ? [] : [droppedText(dropped, width)]),
		...hidden,
		...(hiddenOwners === 0 ? [] : [hiddenText(hiddenOwners, width, privilege)]),
		...shortLivedTexts(shortLived).slice(0, 1),
	];
};

const isStretched = ({interval, intervalAsked}: Status): boolean => interval > intervalAsked * 1.05;

const separator = (theme: Theme): Segment => piece(' · ', theme.label);

const droppedText = (count: number, width: number): string => {
	const dropped = `${count} destroy event${count === 1 ? '' : 's'} dropped`;
	const why = `${dropped}: they arrived faster than conntop could read`;
	return textWidth(why) <= width ? why : dropped;
};

/** Short-lived sockets, as texts from long to short. Not a problem, so it is dropped first if there is no room. */
const shortLivedTexts = (shortLived: Recent['shortLived']): readonly string[] => {
	if (shortLived === undefined) {
		return [];
	}

	const {count, port, atPort, process} = shortLived;
	const sockets = `${count} short-lived socket${count === 1 ? '' : 's'} in 10 s`;
	const few = `${count} short-lived`;
	if (port === 0) {
		return [sockets, few];
	}

	const share = atPort === count ? '' : `${atPort} of them `;
	const where = `, ${share}at port ${port}`;
	return [...(process === undefined ? [] : [`${sockets}${where} (${escapeText(process)})`]), sockets + where, `${few}${where}`, few];
};

/** The number of hidden owners and what would show them, in the longest form that fits. */
const hiddenText = (count: number, width: number, privilege: Status['privilege']): string => {
	const {sentence, word} = privilege ?? {sentence: 'run as root', word: 'root'};
	const hidden = `owners of ${count} socket${count === 1 ? '' : 's'} hidden`;
	const exact = `${hidden}: ${sentence}`;
	const plain = `${hidden}: ${word} shows them`;
	return [exact, plain].find(text => textWidth(text) <= width) ?? `${count} ${count === 1 ? 'owner' : 'owners'} hidden: ${word}`;
};
