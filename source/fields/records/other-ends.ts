import {State} from '../../table/columns/states.js';
import {formatEndpoint, formatAddress} from '../../addresses/address.js';
import type {FieldRecord, World} from '../model/field.js';
import {isInet} from '../model/named-endpoints.js';
import {readText} from '../model/optional-text.js';
import {
	otherOwnersOf,
	orderByOwner,
	ownersOf,
	shortenProcess,
	shortOwners,
} from '../model/owner-text.js';
import {cookieText} from './identity.js';

const farOrder = orderByOwner(otherOwnersOf);

/** More clients than these are counted. */
const mostNamed = 16;

const clientText = (client: string, process: string | undefined): string => process === undefined ? client : `${client} (${process})`;

/** Those whose connections over IP wait at a listener. */
const inetClients = (world: World, slot: number): readonly string[] => {
	const {table: {core, pairs}} = world;
	return world.table.acceptQueues.waitingAt(slot).map(waiting => {
		const address = formatAddress(core.peerAddress, waiting * 16, core.family[waiting]);
		const far = pairs.farEnd(waiting);
		return clientText(formatEndpoint(address, core.peerPort[waiting]), far === -1 ? undefined : shortOwners(world, ownersOf(world, far)));
	});
};

/** Those whose UNIX connections wait: the kernel tells their inodes. */
const unixClients = (world: World, slot: number): readonly string[] =>
	(readText(world, slot, 'pendingConnections')?.split(' ') ?? []).map(inode => {
		const client = world.table.pairs.withInode(Number(inode));
		return clientText(inode, client === -1 ? undefined : shortOwners(world, ownersOf(world, client)));
	});

/** What is known of the other end of a connection when it lives on this machine, too. */
export const otherEndFields: readonly FieldRecord[] = [
	{
		id: 'peerProcess',
		kind: 'text',
		title: 'Far end',
		meaning: 'Name and number of the first process that holds the other end of the connection, where that is on this machine; kept when it has closed.',
		width: {min: 10, max: 28},
		aliases: ['farEnd', 'peerOwner'],
		read: (world, slot) => shortOwners(world, otherOwnersOf(world, slot)),
		tone: () => 'process',
		shorten: shortenProcess,
		order: farOrder,
	},
	{
		id: 'peerProcesses',
		kind: 'owners',
		title: 'Far ends',
		meaning: 'All processes that hold the other end of the connection, by number and descriptor.',
		width: {min: 12, max: 60},
		aliases: ['peerOwners'],
		read(world, slot) {
			const owners = otherOwnersOf(world, slot);
			return owners.length === 0 ? undefined : owners;
		},
		order: farOrder,
	},
	{
		id: 'peerCookie',
		kind: 'text',
		title: 'FarCookie',
		meaning: 'Cookie of the socket at the other end of the connection, where that is on this machine.',
		width: {min: 9, max: 16},
		align: 'right',
		isHexadecimal: true,
		read(world, slot) {
			const far = world.table.pairs.farEnd(slot);
			return far === -1 ? undefined : cookieText(world, far);
		},
		tone: () => 'dim',
	},
	{
		id: 'ends',
		kind: 'text',
		title: 'Ends',
		meaning: 'Says “both” where the other end of the connection is on this machine, too, or was until it closed; absent otherwise.',
		width: {min: 4, max: 4},
		values: ['both'],
		read: ({table}, slot) => table.pairs.isLocal(slot) ? 'both' : undefined,
	},
	{
		id: 'pendingClients',
		kind: 'text',
		title: 'Pending clients',
		meaning: 'Connections that wait for accept at this listener: address and port (UNIX: inode) of each client, and its process if that is on this machine. '
			+ 'Members of a SO_REUSEPORT group share them.',
		width: {min: 15, max: 60},
		columns: ['pendingConnections'],
		read(world, slot) {
			if (world.table.core.state[slot] !== State.listen) {
				return undefined;
			}

			const clients = isInet(world, slot) ? inetClients(world, slot) : unixClients(world, slot);
			const named = clients.slice(0, mostNamed).join(', ');
			return clients.length === 0 ? undefined : (clients.length > mostNamed ? `${named} +${clients.length - mostNamed}` : named);
		},
	},
];
