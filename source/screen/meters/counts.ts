/** How many sockets are in which state, as words and as a bar. */
import type {Summary} from '../../contract/messages.js';
import {stateTones} from '../../fields/records/identity.js';
import type {Tone} from '../../fields/model/field.js';
import {stateByName} from '../../table/columns/states.js';
import type {Segment} from '../../text/paint.js';
import {formatCount} from '../../text/units.js';
import {piece} from '../look/segments.js';
import type {Theme} from '../look/theme.js';

/** Sockets of one kind: TCP in one state, or all of another protocol. */
export type Count = {readonly name: string; readonly count: number; readonly tone: Tone};

/** Role of colour of a state, by its name. */
export const toneOfState = (name: string): Tone => stateTones[stateByName(name) ?? 0] ?? 'plain';

/** TCP by state, then the other protocols. */
export const countsOf = ({states, protocols}: Summary): readonly Count[] => [
	...states.map(({state, count}) => ({name: state, count, tone: toneOfState(state)})),
	...Object.entries(protocols)
		.filter(([name, count]) => name !== 'tcp' && count > 0)
		.map(([name, count]): Count => ({name: name.toUpperCase(), count, tone: 'plain'})),
];

/** `ESTAB 57`. */
export const countSegments = ({name, count, tone}: Count, theme: Theme): readonly Segment[] => [
	piece(`${name} `, theme.tones[tone]),
	piece(formatCount(count), theme.strong),
];

/** What a bar is made of where there are no colours to tell its parts. */
const monochromeFill: Readonly<Record<string, string>> = {
	good: '#', notice: '=', dim: '.', warning: '!', bad: '!',
};

/** A bar of exactly `width` columns, each kind of sockets with its share; what exists is never invisible while there is room. */
export const barSegments = (counts: readonly Count[], width: number, theme: Theme): readonly Segment[] => {
	if (counts.length === 0) {
		return [piece((theme.level === 'colours' ? '▀' : '.').repeat(Math.max(0, width)), theme.tones.dim)];
	}

	const lengths = shareOut(counts.map(({count}) => count), width);
	return counts.map(({tone}, index) => {
		const fill = theme.level === 'colours' ? '▀' : (monochromeFill[tone] ?? '-');
		return piece(fill.repeat(lengths[index]), theme.tones[tone]);
	});
};

/** Whole shares of a width in proportion to the counts, one at least for each that is not zero, as long as the width suffices. */
export const shareOut = (counts: readonly number[], width: number): readonly number[] => {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0 || width <= 0) {
		return counts.map(() => 0);
	}

	const exact = counts.map(count => count / total * width);
	const shares = exact.map(share => share === 0 ? 0 : Math.max(1, Math.floor(share)));
	let left = width - shares.reduce((sum, share) => sum + share, 0);
	while (left !== 0) {
		// What is missing goes where most was cut off, what is too much comes from where most was added.
		const step = Math.sign(left);
		let best = -1;
		for (const [index, share] of shares.entries()) {
			const gain = (exact[index] - share) * step;
			const isOpen = exact[index] > 0 && (step > 0 || share > 1 || width < counts.length);
			if (isOpen && share + step >= 0 && (best === -1 || gain > (exact[best] - shares[best]) * step)) {
				best = index;
			}
		}

		if (best === -1) {
			break;
		}

		shares[best] += step;
		left -= step;
	}

	return shares;
};
