/** The health problems, in the words that the health field shows. */
export type HealthProblemName =
	| 'backlog full'
	| 'SYN unanswered'
	| 'CLOSE-WAIT leak'
	| 'not reading'
	| 'peer not reading'
	| 'loss'
	| 'send buffer'
	| 'app limited'
	| 'idle'
	| 'few ports left';

export type HealthProblemRecord = {
	readonly name: HealthProblemName;
	/** What it means, in one sentence. */
	readonly meaning: string;
	/** Whether it is a fault. The others are only notes. */
	readonly isSick: boolean;
	/** Severe: connections fail, are dropped or are stuck. The other faults make them slow or will cause trouble later. */
	readonly isGrave?: true;
};

/**
The index plus 1 is the number in the table's `healthProblem` column, where 0 is a healthy socket. Recordings have these numbers, so a new problem comes last.
*/
const records: readonly HealthProblemRecord[] = [
	{
		name: 'backlog full', meaning: 'A listener whose accept queue is full, or that has just dropped connections.', isSick: true, isGrave: true,
	},
	{
		name: 'SYN unanswered', meaning: 'A connection attempt: its SYN was retransmitted and not answered.', isSick: true, isGrave: true,
	},
	{name: 'CLOSE-WAIT leak', meaning: 'The peer closed the connection long ago and the owner has not: it probably leaks the socket.', isSick: true},
	{name: 'not reading', meaning: 'Received bytes wait, and the owner does not read them.', isSick: true},
	{name: 'peer not reading', meaning: 'The window of the peer is closed, so nothing can be sent.', isSick: true},
	{
		name: 'loss', meaning: 'The network loses segments, which are retransmitted, or nothing arrives any more.', isSick: true, isGrave: true,
	},
	{name: 'send buffer', meaning: 'The send buffer is too small: it limits sending for much of the time.', isSick: true},
	{name: 'app limited', meaning: 'A busy sender that could send faster if its process supplied more data.', isSick: false},
	{name: 'idle', meaning: 'Nothing has been sent, received or acknowledged for a long time.', isSick: false},
	{
		name: 'few ports left', meaning: 'Connections to this peer address and port use nearly all local ports: soon no new one can be opened.', isSick: true, isGrave: true,
	},
];

/** By number; 0 is no problem. */
export const healthProblems: ReadonlyArray<HealthProblemRecord | undefined> = [undefined, ...records];

/** The number of each problem, by name. */
export const HealthProblem = Object.fromEntries(records.map(({name}, index) => [name, index + 1])) as Readonly<Record<HealthProblemName, number>>;

/** Whether a number in the `healthProblem` column is a fault. */
export const isSick = (healthProblem: number): boolean => healthProblems[healthProblem]?.isSick ?? false;

const severity = ({isGrave}: HealthProblemRecord): number => isGrave === true ? 0 : 1;

/** Numbers of the faults, severe ones first. */
export const problemsBySeverity: readonly number[] = healthProblems.flatMap((healthProblem, number) => healthProblem?.isSick === true ? [{healthProblem, number}] : [])
	.toSorted((a, b) => severity(a.healthProblem) - severity(b.healthProblem))
	.map(({number}) => number);

/** The worse of the problems of two sockets; the first one where they are equally severe. */
export const worseOf = (first: number, second: number): number => weightOf(second) > weightOf(first) ? second : first;

/** 0 for no fault, 1 for a fault, 2 for a severe one. */
const weightOf = (number: number): number => {
	const healthProblem = healthProblems[number];
	return healthProblem?.isSick === true ? 2 - severity(healthProblem) : 0;
};
