import type {ProtocolName} from '../../source/table/columns/protocols.js';

/** A filter, and the equivalent words for `ss`. */
export type FilterCase = {
	readonly filter: string;
	readonly words: readonly string[];
	/** Options of `ss` for the tables. Default: TCP and UDP. */
	readonly tables?: readonly string[];
	/** The protocols of those tables. */
	readonly protocols?: readonly ProtocolName[];
};

/** The results of the cases. Sockets are identified by their cookies, or by their names. */
export type FiltersResult = {
	readonly differences: ReadonlyArray<{readonly filter: string; readonly ours: readonly string[]; readonly theirs: readonly string[]}>;
	/** Sockets that match each filter. */
	readonly counts: Readonly<Record<string, number>>;
	/** States in the scene. */
	readonly states: readonly number[];
	/** Sockets that were compared. */
	readonly universe: number;
	/** Filters for which the kernel, the interpreter and the table differ. */
	readonly disagreements: ReadonlyArray<{
		readonly filter: string; readonly isKernelLikeInterpreter: boolean; readonly isSameResult: boolean; readonly problems: readonly string[];
	}>;
	/** Filters by which the kernel left out some sockets. */
	readonly pushed: number;
};

/** A case with the same words for conntop and `ss`, for TCP and UDP. */
const same = (text: string): FilterCase => ({filter: text, words: text.split(' ')});

/** A case with the same text for conntop and `ss`, in one argument. */
const inOneArgument = (text: string): FilterCase => ({filter: text, words: [text]});

const inet = ['tcp', 'udp'] as const;
const withTables = (tables: readonly string[], protocols: readonly ProtocolName[]) => (text: string): FilterCase => ({
	filter: text, words: text.split(' '), tables, protocols,
});

const signs = ['=', '==', 'eq', '!=', 'ne', 'neq', '<', 'lt', '<=', 'le', 'leq', '>', 'gt', '>=', 'ge', 'geq'] as const;

const states = [
	'established',
	'syn-sent',
	'syn-recv',
	'fin-wait-1',
	'fin-wait-2',
	'time-wait',
	'close-wait',
	'last-ack',
	'listening',
	'closing',
	'closed',
	'unconnected',
	'all',
	'connected',
	'synchronized',
	'bucket',
	'big',
] as const;

const hosts = [
	'127.0.0.1',
	'127.0.0.1:8080',
	'127/8',
	'127.0.0.0/30',
	'127.0.0.3',
	'127.0.0.4/31',
	'0.0.0.0',
	'*',
	'*:443',
	':443',
	'[::1]',
	'[::1]:443',
	'[::]',
	'::1/128',
	'[::ffff:127.0.0.4]',
	'inet:127.0.0.1',
	'inet6:[::1]',
	'inet:*',
	'inet6:*',
	'127.0.0.1:http-alt',
	'127.0.0.0/255.0.0.0',
	'127/255.0.0.0',
	'127.0.0.0/255.255.255.252',
	'127.0.0.0/255.0',
	'127.0.0.0/0x8',
	'127.0.0.1/255.0.0.0:8080',
	'0.0.0.0/0.0.0.0',
	'127.0.0.1/255.255.255.255',
	'[::1/128]',
	'127.0.0.1:*',
	'*:*',
	'any',
	'all',
	'default',
] as const;

/** In `ss`, a family before an address, or a wildcard, holds for the whole filter, so that a "not" before it has no effect on it. */
const isForAll = (host: string): boolean => /^(?:inet|0\.0\.0\.0|\[::\]|\*|any|all|default)/v.test(host);

