import {healthColumns} from '../../table/health/columns.js';
import {verdicts, type VerdictName, type VerdictRecord} from '../../table/health/verdicts.js';
import type {FieldRecord, Tone, World} from '../model/field.js';

const verdictOf = ({table}: World, slot: number): VerdictRecord | undefined => verdicts[table.optional('verdict')?.[slot] ?? 0];

/** The colour role of a health problem. */
const toneOfVerdict = ({name, isSick}: VerdictRecord): Tone => isSick ? (severe.has(name) ? 'bad' : 'warning') : 'dim';

/** With these problems connections fail, are dropped or stall. With the others they are only slow, or may fail later. */
const severe: ReadonlySet<VerdictName> = new Set<VerdictName>(['backlog full', 'SYN unanswered', 'loss']);

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
		aliases: ['verdict'],
		columns: healthColumns,
		values: words,
		read: (world, slot) => verdictOf(world, slot)?.name,
		tone(_, world, slot) {
			const verdict = verdictOf(world, slot);
			return verdict && toneOfVerdict(verdict);
		},
		// The worst problem comes first.
		order: {key: (world, slot) => verdictOf(world, slot) === undefined ? NaN : (world.table.optional('verdict')?.[slot] ?? NaN)},
	},
];
