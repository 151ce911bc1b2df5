import type {FamilyNumber} from '../addresses/family.js';

/** The part of a filter that the kernel can evaluate while it lists IP sockets: a condition on their endpoints and settings. */
export type SocketCondition =
	/** A range of ports, both limits included. */
	| {readonly kind: 'port'; readonly end: 'local' | 'peer'; readonly from: number; readonly to: number}
	/** The first `length` bits of an address, in network order. IPv4 includes addresses mapped into IPv6; a length of 0 means all addresses of the family. */
	| {readonly kind: 'host'; readonly end: 'local' | 'peer'; readonly family: FamilyNumber; readonly bytes: readonly number[]; readonly length: number}
	/** Index of the interface that the socket is bound to. */
	| {readonly kind: 'device'; readonly index: number}
	/** The bits of the mark that are set in `mask`. Needs CAP_NET_ADMIN. */
	| {readonly kind: 'mark'; readonly value: number; readonly mask: number}
	| {readonly kind: 'cgroup'; readonly id: number}
	/** Whether the kernel chose the local port. */
	| {readonly kind: 'autobound'}
	| {readonly kind: 'and' | 'or'; readonly terms: readonly SocketCondition[]}
	| {readonly kind: 'not'; readonly term: SocketCondition};

/** Limits on the sockets of a protocol that can match a filter. */
export type Restriction = {
	/** Families of which sockets may match; empty if the whole table can be skipped. */
	readonly families: readonly FamilyNumber[];
	/** Bit n for state n. */
	readonly states: number;
	/** Undefined if there is no condition. */
	readonly condition: SocketCondition | undefined;
};
