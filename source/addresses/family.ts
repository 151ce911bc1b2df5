/** The kernel's numbers of address families (`include/linux/socket.h`). */
export const Family = {inet: 2, inet6: 10} as const;

export type FamilyNumber = (typeof Family)[keyof typeof Family];
