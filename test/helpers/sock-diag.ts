/**
A decoder of sock_diag for tests that compare conntop with the kernel, written only from the kernel's headers: `linux/netlink.h`, `sock_diag.h`, `inet_diag.h`, `tcp.h`,
`mptcp.h`, `unix_diag.h`, `packet_diag.h` and `netlink_diag.h`. It decodes each answer into an object, with the names of the headers. Little-endian, as are the machines that
run tests.
*/
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import koffi from 'koffi';
import {openSocket} from './other-sockets.js';
import {closeSocket} from './raw-sockets.js';

const libc = koffi.load(null);
const sendCall = libc.func('intptr_t send(int fd, const void *data, size_t length, int flags)');
const receiveCall = libc.func('intptr_t recv(int fd, void *data, size_t length, int flags)');

type Kind = 'u8' | 'u16' | 'u32' | 'u64';

/** Members of a struct: offset and type of each. */
type Struct = Readonly<Record<string, readonly [offset: number, kind: Kind]>>;

/** Numbers; those of 64 bits are `bigint`. Members beyond the end of a shorter struct are absent. */
export type Decoded = Readonly<Partial<Record<string, number | bigint>>>;

const sizes: Readonly<Record<Kind, number>> = {
	u8: 1, u16: 2, u32: 4, u64: 8,
};

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const u16 = (bytes: Uint8Array, offset: number): number => viewOf(bytes).getUint16(offset, true);

const u32 = (bytes: Uint8Array, offset: number): number => viewOf(bytes).getUint32(offset, true);

/** A port, in network byte order. */
const portAt = (bytes: Uint8Array, offset: number): number => viewOf(bytes).getUint16(offset);

const readMember = (bytes: Uint8Array, offset: number, kind: Kind): number | bigint => {
	switch (kind) {
		case 'u8': {
			return bytes[offset];
		}

		case 'u16': {
			return u16(bytes, offset);
		}

		case 'u32': {
			return u32(bytes, offset);
		}

		case 'u64': {
			return viewOf(bytes).getBigUint64(offset, true);
		}
	}
};

export const decodeStruct = (struct: Struct, bytes: Uint8Array): Decoded => Object.fromEntries(Object.entries(struct)
	.filter(([, [offset, kind]]) => offset + sizes[kind] <= bytes.length)
	.map(([name, [offset, kind]]) => [name, readMember(bytes, offset, kind)]));

/** Consecutive members of the same type. Their names are separated by blanks. */
const run = (kind: Kind, start: number, names: string): Struct =>
	Object.fromEntries(names.trim().split(/\s+/v).map((name, index) => [name, [start + index * sizes[kind], kind] as const]));

const inetDiagMessage: Struct = {
	...run('u8', 0, 'idiag_family idiag_state idiag_timer idiag_retrans'),
	idiag_if: [40, 'u32'],
	idiag_cookie: [44, 'u64'],
	...run('u32', 52, 'idiag_expires idiag_rqueue idiag_wqueue idiag_uid idiag_inode'),
};

/** The last four bytes in Linux 6.18 and 6.19. From 7.0 on they are bit fields. */
const tcpInfo: Struct = {
	...run('u8', 0, 'tcpi_state tcpi_ca_state tcpi_retransmits tcpi_probes tcpi_backoff tcpi_options wscale flags'),
	...run('u32', 8, `
		tcpi_rto tcpi_ato tcpi_snd_mss tcpi_rcv_mss tcpi_unacked tcpi_sacked tcpi_lost tcpi_retrans tcpi_fackets tcpi_last_data_sent
		tcpi_last_ack_sent tcpi_last_data_recv tcpi_last_ack_recv tcpi_pmtu tcpi_rcv_ssthresh tcpi_rtt tcpi_rttvar tcpi_snd_ssthresh
		tcpi_snd_cwnd tcpi_advmss tcpi_reordering tcpi_rcv_rtt tcpi_rcv_space tcpi_total_retrans
	`),
	...run('u64', 104, 'tcpi_pacing_rate tcpi_max_pacing_rate tcpi_bytes_acked tcpi_bytes_received'),
	...run('u32', 136, 'tcpi_segs_out tcpi_segs_in tcpi_notsent_bytes tcpi_min_rtt tcpi_data_segs_in tcpi_data_segs_out'),
	...run('u64', 160, 'tcpi_delivery_rate tcpi_busy_time tcpi_rwnd_limited tcpi_sndbuf_limited'),
	...run('u32', 192, 'tcpi_delivered tcpi_delivered_ce'),
	...run('u64', 200, 'tcpi_bytes_sent tcpi_bytes_retrans'),
	...run('u32', 216, 'tcpi_dsack_dups tcpi_reord_seen tcpi_rcv_ooopack tcpi_snd_wnd tcpi_rcv_wnd tcpi_rehash'),
	...run('u16', 240, 'tcpi_total_rto tcpi_total_rto_recoveries'),
	...run('u32', 244, `
		tcpi_total_rto_time tcpi_received_ce tcpi_delivered_e1_bytes tcpi_delivered_e0_bytes tcpi_delivered_ce_bytes
		tcpi_received_e1_bytes tcpi_received_e0_bytes tcpi_received_ce_bytes
	`),
	...run('u16', 276, 'tcpi_accecn_fail_mode tcpi_accecn_opt_seen'),
};

