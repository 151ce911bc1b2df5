/**
Finds the versions of `ss` and of the kernel that a saved text is from, by the words that only newer versions print. If it has none of them, both count as the
oldest, and values that are omitted are absent rather than 0.
*/
import {parseSsVersion, type Version} from '../ss/version.js';

export type SavedVersions = {readonly ss: Version; readonly kernel: Version};

/** The first `ss` that prints some words, and the first kernel that has their values. Newest first. */
const evidence: ReadonlyArray<SavedVersions & {readonly words: RegExp}> = [
	{words: /\s(?:rcv_wnd|rehash):\d/v, ss: 602, kernel: 602},
	{words: /\s(?:snd_wnd|rcv_ooopack):\d/v, ss: 601, kernel: 504},
	{words: /\s(?:bytes_sent|bytes_retrans|dsack_dups|reord_seen):\d/v, ss: 420, kernel: 419},
	{words: /\s(?:delivered|delivered_ce):\d|\sapp_limited\s/v, ss: 418, kernel: 418},
	{words: /\s(?:busy|rwnd_limited|sndbuf_limited):\d/v, ss: 410, kernel: 410},
	{words: /\s(?:data_segs_out|data_segs_in|notsent|minrtt):\d/v, ss: 406, kernel: 406},
	{words: /\s(?:segs_out|segs_in):\d/v, ss: 402, kernel: 402},
	{words: /\s(?:bytes_acked|bytes_received):\d/v, ss: 401, kernel: 401},
];

const versionLine = /^ss utility, iproute2-.*$/mv;

/** Before 4.13, IPv6 addresses have no brackets, and `*` is the wildcard of IPv4. */
const unbracketed = /\s(?:::|::1|[\da-f]{1,4}(?::[\da-f]{0,4}){2,7}):(?:\d+|\*|[a-z][\w\-]*)\s/v;
const newWildcard = /\s(?:0\.0\.0\.0|\[[^\s\]]*\])(?:%\S+)?:/v;
const oldest: Version = 412;
/** The first version in which `*` is the dual-stack wildcard. */
const usual: Version = 414;

/** Sequence numbers of MPTCP: hexadecimal in old versions, decimal since the versions in `decimalSince`. */
const connectionSequence = /\s(?:write_seq|snd_una|rcv_nxt):(?<number>[\da-f]+)/gv;
const subflowSequence = /\sseq:(?<number>[\da-f]+)\s/gv;
const decimalSince = {connection: 605, subflow: 614} as const;

const isDecimal = (text: string, pattern: RegExp): boolean => {
	const numbers = text.matchAll(pattern).map(match => match.groups?.number ?? '').toArray();
	return numbers.some(number => number.length > 8) && numbers.every(number => /^\d+$/v.test(number));
};

/** The versions that a text indicates. */
export const versionsIn = (text: string): SavedVersions => {
	const shown = evidence.find(({words}) => words.test(text));
	const printed = parseSsVersion(versionLine.exec(text)?.[0] ?? '') ?? 0;
	const isOld = unbracketed.test(text) && !newWildcard.test(text);
	const byWords = Math.max(shown?.ss ?? 0, isOld ? oldest : usual);
	const bySequences = isDecimal(text, subflowSequence) ? decimalSince.subflow : (isDecimal(text, connectionSequence) ? decimalSince.connection : 0);
	return {ss: printed === 0 ? Math.max(byWords, bySequences) : printed, kernel: shown?.kernel ?? 0};
};
