/**
The protocols that the table holds. The position is the number stored in the table's `protocol` column; the name is `ss`'s Netid, and what JSON
and the filter language use; `ipProtocol` is the number that sock_diag requests carry (`include/uapi/linux/in.h`).
*/
export const protocols = [
	{name: 'tcp', ipProtocol: 6},
	{name: 'udp', ipProtocol: 17},
] as const;

export type ProtocolName = (typeof protocols)[number]['name'];

export const Protocol = {tcp: 0, udp: 1} as const satisfies Record<ProtocolName, number>;

export const protocolNames: readonly ProtocolName[] = protocols.map(protocol => protocol.name);

/** Address families as the kernel numbers them (`include/linux/socket.h`). */
export const Family = {inet: 2, inet6: 10} as const;

export type FamilyNumber = (typeof Family)[keyof typeof Family];
