/** The states of a socket and their times, as items of the inspector. */
import type {Inspected, Life} from '../../contract/inspected.js';
import {formatClock} from '../../text/clock.js';
import {formatDuration} from '../../text/duration.js';
import {toneOfState} from '../meters/counts.js';
import type {Item} from './item.js';
import {endingFacts, spanText} from './ending.js';

/** A moment in full, for the clipboard. */
const exact = (moment: number): string => new Date(moment).toISOString();

const stepItems = ({steps, closedAt, now}: Life): readonly Item[] => steps.map(({state, since, isLeast}, index) => {
	const end = steps.at(index + 1)?.since ?? closedAt ?? now;
	const isLast = index === steps.length - 1;
	const span = isLast && closedAt === undefined ? formatDuration(Math.max(0, end - since)) : spanText(end - since);
	return {
		key: `state:${index}`,
		label: state,
		text: isLeast ? `before ${formatClock(since)}, for more than ${span}` : `${formatClock(since)}, for ${span}`,
		copy: `${state} ${exact(since)}`,
		meaning: isLeast
			? 'The socket was in this state when conntop first saw it: nobody knows since when.'
			: `When a sample, or the kernel's news, first showed the state${isLast && closedAt === undefined ? ', and how long it has lasted' : ', and how long it lasted'}.`,
		tone: toneOfState(state),
	};
});

/** What a socket was and is, with times; a closed one ends with that. */
export const lifeItems = (inspected: Inspected): readonly Item[] => {
	const {life, isGone} = inspected;
	const {closedAt, now, openedAt, isUnseen} = life;
	const facts = endingFacts(inspected).join(', ');
	const ended: readonly Item[] = facts === ''
		? []
		: [{
			key: 'ended',
			label: 'ended',
			text: facts,
			copy: facts,
			meaning: 'How the connection ended, what it had sent and received by then, and for how long conntop knew it.',
			isProse: true,
			tone: 'bad',
		}];
	const closed: readonly Item[] = closedAt === undefined
		? []
		: [{
			key: 'closed',
			label: 'closed',
			text: `${formatClock(closedAt)}, ${formatDuration(Math.max(0, now - closedAt))} ago${isGone ? '; this is what was known last' : ''}`,
			copy: exact(closedAt),
			meaning: isUnseen
				? 'The socket came and went between two samples: the kernel\'s news of its end tell all that is known.'
				: 'When conntop learnt that the socket is gone. The values are its last ones, with the final counters where the kernel told them.',
			tone: 'bad',
		}];
	const opened: readonly Item[] = openedAt === undefined || isUnseen
		? []
		: [{
			key: 'opened',
			label: 'first seen',
			text: `${life.isOlder ? 'before ' : ''}${formatClock(openedAt)}`,
			copy: exact(openedAt),
			meaning: life.isOlder ? 'The socket was there before conntop was.' : 'When the first sample had the socket.',
		}];
	return [...opened, ...stepItems(life), ...closed, ...ended];
};
