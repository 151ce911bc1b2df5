/**
What to do about network namespaces that privileges hide.

@param userId Effective user id of this process.
*/
export const namespacePrivilege = (userId: number): string => userId === 0
	? 'grant cap_sys_admin and cap_sys_ptrace, or run outside of the container'
	: 'run as root, or grant cap_sys_admin and cap_sys_ptrace';

/** How many network namespaces are hidden, and what would show them, as one sentence. */
export const hiddenNamespacesSentence = (count: number, userId: number): string =>
	`${count} network namespace${count === 1 ? '' : 's'} hidden: ${namespacePrivilege(userId)}`;
