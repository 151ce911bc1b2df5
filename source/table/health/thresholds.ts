/**
From when on a socket is called sick. Each number has its reason here, and stands nowhere else.

A socket that is well must never get a verdict, so what comes and goes within one sample (a queue that is not empty, a window that is closed, a segment that is
sent again) has to last.
*/
export const thresholds = {
	/** Owners pause: for garbage, for a disk, for a scheduler. Those that are well take what waits within three seconds. Milliseconds. */
	standing: 3000,
	/** Of a datagram socket nobody tells how much its owner took; that its queue has the same length again and again can be chance for longer. Milliseconds. */
	datagramsStanding: 10_000,
	/** Samples in a row besides the time: with long intervals, two looks would be enough for it. */
	standingLooks: 3,
	datagramsLooks: 8,
	/** One lost segment, or two, is what the Internet is. */
	lostSegments: 3,
	/** Share of what was sent from which on retransmissions count: above one percent, no congestion control of Linux but BBR fills a line. */
	lossShare: 0.01,
	/** A segment that was sent again is taken to have been so long: what Ethernet carries with timestamps. Bytes. */
	segment: 1448,
	/** Of the retransmissions and drops seen so far, this share is still there a sample later. So a verdict stays to be read, and two losses in a row add up. */
	lossDecay: 0.75,
	/** Retransmissions of one segment after timeouts, none answered: the first may be a lost acknowledgement. */
	timeouts: 2,
	/** The first repetition of a SYN comes after a second; a way that is not broken answers in less. */
	synRetransmits: 1,
	/**
	Percent of the time between two samples. The kernel counts it only from the moment when the last segment leaves while the process waits for room
	(`tcp_cwnd_validate` in `net/ipv4/tcp_output.c`), so that a quarter is much already; connections with room enough have none.
	*/
	sendBufferShare: 25,
	/** Slower than this, it does not matter what holds a sender back: most programs that send all the time mean to be no faster. Bytes per second. */
	appLimitedRate: 10_000_000,
	/** A process that is well closes when it reads the end; one that is slow does so within a minute. Milliseconds. */
	closeWait: 60_000,
	/** Load balancers and address translators forget connections after 4 to 6 quiet minutes, the slowest of the usual ones after 10. Minutes. */
	idle: 10,
} as const;
