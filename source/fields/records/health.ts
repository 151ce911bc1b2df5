import {healthColumns} from '../../table/health/columns.js';
import {
	problemsBySeverity,
	verdicts,
	type VerdictName,
	type VerdictRecord,
} from '../../table/health/verdicts.js';
import type {FieldRecord, Tone, World} from '../model/field.js';

const verdictOf = ({table}: World, slot: number): VerdictRecord | undefined => verdicts[table.optional('verdict')?.[slot] ?? 0];

/** The role of colour of a verdict. */
const toneOfVerdict = ({isSick, isGrave}: VerdictRecord): Tone => isSick ? (isGrave === true ? 'bad' : 'warning') : 'dim';

/** Place in the order of severity, by the number of the verdict; NaN where nothing is wrong. */
const ranks = verdicts.map((_, number) => problemsBySeverity.includes(number) ? problemsBySeverity.indexOf(number) : NaN);

/** The words for a narrow column. */
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

/** What is wrong with a socket. */
export const healthFields: readonly FieldRecord[] = [
	{
		id: 'health',
		kind: 'text',
		title: 'Health',
		meaning: 'What is wrong with the socket, in a word, from differences between samples (see health.md); healthy sockets have none.',
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
		// The worst first; what is but worth a word is no problem.
		order: {key: ({table}, slot) => ranks[table.optional('verdict')?.[slot] ?? 0]},
	},
];