const mptcpInfo: Struct = {
	...run('u8', 0, `
		mptcpi_subflows mptcpi_add_addr_signal mptcpi_add_addr_accepted mptcpi_subflows_max mptcpi_add_addr_signal_max
		mptcpi_add_addr_accepted_max
	`),
	...run('u32', 8, 'mptcpi_flags mptcpi_token'),
	...run('u64', 16, 'mptcpi_write_seq mptcpi_snd_una mptcpi_rcv_nxt'),
	...run('u8', 40, 'mptcpi_local_addr_used mptcpi_local_addr_max mptcpi_csum_enabled'),
	mptcpi_retransmits: [44, 'u32'],
	...run('u64', 48, 'mptcpi_bytes_retrans mptcpi_bytes_sent mptcpi_bytes_received mptcpi_bytes_acked'),
	...run('u8', 80, 'mptcpi_subflows_total mptcpi_endp_laminar_max mptcpi_endp_fullmesh_max'),
	...run('u32', 84, 'mptcpi_last_data_sent mptcpi_last_data_recv mptcpi_last_ack_recv'),
};

const vegasInfo = run('u32', 0, 'tcpv_enabled tcpv_rttcnt tcpv_rtt tcpv_minrtt');
const dctcpInfo: Struct = {...run('u16', 0, 'dctcp_enabled dctcp_ce_state'), ...run('u32', 4, 'dctcp_alpha dctcp_ab_ecn dctcp_ab_tot')};
const bbrInfo = run('u32', 0, 'bbr_bw_lo bbr_bw_hi bbr_min_rtt bbr_pacing_gain bbr_cwnd_gain');
/** SK_MEMINFO_*. */
const memInfo = run('u32', 0, 'rmem_alloc rcvbuf wmem_alloc sndbuf fwd_alloc wmem_queued optmem backlog drops');

const unixDiagMessage: Struct = {...run('u8', 0, 'udiag_family udiag_type udiag_state'), udiag_ino: [4, 'u32'], udiag_cookie: [8, 'u64']};
const unixVfs = run('u32', 0, 'udiag_vfs_ino udiag_vfs_dev');
const unixRqlen = run('u32', 0, 'udiag_rqueue udiag_wqueue');

const packetDiagMessage: Struct = {
	...run('u8', 0, 'pdiag_family pdiag_type'), pdiag_num: [2, 'u16'], pdiag_ino: [4, 'u32'], pdiag_cookie: [8, 'u64'],
};
const packetInfo = run('u32', 0, 'pdi_index pdi_version pdi_reserve pdi_copy_thresh pdi_tstamp pdi_flags');
const packetMulticast: Struct = {...run('u32', 0, 'pdmc_index pdmc_count'), ...run('u16', 8, 'pdmc_type pdmc_alen')};
const packetMulticastLength = 44;

/** Struct packet_diag_ring. */
const packetRing = run('u32', 0, 'pdr_block_size pdr_block_nr pdr_frame_size pdr_frame_nr pdr_retire_tmo pdr_sizeof_priv pdr_features');

const netlinkDiagMessage: Struct = {
	...run('u8', 0, 'ndiag_family ndiag_type ndiag_protocol ndiag_state'),
	...run('u32', 4, 'ndiag_portid ndiag_dst_portid ndiag_dst_group ndiag_ino'),
	ndiag_cookie: [20, 'u64'],
};

