/** What a socket is or is not, by one word without a value. */
export const flagNames = ['autobound', 'new', 'closed', 'local', 'unhealthy'] as const;

export type FlagName = (typeof flagNames)[number];

/** What each of them says. */
export const flagMeanings: Readonly<Record<FlagName, string>> = {
	autobound: 'The kernel chose the local port.',
	new: 'Appeared since the mark, or in the last seconds where none is set.',
	closed: 'Gone; the row stays a few seconds.',
	local: 'The other end is on this machine, too.',
	unhealthy: 'Something is wrong with it: the column health says what.',
};

/** Other words for them. */
const aliases: Readonly<Record<string, FlagName>> = {sick: 'unhealthy'};

/** The condition that a word alone stands for; undefined for any other word. */
export const findFlag = (word: string): {readonly kind: 'flag'; readonly flag: FlagName} | undefined => {
	const lower = word.toLowerCase();
	const flag = flagNames.find(name => name === lower) ?? (Object.hasOwn(aliases, lower) ? aliases[lower] : undefined);
	return flag === undefined ? undefined : {kind: 'flag', flag};
};
