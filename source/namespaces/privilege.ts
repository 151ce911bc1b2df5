/**
Says which privileges show hidden network namespaces.

@param userId Effective user id of this process.
*/
export const namespacePrivilege = (userId: number): string => userId === 0
	? 'grant cap_sys_admin and cap_sys_ptrace, or run outside the container'
	: 'run as root, or grant cap_sys_admin and cap_sys_ptrace';

/** Says how many network namespaces are hidden, and which privileges show them. */
export const hiddenNamespacesSentence = (count: number, userId: number): string =>
	`${count} network namespace${count === 1 ? '' : 's'} hidden: ${namespacePrivilege(userId)}`;
