import {protocols, protocolTables} from '../../table/columns/protocols.js';
import {fanoutNames, packetFlagNames} from '../../text/socket-words.js';
import type {FieldRecord} from '../model/field.js';
import {
	codeName,
	bitNames,
	internedText,
	optionalText,
} from '../model/optional-text.js';
import {formatPrefixedHex} from '../model/hexadecimal.js';
import {ofProtocols} from '../model/of-protocols.js';
import {optionalField} from '../model/optional-field.js';

/** NDIAG_FLAG_* (`include/uapi/linux/netlink_diag.h`), lowest bit first. */
const netlinkFlagNames = ['cb_running', 'pktinfo', 'broadcast_error', 'no_enobufs', 'listen_all_nsid', 'cap_ack'] as const;

const fanoutName = codeName(fanoutNames);

/** Formats the kernel's `dev_t` (`include/linux/kdev_t.h`). `ss` prints a different device, because it reads the number as the C library's `dev_t`. */
const formatDevice = (device: number): string => `${device >>> 20}:${device & 0xF_FF_FF}`;

/** Fields that only UNIX, netlink, packet, XDP and TIPC sockets have. */
export const familyFields: readonly FieldRecord[] = [
	...ofProtocols(protocolTables.unix, [
		{
			id: 'peerInode',
			kind: 'number',
			unit: 'none',
			title: 'PeerInode',
			meaning: 'Inode of the peer of a UNIX socket; absent without a peer, and until the connection is accepted.',
			width: {min: 9, max: 10},
			descending: false,
			read: ({table: {core}}, slot) => protocols[core.protocol[slot]].domain === 'unix' && core.peerInode[slot] !== 0 ? core.peerInode[slot] : undefined,
			tone: () => 'dim',
		},
		internedText({
			id: 'pendingConnections',
			title: 'Pending',
			meaning: 'Inodes of the UNIX sockets whose connections wait for accept at this listener.',
			width: {min: 8, max: 40},
			ss: 'peers',
			isForListeners: true,
		}),
		{
			...optionalField({
				id: 'vfsInode',
				title: 'FileInode',
				meaning: 'Inode of the file that a UNIX socket is bound to.',
				unit: 'none',
				ss: 'ino',
				isForListeners: true,
			}),
			width: {min: 9, max: 10},
		},
		optionalText({
			id: 'vfsDevice',
			title: 'FileDev',
			meaning: 'Device of the file that a UNIX socket is bound to: major and minor number.',
			width: {min: 7, max: 12},
			ss: 'dev',
			isForListeners: true,
			write: formatDevice,
		}),
	]),
	...ofProtocols(protocolTables.netlink, [
		internedText({
			id: 'netlinkGroups',
			title: 'Groups',
			meaning: 'Numbers of the multicast groups that a netlink socket has joined.',
			width: {min: 6, max: 30},
			ss: 'groups',
		}),
		optionalText({
			id: 'netlinkFlags',
			title: 'NlFlags',
			meaning: `Flags of a netlink socket: ${netlinkFlagNames.join(', ')}; cb_running means a dump is in progress.`,
			width: {min: 10, max: 70},
			write: bitNames(netlinkFlagNames),
		}),
	]),
	...ofProtocols(protocolTables.packet, [
		optionalField({
			id: 'packetVersion',
			title: 'Ver',
			meaning: 'Version of the ring headers of a packet socket (TPACKET_V1 is 0).',
			unit: 'none',
			ss: 'ver',
		}),
		optionalField({
			id: 'packetCopyThreshold',
			title: 'CopyThr',
			meaning: 'Packet length from which a packet socket with a ring also queues the packet.',
			unit: 'bytes',
			ss: 'cpy_thresh',
		}),
		optionalText({
			id: 'packetFlags',
			title: 'PktFlags',
			meaning: 'Flags of a packet socket: running, auxdata, origdev, vnethdr, loss.',
			width: {min: 8, max: 37},
			ss: 'flags',
			write: bitNames(packetFlagNames),
		}),
		optionalText({
			id: 'packetFanout',
			title: 'Fanout',
			meaning: 'Group of packet sockets that share the packets, and the mode of sharing.',
			width: {min: 8, max: 20},
			ss: 'fanout',
			write: fanout => `${fanout & 0xFF_FF} ${fanoutName((fanout >>> 16) & 0xFF)}`,
		}),
		internedText({
			id: 'packetReceiveRing',
			title: 'RxRing',
			meaning: 'Receive ring of a packet socket: sizes and numbers of blocks and frames, timeout, features.',
			width: {min: 10, max: 80},
			ss: 'ring_rx',
		}),
		internedText({
			id: 'packetSendRing',
			title: 'TxRing',
			meaning: 'Send ring of a packet socket, in the same form as the receive ring.',
			width: {min: 10, max: 80},
			ss: 'ring_tx',
		}),
		optionalField({
			id: 'packetReserve',
			title: 'Reserve',
			meaning: 'Bytes that a packet socket with a ring reserves before each packet (PACKET_RESERVE).',
			unit: 'bytes',
		}),
		{
			...optionalField({
				id: 'packetTimestamps',
				title: 'Tstamp',
				meaning: 'Source of the timestamps in the ring of a packet socket: SOF_TIMESTAMPING_* bits (PACKET_TIMESTAMP), hexadecimal.',
				unit: 'none',
			}),
			width: {min: 6, max: 10},
			format: formatPrefixedHex,
		},
		optionalText({
			id: 'packetMulticast',
			title: 'Listens',
			meaning: 'Packets that the interfaces of a packet socket accept in addition: promisc (all), allmulti, or addresses.',
			width: {min: 10, max: 100},
			write(number, {table, interfaceName}, slot) {
				const text = table.texts.of(number);
				return text === '' ? undefined : text.replaceAll(/#(?<index>\d+)/gv, (_, index: string) => interfaceName(Number(index), table.core.namespace[slot]) ?? index);
			},
		}),
		optionalField({
			id: 'packetFilterLength',
			title: 'BPFlen',
			meaning: 'Number of instructions in the filter of a packet socket (SO_ATTACH_FILTER); reported only with CAP_NET_ADMIN.',
			unit: 'count',
			ss: 'bpf filter',
			aliases: ['bpfLength'],
		}),
		internedText({
			id: 'packetFilter',
			title: 'BPF',
			meaning: 'Filter of a packet socket as a classic BPF program: code, jump if true, jump if false, operand (CAP_NET_ADMIN).',
			width: {min: 15, max: 200},
			ss: 'bpf filter',
			aliases: ['bpf'],
		}),
	]),
	...ofProtocols(protocolTables.xdp, [
		...([
			['xdpReceiveRing', 'XdpRx', 'Entries of the receive ring of an XDP socket.', 'rx'],
			['xdpSendRing', 'XdpTx', 'Entries of the send ring of an XDP socket.', 'tx'],
			['xdpFillRing', 'XdpFill', 'Entries of the fill ring of an XDP socket\'s memory.', 'fr'],
			['xdpCompletionRing', 'XdpCompl', 'Entries of the completion ring of an XDP socket\'s memory.', 'cr'],
			['xdpReceiveDropped', 'XdpDrop', 'Packets that an XDP socket dropped for reasons other than the ones below.', 'rx dropped'],
			['xdpReceiveInvalid', 'XdpRxInv', 'Invalid descriptors in the fill ring of an XDP socket.', 'rx invalid'],
			['xdpReceiveFull', 'XdpRxFull', 'Packets dropped because the receive ring of an XDP socket was full.', 'rx queue full'],
			['xdpFillEmpty', 'XdpFillEm', 'Packets that found the fill ring of an XDP socket empty.', 'rx fill ring empty'],
			['xdpSendInvalid', 'XdpTxInv', 'Invalid descriptors in the send ring of an XDP socket.', 'tx invalid'],
			['xdpSendEmpty', 'XdpTxEm', 'Number of times that the send ring of an XDP socket was empty.', 'tx ring empty'],
		] as const).map(([id, title, meaning, ss]) => optionalField({
			id, title, meaning, ss, unit: 'count', since: id.includes('Ring') ? '5.1' : '5.9',
		})),
		internedText({
			id: 'xdpMemory',
			title: 'Umem',
			meaning: 'Memory that an XDP socket shares with the kernel: id, size, pages, chunks, headroom, zero copy, users.',
			width: {min: 10, max: 100},
			ss: 'umem',
			since: '5.1',
		}),
	]),
	...ofProtocols(protocolTables.tipc, [
		optionalField({
			id: 'tipcPublished',
			title: 'Publ',
			meaning: '1 if a TIPC socket has published a service.',
			unit: 'none',
			ss: 'publ',
			since: '4.17',
			isForListeners: true,
		}),
		optionalText({
			id: 'tipcCongestion',
			title: 'Cong',
			meaning: 'What blocks sending on a TIPC socket: link, conn (the connection), or none.',
			width: {min: 4, max: 12},
			ss: 'cong',
			since: '4.17',
			write: codeName({0: 'none', 1: 'link', 2: 'conn'}),
		}),
		internedText({
			id: 'tipcService',
			title: 'Via',
			meaning: 'Service that a TIPC connection was made through: type and instance.',
			width: {min: 5, max: 21},
			ss: 'via',
			since: '4.17',
		}),
	]),
];