/**
Every predicate and operator, except those that `ss` evaluates wrongly: precedence, several addresses of a name, peers of UNIX sockets, types of packet sockets, "exclude all"
(it shows all), "not autobound" (it evaluates it in the kernel and itself, and joins the results as without the "not").
*/
export const filterCases: readonly FilterCase[] = [
	...signs.flatMap(sign => ['sport', 'dport'].flatMap(name => ['8080', ':443', '0', '40000'].map(port => same(`${name} ${sign} ${port}`))))
		.filter(({filter}) => !/(?:<|lt) 0$/v.test(filter)),
	...['sport', 'dport'].flatMap(name => [same(`${name} 8080`), same(`${name} = inet:8080`), same(`${name} = inet6:443`)]),
	...['src', 'dst'].flatMap(name => hosts.flatMap(host => [same(`${name} ${host}`), same(`${name} = ${host}`), ...isForAll(host) ? [] : [same(`not ${name} ${host}`)]])),
	...states.flatMap(state => [same(`state ${state}`), ...state === 'all' ? [] : [same(`exclude ${state}`)]]),
	same('state established state listening'),
	same('state connected exclude time-wait exclude syn-recv'),
	same('state established sport = :8080'),
	same('dev = lo'),
	same('dev != lo'),
	same('dev lo'),
	same('dev = 1'),
	same('dev = 0x1'),
	same('dev = 01'),
	same('dev = 0'),
	same('dev != 0'),
	same('not dev = 0'),
	same('dev 0'),
	same('fwmark = 0x101'),
	same('fwmark = 17'),
	same('fwmark = 0401'),
	same('fwmark != 0x11'),
	same('sport = 017620'),
	same('sport = 0x1f90'),
	same('sport = *'),
	same('sport = :*'),
	same('fwmark = 0x1/0xf'),
	same('fwmark = 0x100/0x100'),
	same('state established fwmark != 0x1/0x1'),
	same('autobound'),
	same('sport = 8080 and dport > 1024'),
	same('sport = 8080 & dst 127/8'),
	same('sport = 8080 && dst 127/8'),
	same('sport = 8080 dst 127/8'),
	same('sport = 8080 or dport = 443'),
	same('sport = 8080 | dport = 443'),
	same('sport = 8080 || dport = 443'),
	same('not sport = 8080'),
	same('! sport = 8080'),
	same('! ( sport = 8080 or dport = 8080 )'),
	same('( sport = 8080 or sport = 443 ) and ( dst 127/8 or dst [::1] )'),
	same('not ( not sport = 443 )'),
	...[
		String.raw`sport \< :1024`,
		String.raw`sport \<= 1024`,
		String.raw`sport \<\= 1024`,
		String.raw`sport \> 1024`,
		String.raw`sport \>= :1024`,
		String.raw`sport \!= 8080`,
		String.raw`sport \= 8080`,
		String.raw`s\port = \8080`,
		String.raw`\! sport = 8080`,
		String.raw`\( sport = 8080 or sport = 443 \)`,
		String.raw`\( sport = 8080 \| sport = 443 \) \&\& dst 127/8`,
		String.raw`sport = 8080 \|\| dport = 443`,
		String.raw`sport = 8080 \& dst 127/8`,
		String.raw`dst 127.0.0.\1`,
		'( sport = 8080 or sport = 443 ) and ! dst 127.0.0.1',
		'sport geq 8080 and sport leq 9001',
	].flatMap(text => [same(text), inOneArgument(text)]),
	{filter: '( sport = :8080 )', words: ['(', 'sport = :8080', ')']},
	{filter: 'state fin-wait-1 fin-wait-2', words: ['state', 'fin-wait-1', 'state', 'fin-wait-2']},
	{filter: 'state fin-wait-{1,2}', words: ['state', 'fin-wait-1', 'state', 'fin-wait-2']},
	{filter: 'state established listening sport = 8080', words: ['state', 'established', 'state', 'listening', 'sport', '=', '8080']},
	{filter: 'exclude time-wait close-wait', words: ['exclude', 'time-wait', 'exclude', 'close-wait']},
	{filter: 'sport = :{8080,443}', words: ['(', 'sport', '=', ':8080', 'or', 'sport', '=', ':443', ')']},
	{filter: 'src port 8080', words: ['sport', '=', '8080']},
	{filter: 'dst host 127.0.0.1', words: ['dst', '127.0.0.1']},
	{filter: 'net 127.0.0.0/255.0.0.0', words: ['(', 'src', '127/8', 'or', 'dst', '127/8', ')']},
	{filter: 'portrange 9000-9002', words: ['(', 'sport', 'ge', '9000', 'and', 'sport', 'le', '9002', ')', 'or', '(', 'dport', 'ge', '9000', 'and', 'dport', 'le', '9002', ')']},
	{filter: 'sport:8080', words: ['sport', '=', '8080']},
	{filter: 'tcp:8080', words: ['sport', '=', '8080', 'or', 'dport', '=', '8080'], tables: ['-t', '-t']},
	{filter: 'localhost:8080', words: ['src', '127.0.0.1:8080', 'or', 'src', '[::1]:8080', 'or', 'dst', '127.0.0.1:8080', 'or', 'dst', '[::1]:8080']},
	...['src unix:*Db.sock', 'src unix:*db.S?ck', 'src unix:*[a-d]b.sock', 'src unix:*', 'not src unix:*Db*', 'src @filters*'].map(text => withTables(['-x'], ['u_str', 'u_dgr', 'u_seq'])(text)),
	...['src *Db.sock', 'src *db.S?ck', 'src *[a-d]b.sock', 'src *', 'src nosuch', 'src *.sock', 'not src *Db*', 'sport *Db*', 'src *Db* or src @filters*', 'dev = 0', 'dev != 0'].map(text => withTables(['-x'], ['u_str', 'u_dgr', 'u_seq'])(text)),
	...['src ip', 'src ip:lo', 'src *:lo', 'src :lo', 'sport lo', 'not src *:1', 'dev = lo', 'dev = 0', 'dev != 0'].map(text => withTables(['-0'], ['p_raw', 'p_dgr'])(text)),
	...['src rtnl', 'src genl:5000002', 'src *:5000001', 'src :5000001', 'sport 5000001', 'not src rtnl'].map(text => withTables(['-t', '-f', 'netlink'], ['nl'])(text)),
	...['src link:*', 'src link:ip', 'src link:ip:lo', 'src link:*:lo', 'src link:all', 'not src link:*:1'].map(text => withTables(['-0'], ['p_raw', 'p_dgr'])(text)),
	...['src netlink:*', 'src netlink:rtnl', 'src netlink:genl:5000002', 'src netlink:*:5000001', 'not src netlink:rtnl'].map(text => withTables(['-f', 'netlink', '-t'], ['nl'])(text)),
	{
		filter: 'src /*', words: ['src', 'unix:/*'], tables: ['-x'], protocols: ['u_str', 'u_dgr', 'u_seq'],
	},
	{filter: '(sport = 8080 or sport = 443)and(dst 127/8)', words: ['(', 'sport', '=', '8080', 'or', 'sport', '=', '443', ')', 'and', '(', 'dst', '127/8', ')'], protocols: inet},
];
