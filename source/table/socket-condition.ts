import type {FamilyNumber} from '../addresses/family.js';

/** The part of a filter that the kernel itself can decide on while it lists sockets of IP: a condition on their ends and settings. */
export type SocketCondition =
	/** Ports from one to another, both included. */
	| {readonly kind: 'port'; readonly end: 'local' | 'peer'; readonly from: number; readonly to: number}
	/** The first `length` bits of an address, in network order. IPv4 covers the addresses that are mapped into IPv6; no bits, all of a family. */
	| {readonly kind: 'host'; readonly end: 'local' | 'peer'; readonly family: FamilyNumber; readonly bytes: readonly number[]; readonly length: number}
	/** Index of the interface that the socket is bound to. */
	| {readonly kind: 'device'; readonly index: number}
	/** The bits of the mark that `mask` has. Needs CAP_NET_ADMIN. */
	| {readonly kind: 'mark'; readonly value: number; readonly mask: number}
	| {readonly kind: 'cgroup'; readonly id: number}
	/** The kernel chose the local port. */
	| {readonly kind: 'autobound'}
	| {readonly kind: 'and' | 'or'; readonly terms: readonly SocketCondition[]}
	| {readonly kind: 'not'; readonly term: SocketCondition};

/** Which sockets of a protocol a filter can let pass at most. */
export type Restriction = {
	/** Families of which some sockets may pass; none when the whole table can be left alone. */
	readonly families: readonly FamilyNumber[];
	/** Bit n for state n. */
	readonly states: number;
	/** Undefined when nothing more is known. */
	readonly condition: SocketCondition | undefined;
};
