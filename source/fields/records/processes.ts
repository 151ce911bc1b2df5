import {cutMiddle} from '../../text/width.js';
import type {Owner} from '../../owners/owner.js';
import type {ProcessDetails} from '../../owners/process-details.js';
import type {FieldRecord, FieldContext} from '../model/field.js';
import {
	otherOwnersOf,
	orderByOwner,
	ownersOf,
	localProcess,
	pairNames,
	pairText,
	shortenPair,
	shortOwners,
} from '../model/owner-text.js';

const firstOwner = (context: FieldContext, slot: number): Owner | undefined => ownersOf(context, slot).at(0);

const firstDetails = (context: FieldContext, slot: number): ProcessDetails | undefined => {
	const owner = firstOwner(context, slot);
	return owner && context.processDetails?.(owner);
};

/** Reads a detail of each process that holds a socket. */
const ofAllDetails = (read: (details: ProcessDetails, context: FieldContext) => string | undefined) => (context: FieldContext, slot: number): readonly string[] =>
	ownersOf(context, slot).flatMap(owner => {
		const details = context.processDetails?.(owner);
		return (details && read(details, context)) ?? [];
	});

const userOf = ({uid}: ProcessDetails, context: FieldContext): string | undefined => uid === undefined ? undefined : context.userName(uid) ?? String(uid);

const processOrder = orderByOwner(ownersOf);

/** If the local process is unknown, the peer's process decides: the text then shows nothing else. */
const pairOrder = orderByOwner((context, slot) => {
	const owners = ownersOf(context, slot);
	return owners.length === 0 ? otherOwnersOf(context, slot) : owners;
});

/** The processes that hold a socket. */
export const processFields: readonly FieldRecord[] = [
	{
		id: 'process',
		kind: 'text',
		title: 'Process',
		shortTitle: 'Proc',
		meaning: 'Name and pid of the first process that holds the socket, and how many others hold it too; after ⇄, the same for the peer\'s socket if that is on this machine.',
		width: {min: 8, max: 40},
		importance: 80,
		aliases: ['proc', 'owner'],
		read: (context, slot) => pairText(shortOwners(context, ownersOf(context, slot)), shortOwners(context, otherOwnersOf(context, slot))),
		tone: () => 'process',
		shorten: shortenPair,
		forms: [pairNames, localProcess],
		bothEndsForm: 0,
		order: pairOrder,
	},
	{
		id: 'processes',
		kind: 'owners',
		title: 'Processes',
		meaning: 'All processes that hold the socket, with pid and descriptor.',
		width: {min: 12, max: 60},
		aliases: ['users', 'owners'],
		ss: 'users',
		read(context, slot) {
			const owners = ownersOf(context, slot);
			return owners.length === 0 ? undefined : owners;
		},
		order: processOrder,
	},
	{
		id: 'pid',
		kind: 'number',
		unit: 'none',
		title: 'PID',
		meaning: 'Pid of the first process that holds the socket.',
		width: {min: 7, max: 7},
		descending: false,
		ss: 'pid',
		read: (context, slot) => firstOwner(context, slot)?.pid,
		tone: () => 'process',
	},
	{
		id: 'comm',
		kind: 'text',
		title: 'Name',
		meaning: 'Name of the first process that holds the socket, as the kernel stores it (15 bytes).',
		width: {min: 8, max: 15},
		aliases: ['name'],
		read: (context, slot) => firstOwner(context, slot)?.name,
		tone: () => 'process',
		shorten: cutMiddle,
	},
	{
		id: 'command',
		kind: 'text',
		title: 'Command',
		meaning: 'Command line of the first process that holds the socket, at most 4096 bytes; kept after the process has ended.',
		width: {min: 12, max: 60},
		aliases: ['cmd', 'cmdline', 'args'],
		read: (context, slot) => firstDetails(context, slot)?.commandLine,
		readAll: ofAllDetails(({commandLine}) => commandLine),
		tone: () => 'process',
	},
	{
		id: 'processUser',
		kind: 'text',
		title: 'Runs as',
		meaning: 'Effective user of the first process that holds the socket; may differ from the user that the socket belongs to.',
		width: {min: 8, max: 16},
		aliases: ['euser'],
		read(context, slot) {
			const details = firstDetails(context, slot);
			return details && userOf(details, context);
		},
		readAll: ofAllDetails(userOf),
	},
];
