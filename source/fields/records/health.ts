import {healthColumns} from '../../table/health/columns.js';
import {verdicts, type VerdictName, type VerdictRecord} from '../../table/health/verdicts.js';
import type {FieldRecord, Tone, World} from '../model/field.js';

const verdictOf = ({table}: World, slot: number): VerdictRecord | undefined => verdicts[table.optional('verdict')?.[slot] ?? 0];

/** The role of colour of a verdict. */
const toneOfVerdict = ({name, isSick}: VerdictRecord): Tone => isSick ? (grave.has(name) ? 'bad' : 'warning') : 'dim';

/** Connections fail, are dropped or stand; the others are slower than they could be, or will be a trouble. */
const grave: ReadonlySet<VerdictName> = new Set<VerdictName>(['backlog full', 'SYN unanswered', 'loss']);

const words = verdicts.flatMap(verdict => verdict === undefined ? [] : [verdict.name]);

/** What is wrong with a socket. */
export const healthFields: readonly FieldRecord[] = [
	{
		id: 'health',
		kind: 'text',
		title: 'Health',
		meaning: 'What is wrong with the socket, in a word, from differences between samples (conntop help health); healthy sockets have none.',
		width: {min: 6, max: Math.max(...words.map(word => word.length))},
		importance: 40,
		isRare: true,
		aliases: ['verdict'],
		columns: healthColumns,
		values: words,
		read: (world, slot) => verdictOf(world, slot)?.name,
		tone(_, world, slot) {
			const verdict = verdictOf(world, slot);
			return verdict && toneOfVerdict(verdict);
		},
		// The worst first.
		order: {key: (world, slot) => verdictOf(world, slot) === undefined ? NaN : (world.table.optional('verdict')?.[slot] ?? NaN)},
	},
];
