import {cutMiddle} from '../../text/width.js';
import type {Owner} from '../../owners/owner.js';
import type {ProcessDetails} from '../../owners/process-details.js';
import type {FieldRecord, World} from '../model/field.js';
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

const firstOwner = (world: World, slot: number): Owner | undefined => ownersOf(world, slot).at(0);

const firstDetails = (world: World, slot: number): ProcessDetails | undefined => {
	const owner = firstOwner(world, slot);
	return owner && world.processDetails?.(owner);
};

/** Reads a detail of each process that holds a socket. */
const ofAllDetails = (read: (details: ProcessDetails, world: World) => string | undefined) => (world: World, slot: number): readonly string[] =>
	ownersOf(world, slot).flatMap(owner => {
		const details = world.processDetails?.(owner);
		return (details && read(details, world)) ?? [];
	});

const userOf = ({uid}: ProcessDetails, world: World): string | undefined => uid === undefined ? undefined : world.userName(uid) ?? String(uid);

const processOrder = orderByOwner(ownersOf);

/** If the local process is unknown, the peer's process decides: the text then shows nothing else. */
const pairOrder = orderByOwner((world, slot) => {
	const owners = ownersOf(world, slot);
	return owners.length === 0 ? otherOwnersOf(world, slot) : owners;
});

/** The processes that hold a socket. */
export const processFields: readonly FieldRecord[] = [
	{
		id: 'process',
		kind: 'text',
		title: 'Process',
		meaning: 'Name and pid of the first process that holds the socket, and how many others hold it too; after ⇄, the same for the peer\'s socket if that is on this machine.',
		width: {min: 8, max: 28},
		importance: 80,
		aliases: ['proc', 'owner'],
		read: (world, slot) => pairText(shortOwners(world, ownersOf(world, slot)), shortOwners(world, otherOwnersOf(world, slot))),
		tone: () => 'process',
		shorten: shortenPair,
		forms: [pairNames, localProcess],
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
		read(world, slot) {
			const owners = ownersOf(world, slot);
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
		read: (world, slot) => firstOwner(world, slot)?.pid,
		tone: () => 'process',
	},
	{
		id: 'comm',
		kind: 'text',
		title: 'Name',
		meaning: 'Name of the first process that holds the socket, as the kernel stores it (15 bytes).',
		width: {min: 8, max: 15},
		aliases: ['name'],
		read: (world, slot) => firstOwner(world, slot)?.name,
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
		read: (world, slot) => firstDetails(world, slot)?.commandLine,
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
		read(world, slot) {
			const details = firstDetails(world, slot);
			return details && userOf(details, world);
		},
		readAll: ofAllDetails(userOf),
	},
];
