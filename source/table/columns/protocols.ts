/** How the ends of a socket are named: by address and port (`inet`), or by a text of the family's own. */
export type Domain = 'inet' | 'unix' | 'packet' | 'netlink' | 'vsock' | 'xdp' | 'tipc' | 'smc';

/** What socket(2) calls the type, where the protocol has but one. */
export type SocketType = 'stream' | 'dgram' | 'seqpacket' | 'raw' | 'rdm';

type ProtocolRecord = {
	/** The Netid of `ss`; what JSON and the filter language use. */
	readonly name: string;
	readonly domain: Domain;
	/** IPPROTO number that requests of inet_diag carry (`include/uapi/linux/in.h`); 0 for other families, which have none. */
	readonly ipProtocol: number;
	readonly type?: SocketType;
};

/**
The protocols that the table holds. The position is the number stored in the table's `protocol` column. Names that `ss` does not have (UDP-Lite, VSOCK's
SOCK_SEQPACKET, SMC) are made like those that it has.
*/
const records = [
	{
		name: 'tcp', domain: 'inet', ipProtocol: 6, type: 'stream',
	},
	{
		name: 'udp', domain: 'inet', ipProtocol: 17, type: 'dgram',
	},
	{
		name: 'u_str', domain: 'unix', ipProtocol: 0, type: 'stream',
	},
	{
		name: 'u_dgr', domain: 'unix', ipProtocol: 0, type: 'dgram',
	},
	{
		name: 'u_seq', domain: 'unix', ipProtocol: 0, type: 'seqpacket',
	},
	{
		name: 'raw', domain: 'inet', ipProtocol: 255, type: 'raw',
	},
	{
		name: 'p_raw', domain: 'packet', ipProtocol: 0, type: 'raw',
	},
	{
		name: 'p_dgr', domain: 'packet', ipProtocol: 0, type: 'dgram',
	},
	{name: 'nl', domain: 'netlink', ipProtocol: 0},
	{
		name: 'mptcp', domain: 'inet', ipProtocol: 262, type: 'stream',
	},
	{
		name: 'udplite', domain: 'inet', ipProtocol: 136, type: 'dgram',
	},
	{name: 'sctp', domain: 'inet', ipProtocol: 132},
	{
		name: 'dccp', domain: 'inet', ipProtocol: 33,
	},
	{
		name: 'v_str', domain: 'vsock', ipProtocol: 0, type: 'stream',
	},
	{
		name: 'v_dgr', domain: 'vsock', ipProtocol: 0, type: 'dgram',
	},
	{
		name: 'v_seq', domain: 'vsock', ipProtocol: 0, type: 'seqpacket',
	},
	{
		name: 'xdp', domain: 'xdp', ipProtocol: 0, type: 'raw',
	},
	{
		name: 'ti_st', domain: 'tipc', ipProtocol: 0, type: 'stream',
	},
	{
		name: 'ti_dg', domain: 'tipc', ipProtocol: 0, type: 'dgram',
	},
	{
		name: 'ti_sq', domain: 'tipc', ipProtocol: 0, type: 'seqpacket',
	},
	{
		name: 'ti_rd', domain: 'tipc', ipProtocol: 0, type: 'rdm',
	},
	{
		name: 'smc', domain: 'smc', ipProtocol: 0, type: 'stream',
	},
] as const satisfies readonly ProtocolRecord[];

export type ProtocolName = (typeof records)[number]['name'];

export const protocols: ReadonlyArray<ProtocolRecord & {readonly name: ProtocolName}> = records;

export const protocolNames: readonly ProtocolName[] = protocols.map(protocol => protocol.name);

/** The number of each protocol. */
export const Protocol = Object.fromEntries(protocolNames.map((name, number) => [name, number])) as Readonly<Record<ProtocolName, number>>;

/** The protocols that are shown when nobody names any. */
export const defaultProtocols = ['tcp', 'udp'] as const satisfies readonly ProtocolName[];

/** Protocols that people ask for together: by the words of `ss` for its tables. */
export const protocolGroups = {
	unix: ['u_str', 'u_dgr', 'u_seq'],
	packet: ['p_raw', 'p_dgr'],
	netlink: ['nl'],
	vsock: ['v_str', 'v_dgr', 'v_seq'],
	tipc: ['ti_st', 'ti_dg', 'ti_sq', 'ti_rd'],
} as const satisfies Readonly<Record<string, readonly ProtocolName[]>>;

/** The tables that people ask for, by the words of `ss` and of the options, and the protocols in each. */
export const protocolTables = {
	...protocolGroups,
	tcp: ['tcp'],
	udp: ['udp'],
	raw: ['raw'],
	sctp: ['sctp'],
	mptcp: ['mptcp'],
	dccp: ['dccp'],
	udplite: ['udplite'],
	smc: ['smc'],
	xdp: ['xdp'],
} as const satisfies Readonly<Record<string, readonly ProtocolName[]>>;

/** Whether the ends of a socket are addresses and ports of IP. SMC's are those of the TCP connection that it began with. */
const inetEnds: readonly boolean[] = protocols.map(({domain}) => domain === 'inet' || domain === 'smc');

export const hasInetEnds = (protocol: number): boolean => inetEnds[protocol];

/**
Set in the upper half of an identity that is not all cookie, because several sockets have the same one: connections of MPTCP, associations of SCTP. The
lower half is that of the cookie. The kernel counts cookies up from 1 and never comes that far.
*/
export const sharedCookieBit = 0x80_00_00_00;

/** Address families of the domains that are not inet. SMC sockets have that of the addresses that they show. */
export const domainFamilies = {
	unix: 1, netlink: 16, packet: 17, tipc: 30, vsock: 40, smc: 43, xdp: 44,
} as const satisfies Readonly<Record<Exclude<Domain, 'inet'>, number>>;
