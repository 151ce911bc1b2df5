/** Names of the netlink protocols by number, in the words of `ss` (iproute2's etc/iproute2/nl_protos). */
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

/** The local end of a netlink socket: protocol and port. Port 0 is the kernel's. */
export const netlinkName = (protocol: number, port: number): string => `${netlinkProtocolNames[protocol] ?? protocol}:${port === 0 ? 'kernel' : port}`;
