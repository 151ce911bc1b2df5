/** Address families as the kernel numbers them (`include/linux/socket.h`). */
export const Family = {inet: 2, inet6: 10} as const;

export type FamilyNumber = (typeof Family)[keyof typeof Family];
