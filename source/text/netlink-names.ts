/** Names of the netlink protocols by number, as `ss` prints them (iproute2's etc/iproute2/nl_protos). */
export const netlinkProtocolNames: ReadonlyArray<string | undefined> = [
	'rtnl',
	'unused',
	'usersock',
	'fw',
	'tcpdiag',
	'nflog',
	'xfrm',
	'selinux',
	'iscsi',
	'audit',
	'fiblookup',
	'connector',
	'nft',
	'ip6fw',
	'dec-rt',
	'uevent',
	'genl',
	undefined,
	'scsi-trans',
	'ecryptfs',
	'rdma',
	'crypto',
];

/** Formats the local endpoint of a netlink socket: `genl:1234`. Port 0 is the kernel. */
export const netlinkName = (protocol: number, port: number): string => `${netlinkProtocolNames[protocol] ?? protocol}:${port === 0 ? 'kernel' : port}`;
