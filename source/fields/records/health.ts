import {healthColumns} from '../../table/health/columns.js';
import {
	problemsBySeverity,
	healthProblems,
	worseOf,
	type HealthProblemName,
	type HealthProblemRecord,
} from '../../table/health/problems.js';
import type {FieldRecord, Tone, FieldContext} from '../model/field.js';

/** The number of the problem that a row shows, and whether it is that of the other end. */
const shownProblem = ({table, isPerConnection}: FieldContext, slot: number): {readonly number: number; readonly isOfOther: boolean} => {
	const numbers = table.optional('healthProblem');
	const own = numbers?.[slot] ?? 0;
	const other = isPerConnection === true ? table.connections.otherEnd(slot) : -1;
	const worse = other === -1 ? own : worseOf(own, numbers?.[other] ?? 0);
	return {number: worse, isOfOther: worse !== own};
};

const healthProblemOf = (context: FieldContext, slot: number): HealthProblemRecord | undefined => healthProblems[shownProblem(context, slot).number];

/** `peer: not reading` in the row of the other end, if one row represents both. */
const ofOther = 'peer: ';

/** The colour role of a health problem. */
const toneOfHealthProblem = ({isSick, isGrave}: HealthProblemRecord): Tone => isSick ? (isGrave === true ? 'bad' : 'warning') : 'dim';

/** Position in the order of severity, by the number of the problem; NaN for none. */
const ranks = healthProblems.map((_, number) => problemsBySeverity.includes(number) ? problemsBySeverity.indexOf(number) : NaN);

const rankOf = (context: FieldContext, slot: number): number => ranks[shownProblem(context, slot).number];

/** Reads the ranks of many sockets. Without rows of connections, they are a column of the table; looking it up for each socket would take longer than reading it. */
const readRanks = (context: FieldContext, slots: Uint32Array, into: Float64Array): void => {
	const numbers = context.isPerConnection === true ? undefined : context.table.optional('healthProblem');
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const slot = slots[index];
		into[slot] = numbers === undefined ? rankOf(context, slot) : ranks[numbers[slot]];
	}
};

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

const shortText = (text: string): string => {
	const isOfOther = text.startsWith(ofOther);
	const word = isOfOther ? text.slice(ofOther.length) : text;
	return (isOfOther ? '⇄' : '') + (shortWords[word as HealthProblemName] ?? word);
};

const words = healthProblems.flatMap(healthProblem => healthProblem === undefined ? [] : [healthProblem.name]);

/** The health of a socket. */
export const healthFields: readonly FieldRecord[] = [
	{
		id: 'health',
		kind: 'text',
		title: 'Health',
		meaning: 'What is wrong with the socket, in one or two words, found by comparing samples (conntop help health); absent for a healthy socket.',
		width: {min: 6, max: ofOther.length + Math.max(...words.map(word => word.length))},
		importance: 40,
		isRare: true,
		shownFor: (_, tone) => tone !== 'dim',
		aliases: ['verdict'],
		columns: healthColumns,
		values: words,
		read(context, slot) {
			const {number, isOfOther} = shownProblem(context, slot);
			const name = healthProblems[number]?.name;
			return name === undefined ? undefined : (isOfOther ? ofOther + name : name);
		},
		tone(_, context, slot) {
			const healthProblem = healthProblemOf(context, slot);
			return healthProblem && toneOfHealthProblem(healthProblem);
		},
		forms: [shortText],
		// The worst problem comes first; notes are not problems.
		order: {key: rankOf, keys: readRanks},
	},
];
