/** Like `privilegeSentence`, in one word. */
export const privilegeWord = (userId: number): string => userId === 0 ? 'cap_sys_ptrace' : 'root';

/**
Says in the status line how to see hidden owners.

@param userId Effective user id of this process.
*/
export const privilegeSentence = (userId: number): string => userId === 0
	? 'grant cap_sys_ptrace and cap_dac_read_search, or run outside the container'
	: 'run as root, or grant cap_sys_ptrace and cap_dac_read_search';
