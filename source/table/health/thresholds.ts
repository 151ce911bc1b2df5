/**
The thresholds from which a socket has a health problem, with the reason for each.

A healthy socket must never get a problem. So what comes and goes within one sample (a queue that is not empty, a closed window, a retransmitted segment) has to
last.
*/
export const thresholds = {
	/** Processes pause: for garbage collection, disks, the scheduler. A healthy one reads what waits within three seconds. Milliseconds. */
	stuckTime: 3000,
	/**
	The kernel does not report how much the owner of a datagram socket read, and equal queue lengths in several samples can be chance for longer. Milliseconds.
	*/
	stuckDatagramTime: 10_000,
	/** Required samples in a row, besides the time: with long intervals, two samples would be enough for the time. */
	stuckSamples: 3,
	stuckDatagramSamples: 8,
	/** One or two lost segments are normal on the Internet. */
	lostSegments: 3,
	/** Share of the data sent from which retransmissions count: above one percent, no congestion control of Linux except BBR fills a link. */
	lossShare: 0.01,
	/** Assumed size of a retransmitted segment: the payload of an Ethernet frame with TCP timestamps. Bytes. */
	segment: 1448,
	/**
	Share of the recent retransmissions and drops that is kept from one sample to the next. So a problem stays long enough to be read, and two losses in a row
	add up.
	*/
	lossDecay: 0.75,
	/** Retransmissions of one segment after timeouts, none answered. The first may be due to a lost acknowledgement. */
	timeouts: 2,
	/** The first SYN is retransmitted after a second; a working path answers sooner. */
	synRetransmits: 1,
	/**
	Percent of the time between two samples. The kernel counts only from the moment when the last segment leaves while the process waits for buffer space
	(`tcp_cwnd_validate` in `net/ipv4/tcp_output.c`), so a quarter is already much; connections with enough buffer space have none.
	*/
	sendBufferShare: 25,
	/** Below this rate it does not matter what limits a sender: most programs that send all the time do not try to be faster. Bytes per second. */
	appLimitedRate: 10_000_000,
	/** Share of the ports for one destination: from here on, the kernel searches long for a free one, and a burst can take the rest. */
	usedPorts: 0.8,
	/** A healthy process closes when it reads the end of the stream; a slow one does so within a minute. Milliseconds. */
	closeWait: 60_000,
	/** Load balancers and NATs drop the state of connections after 4 to 6 quiet minutes, the slowest common ones after 10. Minutes. */
	idle: 10,
} as const;
