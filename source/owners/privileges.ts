/** The same in a word or two, where there is little room. */
export const privilegeWord = (userId: number): string => userId === 0 ? 'cap_sys_ptrace' : 'root';

/**
What to do about owners that privileges hide: one sentence for the status line.

@param userId Effective user id of this process.
*/
export const privilegeSentence = (userId: number): string => userId === 0
	? 'grant cap_sys_ptrace and cap_dac_read_search, or run outside of the container'
	: 'run as root, or grant cap_sys_ptrace and cap_dac_read_search';