/** Attributes by number. */
type Attributes = ReadonlyMap<number, Uint8Array>;

const attributesOf = (bytes: Uint8Array): Attributes => {
	const attributes = new Map<number, Uint8Array>();
	for (let at = 0; at + 4 <= bytes.length;) {
		const length = u16(bytes, at);
		attributes.set(u16(bytes, at + 2) & 0x3F_FF, bytes.subarray(at + 4, at + length));
		at += (length + 3) & ~3;
	}

	return attributes;
};

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** A text up to its NUL. */
const textOf = (bytes: Uint8Array): string => latin1(bytes).split('\0', 1)[0];

/** An answer: the message and its attributes, with the names of the headers. */
export type SocketAnswer = {
	/** The protocol, as named by `ss`. */
	readonly netid: string;
	readonly message: Decoded;
	/** Ports and addresses of the inet families. */
	readonly ends?: {
		readonly sport: number; readonly dport: number; readonly src: readonly number[]; readonly dst: readonly number[];
	};
	readonly info?: Decoded;
	readonly memory?: Decoded;
	readonly algorithm?: Decoded;
	readonly texts: Readonly<Partial<Record<string, string>>>;
	readonly numbers: Decoded;
	/** For packet sockets: memberships, filter instructions, and rings. */
	readonly multicast?: readonly Decoded[];
	readonly filter?: readonly Decoded[];
	readonly receiveRing?: Decoded;
	readonly sendRing?: Decoded;
	/** For listening UNIX sockets: inodes of pending clients. For netlink sockets: the words of the bitmap of groups. */
	readonly words?: readonly number[];
	/** For MPTCP subflows, by the numbers of MPTCP_SUBFLOW_ATTR_*; absent for other sockets. */
	readonly subflow?: Readonly<Record<number, bigint>>;
};

const wordsOf = (bytes: Uint8Array): readonly number[] => Array.from({length: bytes.length >> 2}, (_, index) => u32(bytes, index * 4));

const kindOfLength: Readonly<Record<number, Kind>> = {
	1: 'u8', 2: 'u16', 4: 'u32', 8: 'u64',
};

const numberOf = (bytes: Uint8Array | undefined): number | bigint | undefined => {
	const kind = kindOfLength[bytes?.length ?? 0];
	return bytes === undefined || kind === undefined ? undefined : readMember(bytes, 0, kind);
};

/** Attributes that consist of one number, with names of this file. */
const numbersOf = (attributes: Attributes, names: Readonly<Record<string, number>>): Decoded => Object.fromEntries(Object.entries(names)
	.map(([name, number]) => [name, numberOf(attributes.get(number))] as const)
	.filter((entry): entry is readonly [string, number | bigint] => entry[1] !== undefined));

const optionalStruct = (struct: Struct, bytes: Uint8Array | undefined): Decoded | undefined => bytes && decodeStruct(struct, bytes);

const decodeInet = (netid: string, bytes: Uint8Array): SocketAnswer => {
	const attributes = attributesOf(bytes.subarray(72));
	const [info, memory, ulp] = [attributes.get(2), attributes.get(7), attributes.get(19)];
	const algorithm = optionalStruct(vegasInfo, attributes.get(3)) ?? optionalStruct(dctcpInfo, attributes.get(9)) ?? optionalStruct(bbrInfo, attributes.get(16));
	const upper = ulp && attributesOf(ulp);
	const [ulpName, subflow] = [upper?.get(1), upper?.get(3)];
	const congestion = attributes.get(4);
	return {
		netid,
		message: decodeStruct(inetDiagMessage, bytes),
		ends: {
			sport: portAt(bytes, 4), dport: portAt(bytes, 6), src: [...bytes.subarray(8, 24)], dst: [...bytes.subarray(24, 40)],
		},
		...(info && {info: decodeStruct(netid === 'mptcp' ? mptcpInfo : tcpInfo, info)}),
		...(memory && {memory: decodeStruct(memInfo, memory)}),
		...(algorithm && {algorithm}),
		texts: {...(congestion && {congestion: textOf(congestion)}), ...(ulpName && {ulp: textOf(ulpName)})},
		numbers: numbersOf(attributes, {
			tos: 5, tclass: 6, shutdown: 8, v6only: 11, mark: 15, classId: 17, cgroupId: 21, sockopt: 22,
		}),
		...(subflow && {subflow: Object.fromEntries(attributesOf(subflow).entries().map(([number, value]) => [number, BigInt(numberOf(value) ?? 0)]))}),
	};
};

