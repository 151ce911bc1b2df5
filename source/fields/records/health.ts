import {healthColumns} from '../../table/health/columns.js';
import {
	problemsBySeverity,
	verdicts,
	type VerdictName,
	type VerdictRecord,
} from '../../table/health/verdicts.js';
import type {FieldRecord, Tone, World} from '../model/field.js';

const verdictOf = ({table}: World, slot: number): VerdictRecord | undefined => verdicts[table.optional('verdict')?.[slot] ?? 0];

/** The colour role of a health problem. */
const toneOfVerdict = ({isSick, isGrave}: VerdictRecord): Tone => isSick ? (isGrave === true ? 'bad' : 'warning') : 'dim';

/** Position in the order of severity, by the number of the problem; NaN for none. */
const ranks = verdicts.map((_, number) => problemsBySeverity.includes(number) ? problemsBySeverity.indexOf(number) : NaN);

/** Shorter words for a narrow column. */
const shortWords: Readonly<Partial<Record<VerdictName, string>>> = {
	'backlog full': 'backlog',
	'SYN unanswered': 'no reply',
	'CLOSE-WAIT leak': 'leak',
	'not reading': 'unread',
	'peer not reading': 'zero win',
	'send buffer': 'send buf',
	'app limited': 'app lim',
};

const words = verdicts.flatMap(verdict => verdict === undefined ? [] : [verdict.name]);

/** The health of a socket. */
export const healthFields: readonly FieldRecord[] = [
	{
		id: 'health',
		kind: 'text',
		title: 'Health',
		meaning: 'What is wrong with the socket, in one or two words, found by comparing samples (see health.md); absent for a healthy socket.',
		width: {min: 6, max: Math.max(...words.map(word => word.length))},
		importance: 40,
		isRare: true,
		shownFor: (_, tone) => tone !== 'dim',
		aliases: ['verdict'],
		columns: healthColumns,
		values: words,
		read: (world, slot) => verdictOf(world, slot)?.name,
		tone(_, world, slot) {
			const verdict = verdictOf(world, slot);
			return verdict && toneOfVerdict(verdict);
		},
		forms: [word => shortWords[word as VerdictName] ?? word],
		// The worst problem comes first; notes are not problems.
		order: {key: ({table}, slot) => ranks[table.optional('verdict')?.[slot] ?? 0]},
	},
];
