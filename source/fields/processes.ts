import {cutMiddle} from '../text/width.js';
import type {Owner} from '../owners/owner.js';
import type {Field, World} from './field.js';
import {
	farOwnersOf,
	orderByOwner,
	ownersOf,
	pairText,
	shortenPair,
	shortOwners,
} from './owner-text.js';

const firstOwner = (world: World, slot: number): Owner | undefined => ownersOf(world, slot).at(0);

const processOrder = orderByOwner(ownersOf);

/** Where nobody is known for a socket, the far end counts: it is all that the text tells. */
const pairOrder = orderByOwner((world, slot) => {
	const owners = ownersOf(world, slot);
	return owners.length === 0 ? farOwnersOf(world, slot) : owners;
});

/** Who holds a socket. */
export const processFields: readonly Field[] = [
	{
		id: 'process',
		kind: 'text',
		title: 'Process',
		meaning: 'Name and number of the first process that holds the socket, and how many others hold it too; after ⇄ the same of the far end, if it is here.',
		width: {min: 10, max: 28},
		align: 'left',
		descending: false,
		aliases: ['proc', 'owner'],
		read: (world, slot) => pairText(shortOwners(ownersOf(world, slot)), shortOwners(farOwnersOf(world, slot))),
		tone: () => 'process',
		shorten: shortenPair,
		order: pairOrder,
	},
	{
		id: 'processes',
		kind: 'owners',
		title: 'Processes',
		meaning: 'All processes that hold the socket, by number and descriptor.',
		width: {min: 12, max: 60},
		align: 'left',
		descending: false,
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
		meaning: 'Number of the first process that holds the socket.',
		width: {min: 7, max: 7},
		align: 'right',
		descending: false,
		ss: 'pid',
		read: (world, slot) => firstOwner(world, slot)?.pid,
		tone: () => 'process',
	},
	{
		id: 'command',
		kind: 'text',
		title: 'Command',
		meaning: 'Name of the first process that holds the socket, as the kernel knows it (15 bytes).',
		width: {min: 8, max: 15},
		align: 'left',
		descending: false,
		aliases: ['comm', 'cmd', 'name'],
		read: (world, slot) => firstOwner(world, slot)?.name,
		tone: () => 'process',
		shorten: cutMiddle,
	},
];