const unixNetids: Readonly<Record<number, string>> = {1: 'u_str', 2: 'u_dgr', 5: 'u_seq'};

const decodeUnix = (bytes: Uint8Array): SocketAnswer => {
	const message = decodeStruct(unixDiagMessage, bytes);
	const attributes = attributesOf(bytes.subarray(16));
	const [name, clients, memory] = [attributes.get(0), attributes.get(3), attributes.get(5)];
	return {
		netid: unixNetids[Number(message.udiag_type)] ?? '???',
		message,
		...(memory && {memory: decodeStruct(memInfo, memory)}),
		// An abstract name begins with a NUL, a path ends with one.
		texts: name === undefined ? {} : {name: name[0] === 0 ? `@${latin1(name.subarray(1))}` : textOf(name)},
		numbers: {
			...numbersOf(attributes, {peer: 2, shutdown: 6, uid: 7}),
			...optionalStruct(unixVfs, attributes.get(1)),
			...optionalStruct(unixRqlen, attributes.get(4)),
		},
		...(clients && {words: wordsOf(clients)}),
	};
};

const decodePacket = (bytes: Uint8Array): SocketAnswer => {
	const message = decodeStruct(packetDiagMessage, bytes);
	const attributes = attributesOf(bytes.subarray(16));
	const [info, multicast, memory, filter] = [attributes.get(0), attributes.get(1), attributes.get(6), attributes.get(7)];
	const [receiveRing, sendRing] = [attributes.get(2), attributes.get(3)];
	const multicastOf = (list: Uint8Array): readonly Decoded[] =>
		Array.from({length: list.length / packetMulticastLength}, (_, index) => decodeStruct(packetMulticast, list.subarray(index * packetMulticastLength)));
	const filterOf = (program: Uint8Array): readonly Decoded[] => Array.from({length: program.length / 8}, (_, index) => decodeStruct({
		code: [0, 'u16'], jt: [2, 'u8'], jf: [3, 'u8'], k: [4, 'u32'],
	}, program.subarray(index * 8)));
	return {
		netid: message.pdiag_type === 3 ? 'p_raw' : 'p_dgr',
		message,
		...(info && {info: decodeStruct(packetInfo, info)}),
		...(memory && {memory: decodeStruct(memInfo, memory)}),
		texts: {},
		numbers: numbersOf(attributes, {fanout: 4, uid: 5}),
		...(multicast && {multicast: multicastOf(multicast)}),
		...(filter && {filter: filterOf(filter)}),
		...(receiveRing && {receiveRing: decodeStruct(packetRing, receiveRing)}),
		...(sendRing && {sendRing: decodeStruct(packetRing, sendRing)}),
	};
};

const decodeNetlink = (bytes: Uint8Array): SocketAnswer => {
	const attributes = attributesOf(bytes.subarray(28));
	const [memory, groups] = [attributes.get(0), attributes.get(1)];
	return {
		netid: 'nl',
		message: decodeStruct(netlinkDiagMessage, bytes),
		...(memory && {memory: decodeStruct(memInfo, memory)}),
		texts: {},
		numbers: numbersOf(attributes, {flags: 4}),
		...(groups && {words: wordsOf(groups)}),
	};
};

/** Requests one dump of NETLINK_SOCK_DIAG (SOCK_DIAG_BY_FAMILY). Returns the payloads of the answers; none if the kernel lacks the family or protocol. */
const dump = (request: Uint8Array): readonly Uint8Array[] => {
	const descriptor = openSocket(16, 3, 4);
	try {
		const message = new Uint8Array(16 + request.length);
		viewOf(message).setUint32(0, message.length, true);
		viewOf(message).setUint16(4, 20, true);
		// NLM_F_REQUEST and NLM_F_DUMP.
		viewOf(message).setUint16(6, 0x3_01, true);
		message.set(request, 16);
		sendCall(descriptor, message, message.length, 0);
		const answers: Uint8Array[] = [];
		const buffer = new Uint8Array(0x1_00_00);
		for (;;) {
			const length = Number(receiveCall(descriptor, buffer, buffer.length, 0));
			for (let at = 0; at < length;) {
				const [size, type] = [u32(buffer, at), u16(buffer, at + 4)];
				// NLMSG_ERROR and NLMSG_DONE.
				if (type === 2 || type === 3) {
					return answers;
				}

				answers.push(buffer.slice(at + 16, at + size));
				at += (size + 3) & ~3;
			}
		}
	} finally {
		closeSocket(descriptor);
	}
};

