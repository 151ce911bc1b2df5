/** The output of a scene about its sockets, for comparison by the test. */
import type {OptionalColumn} from '../../source/table/columns/columns.js';

/** The columns that both sources fill for every socket. */
export const coreNames = ['protocol', 'family', 'state', 'recvQ', 'sendQ', 'localPort', 'peerPort', 'interfaceIndex', 'inode', 'peerInode', 'timer'] as const;

export type SceneReport = {
	/** From `ss`, with all its details, one line per socket. */
	readonly text: string;
	/** Cells of the netlink source, and its columns, one record per socket. */
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
