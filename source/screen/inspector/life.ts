/** Inspector items for the states of a socket and their times. */
import type {Inspected, Life} from '../../contract/inspected.js';
import {formatClock} from '../../text/clock.js';
import {formatDuration} from '../../text/duration.js';
import {toneOfState} from '../meters/counts.js';
import type {Item} from './item.js';
import {closeFacts, spanText} from './close.js';

/** A time in ISO 8601, for the clipboard. */
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
			? 'The socket was in this state when conntop first saw it; the start is unknown.'
			: `When a sample or a destroy event first showed the state${isLast && closedAt === undefined ? ', and how long it has lasted' : ', and how long it lasted'}.`,
		tone: toneOfState(state),
	};
});

/** The states of a socket with times; for a closed one, also when and how it closed. */
export const lifeItems = (inspected: Inspected): readonly Item[] => {
	const {life, isGone} = inspected;
	const {closedAt, now, openedAt, isShortLived} = life;
	const facts = closeFacts(inspected).join(', ');
	const ended: readonly Item[] = facts === ''
		? []
		: [{
			key: 'ended',
			label: 'ended',
			text: facts,
			copy: facts,
			meaning: 'How the connection closed, what it had sent and received, and how long conntop saw it.',
			isProse: true,
			tone: 'bad',
		}];
	const closed: readonly Item[] = closedAt === undefined
		? []
		: [{
			key: 'closed',
			label: 'closed',
			text: `${formatClock(closedAt)}, ${formatDuration(Math.max(0, now - closedAt))} ago${isGone ? '; values from the last sample' : ''}`,
			copy: exact(closedAt),
			meaning: isShortLived
				? 'The socket opened and closed between two samples: all values are from its destroy event.'
				: 'When conntop learned that the socket had closed. The values are from the last sample, with the final counters if the kernel reported them.',
			tone: 'bad',
		}];
	const opened: readonly Item[] = openedAt === undefined || isShortLived
		? []
		: [{
			key: 'opened',
			label: 'first seen',
			text: `${life.isOlder ? 'before ' : ''}${formatClock(openedAt)}`,
			copy: exact(openedAt),
			meaning: life.isOlder ? 'The socket existed before conntop started.' : 'When a sample first had the socket.',
		}];
	return [...opened, ...stepItems(life), ...closed, ...ended];
};
