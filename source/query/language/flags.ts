/** Conditions that are one word without a value. */
export const flagNames = ['autobound', 'new', 'closed', 'local', 'unhealthy'] as const;

export type FlagName = (typeof flagNames)[number];

/** The meaning of each. */
export const flagMeanings: Readonly<Record<FlagName, string>> = {
	autobound: 'The kernel chose the local port.',
	new: 'Opened since the mark, or in the last seconds if no mark is set.',
	closed: 'Closed; the row stays for a few seconds.',
	local: 'The peer\'s socket is on this machine too.',
	unhealthy: 'Something is wrong with the socket: the column Health says what.',
};

/** Other words for the same conditions. */
const aliases: Readonly<Record<string, FlagName>> = {sick: 'unhealthy'};

/** Returns the condition that a word stands for; undefined for any other word. */
export const findFlag = (word: string): {readonly kind: 'flag'; readonly flag: FlagName} | undefined => {
	const lower = word.toLowerCase();
	const flag = flagNames.find(name => name === lower) ?? (Object.hasOwn(aliases, lower) ? aliases[lower] : undefined);
	return flag === undefined ? undefined : {kind: 'flag', flag};
};
