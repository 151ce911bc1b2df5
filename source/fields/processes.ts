import type {Owner} from '../owners/owner.js';
import {cutEnd, cutMiddle, textWidth} from '../text/width.js';
import type {Field, Order, World} from './field.js';
import {compareText, packText} from './text-order.js';

const ownersOf = (world: World, slot: number): readonly Owner[] => {
	const set = world.table.core.owners[slot];
	return set === 0 ? [] : world.owners.of(set);
};

const firstOwner = (world: World, slot: number): Owner | undefined => ownersOf(world, slot).at(0);

/** By name, then process. Strings are compared only where their first characters are equal. */
const processOrder: Order = {
	key(world, slot) {
		const owner = firstOwner(world, slot);
		return owner === undefined ? NaN : packText(owner.name);
	},
	compare(world, a, b) {
		const ownerA = firstOwner(world, a);
		const ownerB = firstOwner(world, b);
		const difference = compareText(ownerA?.name ?? '', ownerB?.name ?? '');
		return difference === 0 ? (ownerA?.pid ?? 0) - (ownerB?.pid ?? 0) : difference;
	},
};

/** `nginx/123`, and how many more processes hold the socket: `nginx/123 +2`. */
const shortOwners = (owners: readonly Owner[]): string | undefined => {
	const first = owners.at(0);
	if (first === undefined) {
		return undefined;
	}

	const others = new Set(owners.map(owner => owner.pid)).size - 1;
	return `${first.name}/${first.pid}${others === 0 ? '' : ` +${others}`}`;
};

/** Shortens the name and keeps what follows it, while some of the name is left. */
const shortenProcess = (text: string, width: number): string => {
	const end = text.lastIndexOf('/');
	const number = end === -1 ? '' : text.slice(end);
	const forName = width - textWidth(number);
	return textWidth(text) <= width || forName < 3 ? cutEnd(text, width) : cutEnd(text.slice(0, end), forName) + number;
};

/** Who holds a socket. */
export const processFields: readonly Field[] = [
	{
		id: 'process',
		kind: 'text',
		title: 'Process',
		meaning: 'Name and number of the first process that holds the socket, and how many others hold it too.',
		width: {min: 10, max: 28},
		align: 'left',
		descending: false,
		aliases: ['proc', 'owner'],
		read: (world, slot) => shortOwners(ownersOf(world, slot)),
		tone: () => 'process',
		shorten: shortenProcess,
		order: processOrder,
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
