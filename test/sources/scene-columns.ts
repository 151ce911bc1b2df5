/** What a scene tells of its sockets, and the test compares. */
import type {OptionalColumn} from '../../source/table/columns/columns.js';

/** What both sources fill in for every socket. */
export const coreNames = ['protocol', 'family', 'state', 'recvQ', 'sendQ', 'localPort', 'peerPort', 'interfaceIndex', 'inode', 'peerInode', 'timer'] as const;

export type SceneReport = {
	/** Of `ss`, with all its details, a line for each socket. */
	readonly text: string;
	/** Cells of the netlink source, and its columns, a record for each socket. */
	readonly sockets: readonly SceneSocket[];
};

type SceneSocket = {
	readonly core: Readonly<Record<(typeof coreNames)[number], number>>;
	readonly names: readonly string[];
	readonly cells: Readonly<Record<string, string>>;
	readonly columns: Readonly<Partial<Record<OptionalColumn, number>>>;
};

/** Columns of texts, which have other numbers in another table. */
export const textNames = ['localName', 'pendingConnections', 'packetFilter', 'packetReceiveRing', 'congestion', 'ulp'] as const;
