/** Sentences for the person in front of the screen: how the sampling fares, and what is not shown. */
import type {Status} from '../engine/messages.js';
import {escapeText} from '../text/escape.js';
import type {Segment} from '../text/paint.js';
import {textWidth} from '../text/width.js';
import {piece} from './segments.js';
import type {State} from './state.js';
import type {Theme} from './theme.js';

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0))} s`;

const sourceNames: Readonly<Record<Status['source'], string>> = {netlink: 'netlink', ss: 'ss', file: 'recorded file'};

/** Where the sockets come from and how often: `netlink, every 1 s`. */
export const samplingSegments = ({view, paused}: State, theme: Theme): readonly Segment[] => {
	const pause = paused ? [piece(' PAUSED ', theme.alert)] : [];
	if (view === undefined) {
		return pause;
	}

	const {source, interval, intervalAsked} = view.status;
	const name = piece(sourceNames[source], theme.label);
	if (paused || source === 'file') {
		return [...pause, ...(paused ? [piece(' ')] : []), name];
	}

	return interval > intervalAsked * 1.05
		? [name, piece(', every '), piece(seconds(interval), theme.notice), piece(` (not ${seconds(intervalAsked)}: sampling is dear)`, theme.notice)]
		: [name, piece(`, every ${seconds(interval)}`, theme.label)];
};

/** What the person should know, the most urgent first, as much as fits. */
export const noticeSegments = ({view, notice}: State, theme: Theme, width: number): readonly Segment[] => {
	if (notice !== undefined) {
		return [piece(notice, theme.notice)];
	}

	if (view === undefined) {
		return [];
	}

	const {problems, fallback, hiddenOwners, privilege, hidden = []} = view.status;
	const sentences = [
		...problems.map(problem => piece(escapeText(problem), theme.error)),
		...(fallback === undefined ? [] : [piece(escapeText(fallback), theme.notice)]),
		...hidden.map(sentence => piece(sentence, theme.label)),
		...(hiddenOwners === 0 ? [] : [piece(hiddenText(hiddenOwners, width, privilege), theme.label)]),
	];
	return sentences.flatMap((sentence, index) => index === 0 ? [sentence] : [piece(' · ', theme.label), sentence]);
};

/** How many owners are hidden and what would show them, as exactly as there is room for. */
const hiddenText = (count: number, width: number, privilege: Status['privilege']): string => {
	const {sentence, word} = privilege ?? {sentence: 'run as root', word: 'root'};
	const hidden = `owners of ${count} socket${count === 1 ? '' : 's'} hidden`;
	const exact = `${hidden}: ${sentence}`;
	const plain = `${hidden}: ${word} shows them`;
	return [exact, plain].find(text => textWidth(text) <= width) ?? `${count} owners hidden: ${word}`;
};
