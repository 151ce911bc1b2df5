import {subflowFlagLetters} from '../../text/socket-words.js';
import type {FieldRecord} from '../model/field.js';
import {formatHex, wideHex} from '../model/hexadecimal.js';
import {formatWhole, optionalField} from '../model/optional-field.js';
import {
	bitNames,
	codeName,
	internedText,
	optionalText,
} from '../model/optional-text.js';

/** TLS_*_VERSION and TLS_CIPHER_* in `include/uapi/linux/tls.h`, named as in `ss` if it has a name. */
const tlsVersions: Readonly<Record<number, string>> = {0x03_03: '1.2', 0x03_04: '1.3'};

const tlsCiphers: Readonly<Record<number, string>> = {
	51: 'aes-gcm-128',
	52: 'aes-gcm-256',
	53: 'aes-ccm-128',
	54: 'chacha20-poly1305',
	55: 'sm4-gcm',
	56: 'sm4-ccm',
	57: 'aria-gcm-128',
	58: 'aria-gcm-256',
};

/** TLS_CONF_*. */
const tlsConfigurations: Readonly<Record<number, string>> = {
	1: 'none', 2: 'sw', 3: 'hw', 4: 'hw-record',
};

/** Formats a token as `ss` does. */
const formatToken = (value: number): string => formatHex(value).padStart(4, '0');

/** Upper layer protocols (ULP) of TCP sockets: TLS in the kernel, and MPTCP, whose subflows are TCP sockets. */
export const upperProtocolFields: readonly FieldRecord[] = [
	internedText({
		id: 'ulp',
		title: 'ULP',
		meaning: 'Upper layer protocol of the socket: tls (in the kernel), mptcp, espintcp, smc.',
		width: {min: 5, max: 10},
		ss: 'tcp-ulp',
		since: '5.4',
		isForListeners: true,
	}),
	optionalText({
		id: 'tlsVersion',
		title: 'TLS',
		meaning: 'Version of kernel TLS: 1.2 or 1.3.',
		width: {min: 4, max: 14},
		ss: 'version',
		since: '5.4',
		write: codeName(tlsVersions),
	}),
	optionalText({
		id: 'tlsCipher',
		title: 'Cipher',
		meaning: 'Cipher of kernel TLS.',
		width: {min: 11, max: 17},
		ss: 'cipher',
		since: '5.4',
		write: codeName(tlsCiphers),
	}),
	optionalText({
		id: 'tlsSend',
		title: 'TLS tx',
		meaning: 'What encrypts sent data: none (nothing yet), sw (the kernel), hw (the device), hw-record (the device, record by record).',
		width: {min: 9, max: 14},
		ss: 'txconf',
		since: '5.4',
		write: codeName(tlsConfigurations),
	}),
	optionalText({
		id: 'tlsReceive',
		title: 'TLS rx',
		meaning: 'What decrypts received data, with the same values.',
		width: {min: 9, max: 14},
		ss: 'rxconf',
		since: '5.4',
		write: codeName(tlsConfigurations),
	}),
	optionalField({
		id: 'tlsZeroCopy',
		title: 'TLS zc',
		meaning: '1 if TLS sends files without copying them (TLS_TX_ZEROCOPY_RO).',
		unit: 'none',
		ss: 'zc_ro_tx',
		since: '6.0',
	}),
	optionalField({
		id: 'tlsNoPadding',
		title: 'TLS nopad',
		meaning: '1 if TLS expects records without padding (TLS_RX_EXPECT_NO_PAD).',
		unit: 'none',
		ss: 'no_pad_rx',
		since: '6.0',
	}),
	optionalText({
		id: 'subflowFlags',
		title: 'Subflow',
		meaning: 'Flags of an MPTCP subflow: M and m made it (remote, local), J and j joined, B and b backup, e established, c connected, v mapping valid.',
		width: {min: 7, max: 9},
		ss: 'flags',
		since: '5.7',
		write: bitNames(subflowFlagLetters, ''),
	}),
	{
		...optionalField({
			id: 'subflowToken',
			title: 'MPtoken',
			meaning: 'Local token of the MPTCP connection, hexadecimal.',
			unit: 'hexadecimal',
			ss: 'token',
			since: '5.7',
		}),
		width: {min: 8, max: 8},
		format: formatToken,
	},
	{
		...optionalField({
			id: 'subflowPeerToken',
			title: 'PeerToken',
			meaning: 'Peer token of the MPTCP connection, hexadecimal.',
			unit: 'hexadecimal',
			ss: 'token',
			since: '5.7',
		}),
		format: formatToken,
	},
	optionalField({
		id: 'subflowId',
		title: 'SubflowId',
		meaning: 'Id of the subflow\'s local address in the MPTCP connection.',
		unit: 'none',
		ss: 'token:id',
		since: '5.7',
	}),
	optionalField({
		id: 'subflowPeerId',
		title: 'PeerId',
		meaning: 'Id of the subflow\'s peer address in the MPTCP connection.',
		unit: 'none',
		ss: 'token:id',
		since: '5.7',
	}),
	{
		...optionalField({
			id: 'subflowNext',
			title: 'SubNext',
			meaning: 'Sequence number, from 1, of the next byte that the subflow sends; reported only with CAP_NET_ADMIN.',
			unit: 'none',
			since: '5.7',
		}),
		width: {min: 10, max: 20},
		format: formatWhole,
	},
	wideHex({
		id: 'subflowMapSequence',
		high: 'subflowMapSequenceHigh',
		title: 'MapSeq',
		meaning: 'Sequence number in the MPTCP stream at which the current mapping starts, hexadecimal (CAP_NET_ADMIN).',
		ss: 'seq',
		since: '5.7',
	}),
	{
		...optionalField({
			id: 'subflowMapStart',
			title: 'MapStart',
			meaning: 'Sequence number in the subflow, from 1, at which the current mapping starts (CAP_NET_ADMIN).',
			unit: 'none',
			ss: 'sfseq',
			since: '5.7',
		}),
		width: {min: 10, max: 20},
		format: formatWhole,
	},
	{
		...optionalField({
			id: 'subflowOffset',
			title: 'SubOffset',
			meaning: 'TCP sequence number from which the subflow counts received data, hexadecimal (CAP_NET_ADMIN).',
			unit: 'hexadecimal',
			ss: 'ssnoff',
			since: '5.7',
		}),
		width: {min: 9, max: 9},
		format: formatToken,
	},
	{
		...optionalField({
			id: 'subflowMapLength',
			title: 'MapLen',
			meaning: 'Length of the current mapping (CAP_NET_ADMIN).',
			unit: 'bytes',
			ss: 'maplen',
			since: '5.7',
		}),
	},
];
