/** Reads the members of attributes that optional columns want, by a plan that is made once per dump. */
import {formatAddress} from '../addresses/address.js';
import {Family} from '../addresses/family.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import {Protocol} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {typeMask} from './find-attribute.js';
import {readNumber64, type Views} from './framing.js';
import {
	members,
	type Bits,
	type KernelVersion,
	type Member,
} from './inet-layout.js';
import {
	addMember,
	createPlan,
	findNest,
	type Nests,
	type Plan,
	type Wanted,
} from './inet-plan.js';
import {Attribute} from './inet-request.js';

/** Length of struct sockaddr_storage. */
const storageLength = 128;

export type MemberReader = {
	/** Makes the plan for a protocol and the columns to fill, with the table's current arrays. */
	readonly prepare: (protocol: number, columns: ReadonlySet<OptionalColumn>) => void;
	/** Selects what to read for an endpoint of SCTP, or for an association, which has other attributes. */
	readonly selectSctp: (isEndpoint: boolean) => void;
	/** Resets the columns of a socket that its attributes may leave out. */
	readonly reset: (slot: number) => void;
	/** Reads the payload of an attribute between two byte offsets of the views. */
	readonly read: (slot: number, type: number, start: number, end: number) => void;
};

const isOf = (kernel: KernelVersion, {kernels}: Member): boolean => kernels === undefined || (kernel >= kernels[0] && kernel < kernels[1]);

const readBits = (byte: number, {shift, mask}: Bits): number => (byte >> shift) & mask;

export const createMemberReader = (table: SocketTable, {bytes, words, halves}: Views, kernel: KernelVersion): MemberReader => {
	/** What to read in the attributes; undefined if no optional column is wanted. */
	let nests: Nests | undefined;
	/** The same for endpoints and associations of SCTP. */
	let endpointNests: Nests | undefined;
	let associationNests: Nests | undefined;
	/** Members that become absent if their attribute is missing. */
	let volatile: Wanted[] = [];

	/** Formats the addresses in an array of struct sockaddr_storage, separated by blanks. */
	const readAddresses = (start: number, end: number): string => {
		const texts: string[] = [];
		for (let at = start; at + storageLength <= end; at += storageLength) {
			const family = halves[at >> 1];
			if (family === Family.inet || family === Family.inet6) {
				texts.push(formatAddress(bytes, at + (family === Family.inet6 ? 8 : 4), family));
			}
		}

		return texts.join(' ');
	};

	const readNest = (slot: number, {members: wanted, nests: inner}: Plan, start: number, end: number): void => {
		for (const member of wanted) {
			const value = readMember(member, start + member.offset, end);
			member.array[slot] = value === 0 ? member.zero : value;
		}

		if (inner === undefined) {
			return;
		}

		for (let attribute = start; attribute + 4 <= end;) {
			const length = halves[attribute >> 1];
			if (length < 4 || attribute + length > end) {
				break;
			}

			const nest = findNest(inner, halves[(attribute >> 1) + 1] & typeMask);
			if (nest !== undefined) {
				readNest(slot, nest, attribute + 4, attribute + length);
			}

			attribute += (length + 3) & ~3;
		}
	};

	const readMember = ({type, absent}: Wanted, offset: number, end: number): number => {
		switch (type) {
			case 'u8': {
				return offset < end ? bytes[offset] : absent;
			}

			case 'u16': {
				return offset + 2 <= end ? halves[offset >> 1] : absent;
			}

			case 'u32': {
				return offset + 4 <= end ? words[offset >> 2] : absent;
			}

			case 'u64': {
				return offset + 8 <= end ? readNumber64(words, offset) : absent;
			}

			case 'address': {
				return table.texts.intern(readAddresses(offset, Math.min(end, offset + storageLength)));
			}

			case 'addresses': {
				return table.texts.intern(readAddresses(offset, end));
			}

			case 'flag': {
				return 1;
			}

			case 'text': {
				const nul = bytes.indexOf(0, offset);
				return table.texts.internBytes(bytes, offset, nul === -1 || nul > end ? end : nul);
			}

			default: {
				return offset < end ? readBits(bytes[offset], type) : absent;
			}
		}
	};

	return {
		prepare(protocol, columns) {
			const plan = createPlan();
			const endpointPlan = createPlan();
			volatile = [];
			for (const member of members) {
				const array = columns.has(member.column) ? table.optional(member.column) : undefined;
				// Each protocol has its own INFO.
				if (array === undefined || (member.attribute === Attribute.info && protocol !== (member.protocol ?? Protocol.tcp)) || !isOf(kernel, member)) {
					continue;
				}

				const wanted = addMember(plan, member, array, kernel);
				if (member.attribute !== Attribute.info || member.ofEndpoints === true) {
					addMember(endpointPlan, member, array, kernel);
				}

				if (member.isVolatile === true) {
					volatile.push(wanted);
				}
			}

			nests = plan.nests;
			associationNests = plan.nests;
			endpointNests = endpointPlan.nests;
		},
		selectSctp(isEndpoint) {
			nests = isEndpoint ? endpointNests : associationNests;
		},
		reset(slot) {
			for (const {array, absent} of volatile) {
				array[slot] = absent;
			}
		},
		read(slot, type, start, end) {
			const nest = nests === undefined ? undefined : findNest(nests, type);
			if (nest !== undefined) {
				readNest(slot, nest, start, end);
			}
		},
	};
};