const ipProtocols = {tcp: 6, udp: 17, mptcp: 262} as const;

/** A request of a given length that begins with some bytes and has words at some offsets. */
const requestOf = (length: number, head: readonly number[], words: ReadonlyArray<readonly [offset: number, word: number]>): Uint8Array => {
	const request = new Uint8Array(length);
	request.set(head);
	for (const [offset, word] of words) {
		viewOf(request).setUint32(offset, word, true);
	}

	return request;
};

/** A struct inet_diag_req_v2 that requests all attributes, with INET_DIAG_REQ_PROTOCOL, of 8 bytes, for a protocol that does not fit a byte. */
const inetRequest = (family: number, protocol: number, states: number): Uint8Array => protocol > 0xFF
	? requestOf(64, [family, 0, 0xFF], [[4, states], [56, 0x3_00_08], [60, protocol]])
	: requestOf(56, [family, protocol, 0xFF], [[4, states]]);

const everything = 0xFF_FF_FF_FF;

/** State 13, bound and inactive, has its own table (Linux 6.8). */
const boundInactive = 1 << 13;

const families = [2, 10] as const;

/** `sdiag_protocol` for raw sockets (IPPROTO_RAW). */
const rawProtocol = 255;

/** Parses an address in /proc/net: hexadecimal words of 32 bits, in machine order. */
const addressBytes = (text: string): readonly number[] => text.match(/.{8}/gv)?.flatMap(word => word.match(/../gv)?.map(byte => Number.parseInt(byte, 16)).toReversed() ?? []) ?? [];

/** Reads raw sockets from /proc/net/raw and raw6 (`net/ipv4/raw.c`), for kernels that do not list them in sock_diag. */
const readRawFiles = (): readonly SocketAnswer[] => [['raw', 2], ['raw6', 10]].flatMap(([file, family]) =>
	fs.readFileSync(`/proc/net/${file}`, 'latin1').trim().split('\n').slice(1).map(line => {
		const words = line.trim().split(/\s+/v);
		const [[src, sport], [dst, dport], [wqueue, rqueue]] = [1, 2, 4].map(index => words[index].split(':'));
		return {
			netid: 'raw',
			message: {
				idiag_family: Number(family),
				idiag_state: Number.parseInt(words[3], 16),
				idiag_rqueue: Number.parseInt(rqueue, 16),
				idiag_wqueue: Number.parseInt(wqueue, 16),
				idiag_uid: Number(words[7]),
				idiag_inode: Number(words[9]),
				idiag_if: 0,
			},
			ends: {
				sport: Number.parseInt(sport, 16), dport: Number.parseInt(dport, 16), src: addressBytes(src), dst: addressBytes(dst),
			},
			memory: {drops: Number(words[12])},
			texts: {},
			numbers: {},
		};
	}));

/** Reads all sockets of these families in the network namespace of this process. */
export const readSockets = (): readonly SocketAnswer[] => {
	const inet = Object.entries(ipProtocols).flatMap(([netid, protocol]) =>
		families.flatMap(family => dump(inetRequest(family, protocol, everything - boundInactive))).map(bytes => decodeInet(netid, bytes)));
	const bound = families.flatMap(family => dump(inetRequest(family, ipProtocols.tcp, boundInactive))).map(bytes => decodeInet('tcp', bytes));
	const unix = dump(requestOf(24, [1], [[4, everything], [12, 0x7F]])).map(bytes => decodeUnix(bytes));
	const packet = dump(requestOf(20, [17], [[8, 0x3F]])).map(bytes => decodePacket(bytes));
	const netlink = dump(requestOf(20, [16, 0xFF], [[8, 0xB]])).map(bytes => decodeNetlink(bytes));
	const raw = families.flatMap(family => dump(inetRequest(family, rawProtocol, everything))).map(bytes => decodeInet('raw', bytes));
	return [...inet, ...bound, ...unix, ...packet, ...netlink, ...(raw.length === 0 ? readRawFiles() : raw)];
};
