import {State} from '../../table/columns/states.js';
import {formatEndpoint, formatAddress} from '../../addresses/address.js';
import type {FieldRecord, FieldContext} from '../model/field.js';
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

const otherOwnerOrder = orderByOwner(otherOwnersOf);

/** At most this many clients are named; the others are only counted. */
const maxNamed = 16;

const clientText = (client: string, process: string | undefined): string => process === undefined ? client : `${client} (${process})`;

/** The clients whose IP connections wait at a listener. */
const inetClients = (context: FieldContext, slot: number): readonly string[] => {
	const {table: {core, pairs}} = context;
	return context.table.acceptQueues.waitingAt(slot).map(waiting => {
		const address = formatAddress(core.peerAddress, waiting * 16, core.family[waiting]);
		const otherEnd = pairs.otherEnd(waiting);
		return clientText(formatEndpoint(address, core.peerPort[waiting]), otherEnd === -1 ? undefined : shortOwners(context, ownersOf(context, otherEnd)));
	});
};

/** The clients whose UNIX connections wait at a listener; the kernel reports their inodes. */
const unixClients = (context: FieldContext, slot: number): readonly string[] =>
	(readText(context, slot, 'pendingConnections')?.split(' ') ?? []).map(inode => {
		const client = context.table.pairs.withInode(Number(inode));
		return clientText(inode, client === -1 ? undefined : shortOwners(context, ownersOf(context, client)));
	});

/** What is known of the peer's socket if it is on this machine. */
export const otherEndFields: readonly FieldRecord[] = [
	{
		id: 'peerProcess',
		kind: 'text',
		title: 'Peer process',
		meaning: 'Name and pid of the first process that holds the peer\'s socket, if that is on this machine; kept after the socket has closed.',
		width: {min: 12, max: 28},
		aliases: ['farEnd', 'peerOwner'],
		read: (context, slot) => shortOwners(context, otherOwnersOf(context, slot)),
		tone: () => 'process',
		shorten: shortenProcess,
		order: otherOwnerOrder,
	},
	{
		id: 'peerProcesses',
		kind: 'owners',
		title: 'Peer processes',
		meaning: 'All processes that hold the peer\'s socket, with pid and descriptor.',
		width: {min: 14, max: 60},
		aliases: ['peerOwners'],
		read(context, slot) {
			const owners = otherOwnersOf(context, slot);
			return owners.length === 0 ? undefined : owners;
		},
		order: otherOwnerOrder,
	},
	{
		id: 'peerCookie',
		kind: 'text',
		title: 'PeerCookie',
		meaning: 'Cookie of the peer\'s socket, if that is on this machine.',
		width: {min: 10, max: 16},
		align: 'right',
		isHexadecimal: true,
		read(context, slot) {
			const otherEnd = context.table.pairs.otherEnd(slot);
			return otherEnd === -1 ? undefined : cookieText(context, otherEnd);
		},
		tone: () => 'dim',
	},
	{
		id: 'ends',
		kind: 'text',
		title: 'Ends',
		meaning: '“both” if the peer\'s socket is on this machine too, also after that socket has closed; otherwise absent.',
		width: {min: 4, max: 4},
		values: ['both'],
		read: ({table}, slot) => table.pairs.isLocal(slot) ? 'both' : undefined,
	},
	{
		id: 'pendingClients',
		kind: 'text',
		title: 'Pending clients',
		meaning: 'Connections that wait for accept at this listener: address and port (UNIX: inode) of each client, and its process if that is on this machine.'
			+ ' The members of a SO_REUSEPORT group share them.',
		width: {min: 15, max: 60},
		columns: ['pendingConnections'],
		read(context, slot) {
			if (context.table.core.state[slot] !== State.listen) {
				return undefined;
			}

			const clients = isInet(context, slot) ? inetClients(context, slot) : unixClients(context, slot);
			const named = clients.slice(0, maxNamed).join(', ');
			return clients.length === 0 ? undefined : (clients.length > maxNamed ? `${named} +${clients.length - maxNamed}` : named);
		},
	},
];
