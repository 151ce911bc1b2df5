/** What can be wrong with a socket, in a word. */
export type VerdictName =
	| 'backlog full'
	| 'SYN unanswered'
	| 'CLOSE-WAIT leak'
	| 'not reading'
	| 'peer not reading'
	| 'loss'
	| 'send buffer'
	| 'app limited'
	| 'idle';

export type VerdictRecord = {
	readonly name: VerdictName;
	/** What it says, in one sentence. */
	readonly meaning: string;
	/** Whether something is wrong; the others are worth a word, no more. */
	readonly isSick: boolean;
	/** Connections fail, are dropped or stand still; without it, they are slower than they could be, or will be a trouble. */
	readonly isGrave?: true;
};

/** The worst first. The position is the number in the table's `verdict` column, where 0 stands for a healthy socket. */
const records: readonly VerdictRecord[] = [
	{
		name: 'backlog full', meaning: 'A listener whose accept queue is full, or that has just dropped connections.', isSick: true, isGrave: true,
	},
	{
		name: 'SYN unanswered', meaning: 'A connection that was asked for, again and again, and nobody answers.', isSick: true, isGrave: true,
	},
	{name: 'CLOSE-WAIT leak', meaning: 'The peer has closed long ago, and the owner has not: probably it has lost the socket.', isSick: true},
	{name: 'not reading', meaning: 'Bytes wait to be read, and the owner takes none.', isSick: true},
	{name: 'peer not reading', meaning: 'The window of the peer is closed, and what is to be sent stands.', isSick: true},
	{
		name: 'loss', meaning: 'The network loses segments, which are sent again, or nothing arrives any more.', isSick: true, isGrave: true,
	},
	{name: 'send buffer', meaning: 'The send buffer is too small: it holds sending back most of the time.', isSick: true},
	{name: 'app limited', meaning: 'A busy sender that could send more if its process gave more.', isSick: false},
	{name: 'idle', meaning: 'Nothing was sent, received or acknowledged for a long time.', isSick: false},
];

/** By number; 0 is none. */
export const verdicts: ReadonlyArray<VerdictRecord | undefined> = [undefined, ...records];

/** The number of each verdict. */
export const Verdict = Object.fromEntries(records.map(({name}, index) => [name, index + 1])) as Readonly<Record<VerdictName, number>>;

/** Whether a number in the `verdict` column says that something is wrong. */
export const isSick = (verdict: number): boolean => verdicts[verdict]?.isSick ?? false;

const severity = ({isGrave}: VerdictRecord): number => isGrave === true ? 0 : 1;

/** Numbers of what is wrong, the worst first: what is grave, then the rest. */
export const problemsBySeverity: readonly number[] = verdicts.flatMap((verdict, number) => verdict?.isSick === true ? [{verdict, number}] : [])
	.toSorted((a, b) => severity(a.verdict) - severity(b.verdict))
	.map(({number}) => number);
