/** How the endpoints of a socket are named: by address and port (`inet`), or by a text that is specific to the family. */
export type Domain = 'inet' | 'unix' | 'packet' | 'netlink' | 'vsock' | 'xdp' | 'tipc' | 'smc';

/** The type in socket(2), if the protocol has only one. */
export type SocketType = 'stream' | 'dgram' | 'seqpacket' | 'raw' | 'rdm';

type ProtocolRecord = {
	/** The Netid of `ss`; also used in JSON and in the filter language. */
	readonly name: string;
	readonly domain: Domain;
	/** IPPROTO number for requests of inet_diag (`include/uapi/linux/in.h`); 0 for other families, which have none. */
	readonly ipProtocol: number;
	readonly type?: SocketType;
};

/**
The protocols that the table holds. The index is the number stored in the table's `protocol` column. Names that `ss` does not have (UDP-Lite, VSOCK's
SOCK_SEQPACKET, SMC) follow the pattern of those it has.
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

/** The number of each protocol, by name. */
export const Protocol = Object.fromEntries(protocolNames.map((name, number) => [name, number])) as Readonly<Record<ProtocolName, number>>;

/** The protocols that are read when none are chosen. */
export const defaultProtocols = ['tcp', 'udp'] as const satisfies readonly ProtocolName[];

/** Groups of protocols that can be requested together, by the words of `ss` for its tables. */
export const protocolGroups = {
	unix: ['u_str', 'u_dgr', 'u_seq'],
	packet: ['p_raw', 'p_dgr'],
	netlink: ['nl'],
	vsock: ['v_str', 'v_dgr', 'v_seq'],
	tipc: ['ti_st', 'ti_dg', 'ti_sq', 'ti_rd'],
} as const satisfies Readonly<Record<string, readonly ProtocolName[]>>;

/** The tables that can be requested, by the words of `ss` and of the options, with the protocols in each. */
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

/** Whether the endpoints of a socket are IP addresses and ports. Those of an SMC socket are the endpoints of the TCP connection that it started with. */
const inetEndpoints: readonly boolean[] = protocols.map(({domain}) => domain === 'inet' || domain === 'smc');

export const hasInetEnds = (protocol: number): boolean => inetEndpoints[protocol];

/**
Set in the upper half of an identity that is more than the cookie, because several sockets have the same cookie: MPTCP connections, SCTP associations. The lower
half is that of the cookie. The kernel counts cookies up from 1 and never gets that far.
*/
export const sharedCookieBit = 0x80_00_00_00;

/** Address families of the domains other than inet. SMC sockets have the family of the addresses that they show. */
export const domainFamilies = {
	unix: 1, netlink: 16, packet: 17, tipc: 30, vsock: 40, smc: 43, xdp: 44,
} as const satisfies Readonly<Record<Exclude<Domain, 'inet'>, number>>;
