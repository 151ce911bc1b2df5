import {healthColumns} from '../../table/health/columns.js';
import {
	problemsBySeverity,
	healthProblems,
	type HealthProblemName,
	type HealthProblemRecord,
} from '../../table/health/problems.js';
import type {FieldRecord, Tone, FieldContext} from '../model/field.js';

const healthProblemOf = ({table}: FieldContext, slot: number): HealthProblemRecord | undefined => healthProblems[table.optional('healthProblem')?.[slot] ?? 0];

/** The colour role of a health problem. */
const toneOfHealthProblem = ({isSick, isGrave}: HealthProblemRecord): Tone => isSick ? (isGrave === true ? 'bad' : 'warning') : 'dim';

/** Position in the order of severity, by the number of the problem; NaN for none. */
const ranks = healthProblems.map((_, number) => problemsBySeverity.includes(number) ? problemsBySeverity.indexOf(number) : NaN);

/** Shorter words for a narrow column. */
const shortWords: Readonly<Partial<Record<HealthProblemName, string>>> = {
	'backlog full': 'backlog',
	'SYN unanswered': 'no reply',
	'CLOSE-WAIT leak': 'leak',
	'not reading': 'unread',
	'peer not reading': 'zero win',
	'send buffer': 'send buf',
	'app limited': 'app lim',
	'few ports left': 'ports',
};

const words = healthProblems.flatMap(healthProblem => healthProblem === undefined ? [] : [healthProblem.name]);

/** The health of a socket. */
export const healthFields: readonly FieldRecord[] = [
	{
		id: 'health',
		kind: 'text',
		title: 'Health',
		meaning: 'What is wrong with the socket, in one or two words, found by comparing samples (conntop help health); absent for a healthy socket.',
		width: {min: 6, max: Math.max(...words.map(word => word.length))},
		importance: 40,
		isRare: true,
		shownFor: (_, tone) => tone !== 'dim',
		aliases: ['verdict'],
		columns: healthColumns,
		values: words,
		read: (context, slot) => healthProblemOf(context, slot)?.name,
		tone(_, context, slot) {
			const healthProblem = healthProblemOf(context, slot);
			return healthProblem && toneOfHealthProblem(healthProblem);
		},
		forms: [word => shortWords[word as HealthProblemName] ?? word],
		// The worst problem comes first; notes are not problems.
		order: {key: ({table}, slot) => ranks[table.optional('healthProblem')?.[slot] ?? 0]},
	},
];
