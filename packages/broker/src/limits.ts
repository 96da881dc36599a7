/** The biggest payload, in bytes, that any of our brokers takes; the biggest event of ours is far smaller. */
export const maxPayloadBytes = 256 * 1024;

/** What may wait in this process for one client to read it, in bytes: some thousands of messages. */
export const maxUnreadBytes = 1024 * 1024;

/** The biggest packet of MQTT: such a payload with its topic, and room for what stands before it. */
export const maxPacketBytes = maxPayloadBytes + 4 * 1024;

/** How many clients may be connected at once: a space has tens, and each one costs memory. */
export const maxConnections = 256;
